// What must not outlive the run: programs that were started, folders that were made.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const children = new Set();
const folders = new Set();

/** A new folder below the system's folder for temporary files (TMPDIR). */
export function workFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `ajuda-bench-${name}-`));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder) {
  // A program that was killed this moment may still be ending a write.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  folders.delete(folder);
}

/** Starts a program; `child.ended` resolves to how it ended, never rejects. */
export function start(program, args, options) {
  const child = spawn(program, args, options);
  children.add(child);
  child.ended = new Promise((done) => {
    const end = (how) => {
      children.delete(child);
      done(how);
    };
    child.once('error', (error) => end(String(error)));
    child.once('exit', (code, signal) => end(code ?? signal));
  });
  return child;
}

/** Runs a program to its end and gives what it printed; fails when the program does, or takes longer than `maxSeconds`. */
export async function output(program, args, { maxSeconds, ...options }) {
  const child = start(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  const drained = Promise.all([child.stdout, child.stderr].map((stream) => new Promise((done) => stream.once('close', done))));
  const late = setTimeout(() => child.kill('SIGKILL'), maxSeconds * 1000);
  const how = await child.ended;
  clearTimeout(late);
  await drained;
  if (how !== 0) throw new Error(`${program.split('/').at(-1)} ended with ${how}:\n${text.slice(-2000)}`);
  return text;
}

/** The last thing that runs, whatever happened before. */
export function stopAll() {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of [...folders]) {
    try {
      removeFolder(folder);
    } catch (error) {
      console.error(`ajuda: ${folder} could not be removed (${error.code}); please remove it`);
    }
  }
}
