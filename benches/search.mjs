// How long a question waits for its answer: whole ones, and what the search bar asks after each keystroke.

import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from './client.mjs';
import { questions } from './corpus.mjs';
import { QUESTIONS, SECONDS, SIZE } from './settings.mjs';
import { count, duration, percentile, table } from './text.mjs';

const WARM_UP = 100;
const TYPISTS = 50;
// A fast writer on a telephone; each keystroke is asked and answered before the next.
const KEYSTROKE_MS = 150;
// As the search bar asks.
const SUGGESTED = 6;

export async function measureSearch(server) {
  if (server.articleCount !== SIZE) throw new Error(`the server took ${server.articleCount} of ${SIZE} generated articles`);
  const rows = [['', 'requests', 'p50', 'p99', 'slowest', 'in the server: p50', 'p99']];
  const row = (name, waits) => {
    const part = (key, share) => duration(percentile(waits.map((wait) => wait[key]), share));
    rows.push([name, count(waits.length), part('ms', 0.5), part('ms', 0.99), part('ms', 1), part('inside', 0.5), part('inside', 0.99)]);
  };

  const whole = questions(1);
  const single = (take) => new Client(server.url).once((client) => oneAfterAnother(client, take));
  await single(Array.from({ length: WARM_UP }, () => whole.next().value));
  row('whole questions, one after another', await single(Array.from({ length: QUESTIONS }, () => whole.next().value)));
  row('each keystroke, one after another', await single(keystrokesOf(questions(2), QUESTIONS)));

  const { waits, seconds } = await manyTypists(server.url);
  row(`each keystroke, ${TYPISTS} people typing`, waits);
  const found = waits.filter((wait) => wait.hits > 0).length / waits.length;
  return [
    table(rows),
    `  ${TYPISTS} people: ${KEYSTROKE_MS} ms pause after each answer, ${count(waits.length / seconds)} requests/s; ${Math.round(found * 100)} % of them found something`,
  ].join('\n');
}

async function oneAfterAnother(client, texts) {
  const waits = [];
  for (const text of texts) waits.push(await ask(client, text));
  return waits;
}

async function manyTypists(url) {
  const waits = [];
  const before = performance.now();
  const until = before + 2 * SECONDS * 1000;
  await new Client(url, TYPISTS).once((client) =>
    Promise.all(
      Array.from({ length: TYPISTS }, async (_, typist) => {
        // They do not all press a key at the same moment.
        await pause((typist * KEYSTROKE_MS) / TYPISTS);
        const asked = questions(100 + typist);
        while (performance.now() < until) {
          for (const text of keystrokes(asked.next().value)) {
            if (performance.now() >= until) break;
            waits.push(await ask(client, text));
            await pause(KEYSTROKE_MS);
          }
        }
      }),
    ),
  );
  return { waits, seconds: (performance.now() - before) / 1000 };
}

async function ask(client, text) {
  const { ms, bytes } = await client.get(`/api/v1/search?lang=pt&limit=${SUGGESTED}&q=${encodeURIComponent(text)}`);
  const { took_us: micros, hits } = JSON.parse(bytes);
  return { ms, inside: micros / 1000, hits: hits.length };
}

/** What stands in the field after each keystroke, from the second on. */
const keystrokes = (question) => Array.from({ length: Math.max(1, question.length - 1) }, (_, index) => question.slice(0, index + 2));

function keystrokesOf(asked, wanted) {
  const texts = [];
  while (texts.length < wanted) texts.push(...keystrokes(asked.next().value));
  return texts.slice(0, wanted);
}
