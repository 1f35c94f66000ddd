import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const START_MS = 30_000;
const STOP_MS = 10_000;
const LOG_LINES = 40;

export type Server = {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** Its data folder, gone after `stop`. */
  data: string;
  /** The last lines it printed. */
  log(): string;
  stop(): Promise<void>;
};

export type ServerOptions = {
  articles?: string;
  args?: string[];
  env?: Record<string, string>;
  /** The address that answers 200 when the program can be used as the test wants it. */
  ready?: string;
};

/** Starts the program that `make test` has built, with an empty data folder and a port of its own. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const here = import.meta.dirname;
  const program = resolve(here, process.env.AJUDA_BIN ?? '../target/debug/ajuda');
  if (!existsSync(program)) throw new Error(`${program} is not there: run "make test-browser", or name it in AJUDA_BIN`);

  const data = mkdtempSync(join(tmpdir(), 'ajuda-end2end-'));
  if (process.env.AJUDA_END2END_READ) copyFileSync(process.env.AJUDA_END2END_READ, join(data, 'vectors.cache'));
  const ready = options.ready ?? '/readyz';
  const articles = resolve(here, options.articles ?? process.env.AJUDA_END2END_ARTICLES ?? '../src/tests/fixture/articles');
  const args = ['serve', '--articles', articles, '--data', data, '--listen', '127.0.0.1:0', ...(options.args ?? [])];
  // Nothing of the caller's own set-up reaches the program, such as a DATABASE_URL.
  const env = { PATH: process.env.PATH ?? '', HOME: data, ...options.env };
  const child = spawn(program, args, { cwd: data, env, stdio: ['ignore', 'pipe', 'pipe'] });

  const lines: string[] = [];
  let ended: string | undefined;
  const exited = new Promise<void>((done) => {
    child.once('error', (error) => { ended = String(error); done(); });
    child.once('exit', (code, signal) => { ended = `exit ${code ?? signal}`; done(); });
  });
  let rest = '';
  const keep = (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    if (lines.length > LOG_LINES) lines.splice(0, lines.length - LOG_LINES);
  };
  child.stderr.on('data', keep);

  const log = () => lines.join('\n');
  const stop = async () => {
    if (ended === undefined) {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await exited;
      clearTimeout(late);
    }
    rmSync(data, { recursive: true, force: true });
  };

  let printed = '';
  let url: string | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    keep(chunk);
    if (url === undefined) {
      printed += chunk.toString();
      url = /^Ajuda serves (http:\/\/\S+?)\/?\s*$/m.exec(printed)?.[1];
    }
  });

  for (const until = Date.now() + START_MS; Date.now() < until; await new Promise((done) => setTimeout(done, 50))) {
    if (ended !== undefined) break;
    if (url !== undefined && (await fetch(url + ready).then((answer) => answer.ok, () => false))) return { url, data, log, stop };
  }
  const reason = ended ?? (url === undefined ? 'it never printed its address' : `${url}${ready} did not answer 200`);
  await stop();
  throw new Error(`the server did not start (${reason}):\n${log()}`);
}
