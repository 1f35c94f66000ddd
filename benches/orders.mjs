// A first import of a large account: how long it takes without Hotmart's limit, what memory the program takes meanwhile, and what readers wait for. With
// AJUDA_TEST_POSTGRES the sales are read into PostgreSQL too.

import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client.mjs';
import { program } from './program.mjs';
import { startServer } from './server.mjs';
import { SAMPLE } from './settings.mjs';
import { count, duration, megabytes, percentile, table } from './text.mjs';
import { output, start, stopAll, workFolder } from './work.mjs';

const SALES = Number(process.env.AJUDA_BENCH_SALES ?? 1_000_000);
const SANDBOX = process.env.AJUDA_SANDBOX_BIN;
const ALONE_SECONDS = 10;
const LOOKED_EVERY_MS = 2000;
const IMPORT_MAX_MS = 3_600_000;
const READ_PATHS = ['/pt', '/en', '/es'];
const READ_EVERY_MS = 10;
const PATHS_MAX = 20;

/** Without Hotmart's limit: what is measured is our own work. */
async function startSandbox() {
  const args = ['serve', '--listen', '127.0.0.1:0', '--seed', '7', '--sales', String(SALES), '--calls-per-minute', '4000000000'];
  const child = start(SANDBOX, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((done, fail) => {
    child.stdout.setEncoding('utf8').once('data', (text) => done(/http:\/\/\S+/.exec(text)?.[0]));
    child.ended.then((how) => fail(new Error(`the sandbox ended with ${how}`)));
  });
  return { url, stop: async () => (child.kill(), await child.ended) };
}

async function measure(database) {
  const data = workFolder('orders');
  const sandbox = await startSandbox();
  const env = {
    HOME: data, PATH: process.env.PATH, AJUDA_MODEL: 'none', AJUDA_ORDERS_BASE_URL: sandbox.url, AJUDA_ORDERS_CALLS_PER_MINUTE: '4000000000',
    ...(database && { DATABASE_URL: database }),
  };
  const server = await startServer({ articles: SAMPLE, data, env });
  try {
    const paths = await articles(server.url);
    const alone = await read(server.url, paths, () => sleep(ALONE_SECONDS * 1000));
    const quiet = server.memory().now;
    await connect(data, env);
    const before = performance.now();
    const during = await read(server.url, paths, () => imported(data, env));
    const tookMs = performance.now() - before;
    const status = await orders(data, env, ['status', '--json']);
    return { alone, during, tookMs, quiet, most: server.memory().most, items: status.accounts[0].items };
  } finally {
    await server.stop();
    await sandbox.stop();
  }
}

async function connect(data, env) {
  const args = ['orders', '--data', data, 'connect', '--name', 'Bench', '--client-id', 'bench', '--client-secret-stdin'];
  const child = start(program(), args, { cwd: data, env, stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end('secret\n');
  if ((await child.ended) !== 0) throw new Error('ajuda orders connect failed');
}

async function orders(data, env, words) {
  return JSON.parse(await output(program(), ['orders', '--data', data, ...words], { maxSeconds: 600, cwd: data, env }));
}

async function imported(data, env) {
  const before = performance.now();
  for (;;) {
    await sleep(LOOKED_EVERY_MS);
    const [account] = (await orders(data, env, ['status', '--json'])).accounts;
    if (account.complete) return;
    if (account.state === 'failed' || performance.now() - before > IMPORT_MAX_MS) throw new Error(`the import ended as ${JSON.stringify(account)}`);
  }
}

/** Some pages that readers open. */
async function articles(url) {
  return new Client(url).once(async (client) => {
    const { bytes } = await client.get('/pt');
    const paths = [...String(bytes).matchAll(/href="?(\/pt\/[^">#? ]+)/g)].map(([, path]) => path).filter((path) => !path.includes('/contact'));
    return [...READ_PATHS, ...new Set(paths)].slice(0, PATHS_MAX);
  });
}

/** What a reader waits for, in milliseconds, as long as something goes on. */
async function read(url, paths, work) {
  const waited = [];
  let isOver = false;
  const reader = new Client(url).once(async (client) => {
    for (let turn = 0; !isOver; turn += 1) {
      waited.push((await client.get(paths[turn % paths.length])).ms);
      await sleep(READ_EVERY_MS);
    }
  });
  await Promise.all([work().finally(() => (isOver = true)), reader]);
  return waited;
}

try {
  const rows = [['', 'import', 'items', 'memory before', 'at most', 'readers alone p50', 'p99', 'meanwhile p50', 'p99']];
  for (const database of ['', ...(process.env.AJUDA_TEST_POSTGRES ? [process.env.AJUDA_TEST_POSTGRES] : [])]) {
    const { alone, during, tookMs, quiet, most, items } = await measure(database);
    const waits = (all) => [duration(percentile(all, 0.5)), duration(percentile(all, 0.99))];
    rows.push([database ? 'PostgreSQL' : 'SQLite', duration(tookMs), count(items), megabytes(quiet), megabytes(most), ...waits(alone), ...waits(during)]);
  }
  console.log(`\n${count(SALES)} sales, without Hotmart's limit\n`);
  console.log(table(rows));
} finally {
  stopAll();
}
