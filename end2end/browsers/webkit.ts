import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { COMMANDS, WISHES, type Engine } from './tab.ts';

const START_MS = 30_000;

/** WebKitGTK's own small browser on a screen that nobody sees, driven by WebKitWebDriver. It tells no errors of scripts. */
export async function startWebKit(javaScriptEnabled: boolean): Promise<Engine> {
  const home = mkdtempSync(join(tmpdir(), 'ajuda-webkit-'));
  const children: ChildProcess[] = [];
  const stop = async () => {
    // The driver takes its browser with it, which must be gone before its screen.
    for (const child of children.reverse()) {
      const ended = new Promise((done) => child.once('exit', done));
      if (child.pid !== undefined && child.exitCode === null && child.kill()) await ended;
    }
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const start = (program: string, args: string[], env: NodeJS.ProcessEnv) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    child.once('error', () => {});
    children.push(child);
    return child;
  };
  try {
    const screen = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], process.env);
    const display = `:${await firstLine(screen.stdout!)}`;
    const port = await freePort();
    const env = { PATH: process.env.PATH, HOME: home, DISPLAY: display, LANG: 'C.UTF-8', NO_AT_BRIDGE: '1', GSETTINGS_BACKEND: 'memory' };
    start('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], env).stdout!.resume();
    const session = await newSession(`http://127.0.0.1:${port}`, javaScriptEnabled);
    return {
      send: (command, parameters = {}) => {
        const [method, path] = COMMANDS[command];
        return request(method, session + path.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name])), parameters);
      },
      errors: async () => [],
      stop: async () => {
        await request('DELETE', session).catch(() => {});
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address of a new session. */
async function newSession(driver: string, javaScriptEnabled: boolean): Promise<string> {
  for (const until = Date.now() + START_MS; ; await pause(50)) {
    if (await fetch(`${driver}/status`).then((answer) => answer.ok, () => false)) break;
    if (Date.now() > until) throw new Error('WebKitWebDriver did not start; on Debian: apt-get install webkit2gtk-driver');
  }
  const args = ['--automation', `--enable-javascript=${javaScriptEnabled}`];
  const capabilities = { alwaysMatch: { ...WISHES, 'webkitgtk:browserOptions': { args } } };
  const { sessionId } = (await request('POST', `${driver}/session`, { capabilities })) as { sessionId: string };
  return `${driver}/session/${sessionId}`;
}

async function request(method: string, url: string, parameters: unknown = {}): Promise<unknown> {
  const body = method === 'POST' ? JSON.stringify(parameters) : undefined;
  const answer = await fetch(url, { method, body, signal: AbortSignal.timeout(START_MS) });
  const { value } = (await answer.json()) as { value: { error: string; message: string } };
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** The stream stays open: a program that can't write the rest of its line ends. */
async function firstLine(stream: Readable): Promise<string> {
  let text = '';
  return new Promise((done, fail) => {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) done(text.trim());
    });
    stream.once('end', () => fail(new Error('Xvfb did not start; on Debian: apt-get install xvfb')));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
