import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Marionette } from './marionette.ts';
import { WISHES, type Engine } from './tab.ts';

const START_MS = 30_000;

/** Runs where the browser's own windows do. */
const ERRORS = `return Services.console.getMessageArray()
  .filter((entry) => entry instanceof Ci.nsIScriptError && entry.category === 'content javascript' && !(entry.flags & entry.warningFlag))
  .map((entry) => entry.errorMessage + ' (' + entry.sourceName + ':' + entry.lineNumber + ')')`;

/** Firefox without a window, driven by Marionette, the remote control that it has built in. */
export async function startFirefox(javaScriptEnabled: boolean): Promise<Engine> {
  const profile = mkdtempSync(join(tmpdir(), 'ajuda-firefox-'));
  const prefs = {
    // Any free port: it tells which in a file.
    'marionette.port': 0,
    'javascript.enabled': javaScriptEnabled,
    'datareporting.policy.dataSubmissionEnabled': false,
    'browser.shell.checkDefaultBrowser': false,
  };
  writeFileSync(join(profile, 'user.js'), Object.entries(prefs).map(([name, value]) => `user_pref("${name}", ${value});\n`).join(''));
  const args = ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access', '--profile', profile];
  const child = spawn(process.env.FIREFOX ?? 'firefox-esr', args, { env: { ...process.env, HOME: profile }, stdio: 'ignore' });
  const ended = new Promise<void>((done) => child.once('error', () => done()).once('exit', () => done()));
  const stop = async () => {
    child.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const { call } = await Marionette.connect(await portOf(profile));
    await call('WebDriver:NewSession', { capabilities: { alwaysMatch: WISHES } });
    return {
      send: (command, parameters) => call(`WebDriver:${command}`, parameters),
      errors: async () => {
        await call('Marionette:SetContext', { value: 'chrome' });
        const errors = (await call('WebDriver:ExecuteScript', { script: ERRORS, args: [] })) as string[];
        await call('Marionette:SetContext', { value: 'content' });
        return errors;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function portOf(profile: string): Promise<number> {
  for (const until = Date.now() + START_MS; Date.now() < until; await pause(50)) {
    try {
      const port = Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8'));
      if (port > 0) return port;
    } catch {
      // Not there yet.
    }
  }
  throw new Error('Firefox did not start; on Debian: apt-get install firefox-esr');
}
