// A first import of a large account: how long it takes without Hotmart's limit, what memory the program takes meanwhile, and what readers and Hotmart's own
// webhooks wait for; then what a page of New Orders over three years costs. The program waits while the sandbox works, so what is left of the time is its own, the database's work in it.
// With AJUDA_TEST_POSTGRES the sales are read into PostgreSQL too.

import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client.mjs';
import { add, logIn } from './desk.mjs';
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
// Linux, on every machine of today.
const TICKS_PER_SECOND = 100;
const HOTTOK = 'bench-hottok';
const WEBHOOK_EVERY_MS = 100;
const REPORTS = 20;
const REPORT_YEARS = 3;

/** Without Hotmart's limit: what is measured is our own work. */
async function startSandbox() {
  const args = ['serve', '--listen', '127.0.0.1:0', '--seed', '7', '--sales', String(SALES), '--calls-per-minute', '4000000000'];
  const child = start(SANDBOX, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((done, fail) => {
    child.stdout.setEncoding('utf8').once('data', (text) => done(/http:\/\/\S+/.exec(text)?.[0]));
    child.ended.then((how) => fail(new Error(`the sandbox ended with ${how}`)));
  });
  return { url, worked: () => worked(child.pid), stop: async () => (child.kill(), await child.ended) };
}

/** Milliseconds of processor time that a process has used. */
function worked(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
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
    const [alone] = await meanwhile(() => sleep(ALONE_SECONDS * 1000), reader(server.url, paths));
    const quiet = server.memory().now;
    await connect(data, env);
    const [before, workedBefore] = [performance.now(), sandbox.worked()];
    const [during, webhooks] = await meanwhile(() => imported(data, env), reader(server.url, paths), await webhooksTo(server.url, data, env));
    const tookMs = performance.now() - before;
    const ownMs = tookMs - (sandbox.worked() - workedBefore);
    const { most } = server.memory();
    const reports = await newOrders(server.url, data, env);
    const status = await orders(data, env, ['status', '--json']);
    return { alone, during, webhooks, tookMs, ownMs, reports, quiet, most, items: status.accounts[0].items };
  } finally {
    await server.stop();
    await sandbox.stop();
  }
}

async function connect(data, env) {
  const args = ['orders', '--data', data, 'connect', '--name', 'Bench', '--client-id', 'bench', '--client-secret-stdin', '--hottok-stdin'];
  const child = start(program(), args, { cwd: data, env, stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(`secret\n${HOTTOK}\n`);
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

/** Milliseconds of the page of New Orders, as a lead opens it. */
async function newOrders(url, data, env) {
  await add(data, env, 0, 'lead');
  const cookie = await logIn(url, 0);
  const day = (years) => new Date(Date.now() - years * 365 * 86_400_000).toISOString().slice(0, 10);
  return new Client(url).once(async (client) => {
    const waited = [];
    for (let turn = 0; turn < REPORTS; turn += 1) {
      const path = `/desk/orders/reports/new-orders?from=${day(REPORT_YEARS)}&to=${day(0)}`;
      waited.push((await client.get(path, { headers: { cookie } })).ms);
    }
    return waited;
  });
}

/** Some pages that readers open. */
async function articles(url) {
  return new Client(url).once(async (client) => {
    const { bytes } = await client.get('/pt');
    const paths = [...String(bytes).matchAll(/href="?(\/pt\/[^">#? ]+)/g)].map(([, path]) => path).filter((path) => !path.includes('/contact'));
    return [...READ_PATHS, ...new Set(paths)].slice(0, PATHS_MAX);
  });
}

/** Asks one after the other until `isOver`; returns what each answer took in milliseconds. */
function asking(url, everyMs, ask) {
  return (isOver) =>
    new Client(url).once(async (client) => {
      const waited = [];
      for (let turn = 0; !isOver(); turn += 1) {
        waited.push((await ask(client, turn)).ms);
        await sleep(everyMs);
      }
      return waited;
    });
}

function reader(url, paths) {
  return asking(url, READ_EVERY_MS, (client, turn) => client.get(paths[turn % paths.length]));
}

/** Sales that Hotmart tells at once, each another. */
async function webhooksTo(url, data, env) {
  const [{ id }] = await orders(data, env, ['list', '--json']);
  return asking(url, WEBHOOK_EVERY_MS, (client, turn) => {
    const purchase = {
      transaction: `HPBENCH${turn}`, status: 'APPROVED', order_date: Date.now(), approved_date: Date.now(), price: { value: 29.9, currency_value: 'BRL' },
    };
    const buyer = { name: 'Ana', email: `ana${turn}@example.com` };
    const body = { id: `bench-${turn}`, event: 'PURCHASE_APPROVED', version: '2.0.0', creation_date: Date.now(), data: { purchase, buyer, product: { id: 1, name: 'Curso' } } };
    return client.postJson(`/hooks/hotmart/${id}`, body, { headers: { 'x-hotmart-hottok': HOTTOK }, wanted: 204 });
  });
}

/** What each of those who ask waited for, as long as something goes on. */
async function meanwhile(work, ...askers) {
  let isOver = false;
  const [, ...waits] = await Promise.all([work().finally(() => (isOver = true)), ...askers.map((asker) => asker(() => isOver))]);
  return waits;
}

try {
  const rows = [['', 'import', 'of it our own', 'items', 'memory before', 'at most', 'readers alone p50', 'p99', 'meanwhile p50', 'p99', 'webhooks meanwhile p50', 'p99', 'New Orders p50', 'p95']];
  for (const database of ['', ...(process.env.AJUDA_TEST_POSTGRES ? [process.env.AJUDA_TEST_POSTGRES] : [])]) {
    const { alone, during, webhooks, tookMs, ownMs, reports, quiet, most, items } = await measure(database);
    const waits = (all) => [duration(percentile(all, 0.5)), duration(percentile(all, 0.99))];
    console.error(`${database ? 'PostgreSQL' : 'SQLite'}: ${duration(tookMs)}, of it our own ${duration(ownMs)}, at most ${megabytes(most)}`);
    rows.push([database ? 'PostgreSQL' : 'SQLite', duration(tookMs), duration(ownMs), count(items), megabytes(quiet), megabytes(most), ...waits(alone), ...waits(during), ...waits(webhooks), duration(percentile(reports, 0.5)), duration(percentile(reports, 0.95))]);
  }
  console.log(`\n${count(SALES)} sales, without Hotmart's limit\n`);
  console.log(table(rows));
} finally {
  stopAll();
}
