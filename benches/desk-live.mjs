// Fifty people at the desk while ten things a second change: how long until each of their screens shows it, and what memory the program takes. Each screen does
// what `public/live.js` does: one stream, and its page fetched anew a moment after news. With AJUDA_TEST_POSTGRES the tickets are in PostgreSQL too.

import { request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client.mjs';
import { add, logIn } from './desk.mjs';
import { program } from './program.mjs';
import { startServer } from './server.mjs';
import { SAMPLE } from './settings.mjs';
import { count, duration, megabytes, percentile, table } from './text.mjs';
import { output, stopAll, workFolder } from './work.mjs';

const PEOPLE = 50;
const CHANGES_PER_SECOND = 10;
const SECONDS = Number(process.env.AJUDA_BENCH_LIVE_SECONDS ?? 30);
const TICKETS = process.env.AJUDA_BENCH_TICKETS ?? '100000';
// As in `public/live.js`.
const SOON_MS = 300;
const LIST = '/desk?view=unassigned';

async function measure(database) {
  const data = workFolder('desk');
  const env = { HOME: data, PATH: process.env.PATH, ...(database && { DATABASE_URL: database }) };
  await output(program(), ['demo', '--data', data, '--articles', SAMPLE, '--tickets', TICKETS, '--seed', '5'], { maxSeconds: 1800, cwd: data, env });
  for (let person = 0; person < PEOPLE; person += 1) await add(data, env, person, 'agent');
  const server = await startServer({ articles: SAMPLE, data, env });
  try {
    const cookies = [];
    for (let person = 0; person < PEOPLE; person += 1) cookies.push(await logIn(server.url, person));
    const quiet = server.memory().now;
    const figures = await watch(server, cookies);
    return { ...figures, quiet, ...server.memory() };
  } finally {
    await server.stop();
  }
}

/** Somebody's open list. `shown` is called for each change that the page has when it has come. */
class Screen {
  #url;
  #cookie;
  #client;
  #told = [];
  #timer;
  #isRenewing = false;
  waits = { told: [], shown: [] };

  constructor(url, cookie) {
    this.#url = url;
    this.#cookie = cookie;
    this.#client = new Client(url, 2);
  }

  /** `changes`: when each ticket was changed last, by its id. */
  async open(changes) {
    const stream = request(`${this.#url}/desk/events`, { headers: { cookie: this.#cookie } });
    stream.end();
    await new Promise((done, fail) => {
      stream.on('error', fail);
      stream.on('response', (answer) => {
        if (answer.statusCode !== 200) return fail(new Error(`the stream answered ${answer.statusCode}`));
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => {
          text += part;
          const events = text.split('\n\n');
          text = events.pop();
          for (const event of events) this.#take(event, changes);
          done();
        });
        answer.on('error', () => {});
      });
    });
    this.stream = stream;
  }

  #take(event, changes) {
    if (!/^event: ?news$/m.test(event)) return;
    const { tickets } = JSON.parse(/^data: ?(.*)$/m.exec(event)[1]);
    for (const id of tickets) {
      const at = changes.get(id);
      if (at === undefined) continue;
      this.waits.told.push(performance.now() - at);
      this.#told.push(at);
    }
    this.#soon();
  }

  #soon() {
    if (this.#isRenewing) return;
    this.#timer ??= setTimeout(async () => {
      this.#timer = undefined;
      this.#isRenewing = true;
      const told = this.#told.splice(0);
      await this.#client.get(LIST, { headers: { cookie: this.#cookie, 'accept-encoding': 'br, gzip' } });
      this.waits.shown.push(...told.map((at) => performance.now() - at));
      this.#isRenewing = false;
      if (this.#told.length) this.#soon();
    }, SOON_MS);
  }

  get isQuiet() {
    return !this.#isRenewing && !this.#timer;
  }

  close() {
    this.stream.destroy();
    this.#client.once(() => {});
  }
}

async function watch(server, cookies) {
  const { url } = server;
  const changes = new Map();
  const screens = cookies.map((cookie) => new Screen(url, cookie));
  for (const screen of screens) await screen.open(changes);
  const client = new Client(url, 20);
  const { bytes } = await client.get('/desk?view=all', { headers: { cookie: cookies[0] } });
  const rows = [...String(bytes).matchAll(/data-present="?([0-9A-Za-z]+)/g)].map(([, id]) => id);
  const references = [...new Set([...String(bytes).matchAll(/\/desk\/tickets\/([0-9A-Z-]+)/g)].map(([, reference]) => reference))].slice(0, rows.length);
  if (rows.length < 20 || references.length !== rows.length) throw new Error(`the list has ${rows.length} rows, ${references.length} references`);
  const posts = [];
  const acts = [];
  for (let change = 0; change < SECONDS * CHANGES_PER_SECOND; change += 1) {
    const row = change % rows.length;
    const priority = ['high', 'normal', 'low'][Math.floor(change / rows.length) % 3];
    changes.set(rows[row], performance.now());
    const headers = { cookie: cookies[change % cookies.length] };
    acts.push(client.post(`/desk/tickets/${references[row]}/priority`, { priority }, { wanted: 303, headers }).then(({ ms }) => posts.push(ms)));
    await sleep(1000 / CHANGES_PER_SECOND);
  }
  await Promise.all(acts);
  const until = performance.now() + 5000;
  while (performance.now() < until && !screens.every((screen) => screen.isQuiet)) await sleep(50);
  const all = (kind) => screens.flatMap((screen) => screen.waits[kind]);
  const figures = { posts, told: all('told'), shown: all('shown') };
  for (const screen of screens) screen.close();
  await client.once(() => {});
  return figures;
}

try {
  const engines = [['SQLite', undefined], ...(process.env.AJUDA_TEST_POSTGRES ? [['PostgreSQL', process.env.AJUDA_TEST_POSTGRES]] : [])];
  const rows = [['', 'changes', 'told p50', 'p99', 'on screens', 'p50', 'p99', 'memory', 'most']];
  for (const [name, database] of engines) {
    const { posts, told, shown, quiet, now, most } = await measure(database);
    if (!told.length || !shown.length) throw new Error('nobody was told anything');
    const of = (waits, share) => duration(percentile(waits, share));
    rows.push([name, count(posts.length), of(told, 0.5), of(told, 0.99), count(shown.length), of(shown, 0.5), of(shown, 0.99), megabytes(now), megabytes(most)]);
    console.log(`  ${name}: ${megabytes(quiet)} before anybody listened`);
  }
  console.log(`\n${PEOPLE} people, ${CHANGES_PER_SECOND} changes a second for ${SECONDS} s, ${count(TICKETS)} tickets\n`);
  console.log(table(rows));
} finally {
  stopAll();
}
