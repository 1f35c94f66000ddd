// From the start of the process until it answers, and what it holds in memory then.

import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from './server.mjs';
import { STARTS } from './settings.mjs';
import { count, duration, median, megabytes, table } from './text.mjs';

// What was needed only to start is given back by then.
const IDLE_MS = 2_000;

/** `centres`: pairs of a name and a folder of articles. */
export async function measureStarts(centres) {
  const rows = [['articles', '', 'start', 'slowest', 'memory, idle', 'at most']];
  for (const [name, articles] of centres) {
    const starts = [];
    for (let round = 0; round < STARTS; round += 1) starts.push(await oneStart(articles));
    const times = starts.map((start) => start.ms);
    const middle = (key) => megabytes(median(starts.map((start) => start[key])));
    rows.push([name, count(starts[0].articles), duration(median(times)), duration(Math.max(...times)), middle('now'), middle('most')]);
  }
  return `${table(rows)}\n  from the start of the process to the first answer of /healthz, with a new data folder; ${STARTS} starts each`;
}

async function oneStart(articles) {
  const server = await startServer({ articles });
  try {
    await pause(IDLE_MS);
    return { ms: server.startMs, articles: server.articleCount, ...server.memory() };
  } finally {
    await server.stop();
  }
}
