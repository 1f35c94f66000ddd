// What the model costs: reading the articles, memory, questions by meaning, and what typists feel while a changed article is read.

import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { untilRead } from './search-eval/ask.mjs';
import { writeCorpus } from './corpus.mjs';
import { manyTypists, measureSearch } from './search.mjs';
import { startServer } from './server.mjs';
import { KEPT, MODEL, SAMPLE } from './settings.mjs';
import { count, duration, megabytes, percentile } from './text.mjs';

// Articles changed one after another while people type.
const CHANGE_EVERY_MS = 500;

export async function measureMeaning(size) {
  const articles = writeCorpus(size);
  const server = await startServer({ articles, data: KEPT, model: MODEL });
  try {
    const before = performance.now();
    await untilRead(server.url);
    const read = performance.now() - before;
    const table = await measureSearch(server, size, 'hybrid');
    return [table, `  read by the model in ${duration(read)}; memory ${megabytes(server.memory().now)}; the sample: ${await sampleMemory()}`, await whileReading(server, articles, size)].join('\n');
  } finally {
    await server.stop();
  }
}

async function sampleMemory() {
  const server = await startServer({ articles: SAMPLE, model: MODEL });
  try {
    await untilRead(server.url);
    return megabytes(server.memory().now);
  } finally {
    await server.stop();
  }
}

/** Keystrokes with and without the model at work beside them, in turns. */
async function whileReading(server, articles, size) {
  const quiet = [];
  const busy = [];
  for (let round = 0; round < 3; round += 1) {
    quiet.push(...(await manyTypists(server.url, size)).waits);
    const changing = changeArticles(articles, round);
    busy.push(...(await manyTypists(server.url, size)).waits);
    clearInterval(changing);
    await untilRead(server.url);
  }
  const p99 = (waits) => percentile(waits.map((wait) => wait.inside), 0.99);
  const [without, beside] = [p99(quiet), p99(busy)];
  return `  keystrokes, p99 in the server: ${duration(without)}; while changed articles are read ${duration(beside)} (× ${(beside / without).toFixed(2)}, ${count(busy.length)} keystrokes)`;
}

function changeArticles(articles, round) {
  const topics = readdirSync(join(articles, 'buyer'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const topic = join(articles, 'buyer', topics[0].name);
  const folders = readdirSync(topic, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  let next = 0;
  return setInterval(() => {
    const text = join(topic, folders[next % folders.length].name, 'pt.md');
    appendFileSync(text, `\nMudou ${round}, ${next}.\n`);
    next += 1;
  }, CHANGE_EVERY_MS);
}
