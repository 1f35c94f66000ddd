// One running help centre with an empty data folder and a port of its own.

import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Client } from './client.mjs';
import { program } from './program.mjs';
import { removeFolder, start, workFolder } from './work.mjs';

// A program built without optimisation reads 10,000 articles in a minute.
const START_MAX_MS = 180_000;
const STOP_MAX_MS = 15_000;

/** Starts the program and returns when /healthz answers 200; `startMs` is how long that took. `data`: a folder that stays; else a new one. `model`: the search's. */
export async function startServer({ articles, env = {}, data: kept, model = 'none' }) {
  const data = kept ?? workFolder('data');
  const log = join(data, 'server.log');
  const logFile = openSync(log, 'a');
  const args = ['serve', '--articles', articles, '--data', data, '--listen', '127.0.0.1:0'];
  const path = program();
  const before = performance.now();
  // Nothing of the caller's own set-up reaches the program, such as a DATABASE_URL or an ajuda.toml.
  const child = start(path, args, { cwd: data, env: { HOME: data, AJUDA_MODEL: model, ...env }, stdio: ['ignore', 'pipe', logFile] });
  closeSync(logFile);

  const end = async (signal) => {
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS);
    await child.ended;
    clearTimeout(late);
  };
  const stop = async () => {
    await end('SIGTERM');
    if (!kept) removeFolder(data);
  };
  try {
    const { url, articleCount } = await greeting(child);
    await new Client(url).once((client) => client.get('/healthz'));
    const startMs = performance.now() - before;
    return { url, data, articleCount, startMs, memory: () => memory(child.pid), stop, kill: () => end('SIGKILL') };
  } catch (error) {
    const said = readFileSync(log, 'utf8').slice(-2000);
    await stop();
    throw new Error(`the server did not start: ${error.message}\n${said}`);
  }
}

/** Waits for what the program prints when it serves: its address and how many articles it took. */
function greeting(child) {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`no address after ${START_MAX_MS / 1000} s`)), START_MAX_MS);
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (part) => {
      printed += part;
      const url = /^Ajuda serves (http:\/\/127\.0\.0\.1:\d+)/m.exec(printed)?.[1];
      const articles = /^ +articles +(\d+)/m.exec(printed)?.[1];
      if (!url || !articles) return;
      clearTimeout(late);
      done({ url, articleCount: Number(articles) });
    });
    child.ended.then((how) => {
      clearTimeout(late);
      fail(new Error(`it ended with ${how}`));
    });
  });
}

/** Bytes of memory that the process holds now, and the most it ever held. */
function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (key) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)[1]) * 1024;
  return { now: bytes('VmRSS'), most: bytes('VmHWM') };
}
