// How long a question waits for its answer: whole ones, and what the search bar asks after each keystroke.

import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from './client.mjs';
import { questions } from './corpus.mjs';
import { QUESTIONS, QUESTIONS_BY_MEANING, SECONDS } from './settings.mjs';
import { count, duration, percentile, table } from './text.mjs';

const WARM_UP = 100;
const TYPISTS = 50;
const LONG_WORDS = 12;
// A fast writer on a telephone; each keystroke is asked and answered before the next.
const KEYSTROKE_MS = 150;
// As the search bar asks.
const SUGGESTED = 6;

/** `by`: lexical or hybrid, what whole questions are asked by; keystrokes are always asked by words alone, as the search bar does. */
export async function measureSearch(server, size, by = 'lexical') {
  if (server.articleCount !== size) throw new Error(`the server took ${server.articleCount} of ${size} generated articles`);
  const rows = [['', 'requests', 'p50', 'p99', 'slowest', 'in the server: p50', 'p99']];
  const row = (name, waits) => {
    const part = (key, share) => duration(percentile(waits.map((wait) => wait[key]), share));
    rows.push([name, count(waits.length), part('ms', 0.5), part('ms', 0.99), part('ms', 1), part('inside', 0.5), part('inside', 0.99)]);
  };

  const whole = questions(1, size);
  const single = (take, mode = 'lexical') => new Client(server.url).once((client) => oneAfterAnother(client, take, mode));
  await single(Array.from({ length: WARM_UP }, () => whole.next().value));
  row('whole questions, one after another', await single(Array.from({ length: QUESTIONS }, () => whole.next().value)));
  if (by === 'hybrid') {
    const long = longQuestions(QUESTIONS_BY_MEANING + WARM_UP, size);
    await single(long.slice(QUESTIONS_BY_MEANING), by);
    row(`questions of ${LONG_WORDS} words by meaning, one after another`, await single(long.slice(0, QUESTIONS_BY_MEANING), by));
  }
  row('each keystroke, one after another', await single(keystrokesOf(questions(2, size), QUESTIONS)));

  const { waits, seconds } = await manyTypists(server.url, size);
  row(`each keystroke, ${TYPISTS} people typing`, waits);
  const found = waits.filter((wait) => wait.hits > 0).length / waits.length;
  return [
    table(rows),
    `  ${TYPISTS} people: ${KEYSTROKE_MS} ms pause after each answer, ${count(waits.length / seconds)} requests/s; ${Math.round(found * 100)} % of them found something`,
  ].join('\n');
}

async function oneAfterAnother(client, texts, mode) {
  const waits = [];
  for (const text of texts) waits.push(await ask(client, text, mode));
  return waits;
}

export async function manyTypists(url, size) {
  const waits = [];
  const before = performance.now();
  const until = before + 2 * SECONDS * 1000;
  await new Client(url, TYPISTS).once((client) =>
    Promise.all(
      Array.from({ length: TYPISTS }, async (_, typist) => {
        // They do not all press a key at the same moment.
        await pause((typist * KEYSTROKE_MS) / TYPISTS);
        const asked = questions(100 + typist, size);
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

async function ask(client, text, mode = 'lexical') {
  const { ms, bytes } = await client.get(`/api/v1/search?lang=pt&limit=${SUGGESTED}&mode=${mode}&q=${encodeURIComponent(text)}`);
  const { took_us: micros, hits, mode_used: used } = JSON.parse(bytes);
  if (used !== mode) throw new Error(`asked by ${mode}, answered by ${used}`);
  return { ms, inside: micros / 1000, hits: hits.length };
}

/** Questions of twelve words, each another one: none comes out of the store of questions that were read before. */
function longQuestions(count, size) {
  const short = questions(3, size);
  return Array.from({ length: count }, () => {
    const words = [];
    while (words.length < LONG_WORDS) words.push(...short.next().value.split(' '));
    return words.slice(0, LONG_WORDS).join(' ');
  });
}

/** What stands in the field after each keystroke, from the second on. */
const keystrokes = (question) => Array.from({ length: Math.max(1, question.length - 1) }, (_, index) => question.slice(0, index + 2));

function keystrokesOf(asked, wanted) {
  const texts = [];
  while (texts.length < wanted) texts.push(...keystrokes(asked.next().value));
  return texts.slice(0, wanted);
}
