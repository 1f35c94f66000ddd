// How fast an article is served, whole and as "you have it already" (304).

import { Client } from './client.mjs';
import { ROUNDS, SECONDS } from './settings.mjs';
import { count, duration, median, table } from './text.mjs';
import { CONNECTIONS, load } from './wrk.mjs';

const THREADS = 2;
const PATH = '/pt/comprador/reembolsos/como-pedir-reembolso';
const BROTLI = { 'accept-encoding': 'br' };

export async function measureArticles(server) {
  const known = await new Client(server.url).once(async (client) => {
    const { etag } = (await client.get(PATH, { headers: BROTLI })).headers;
    const headers = { ...BROTLI, 'if-none-match': etag };
    await client.get(PATH, { headers, wanted: 304 });
    return headers;
  });
  const rows = [['answer', 'per second', 'p50', 'p99']];
  for (const [name, headers] of [['200, the whole article', BROTLI], ['304, not modified', known]]) {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await load(`${server.url}${PATH}`, headers, { threads: THREADS }));
    const middle = (key) => median(rounds.map((round) => round[key]));
    rows.push([name, count(middle('perSecond')), duration(middle('p50')), duration(middle('p99'))]);
  }
  return `${table(rows)}\n  ${CONNECTIONS} connections of wrk at full load, one article, ${ROUNDS} rounds of ${SECONDS} s each`;
}
