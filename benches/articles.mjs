// How fast an article is served, whole and as "you have it already" (304). wrk makes the load: Node.js would measure itself.

import { Client } from './client.mjs';
import { ROUNDS, SECONDS } from './settings.mjs';
import { count, duration, median, table } from './text.mjs';
import { output } from './work.mjs';

const THREADS = 2;
const CONNECTIONS = 32;
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
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await load(`${server.url}${PATH}`, headers));
    const middle = (key) => median(rounds.map((round) => round[key]));
    rows.push([name, count(middle('perSecond')), duration(middle('p50')), duration(middle('p99'))]);
  }
  return `${table(rows)}\n  ${CONNECTIONS} connections of wrk at full load, one article, ${ROUNDS} rounds of ${SECONDS} s each`;
}

async function load(url, headers) {
  const args = [`-t${THREADS}`, `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency'];
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`);
  const text = await output('wrk', [...args, url], { maxSeconds: SECONDS + 30 });
  // wrk counts refusals as answers; a number made of them would be worth nothing.
  const trouble = /Non-2xx or 3xx responses: .*|Socket errors: .*/.exec(text);
  if (trouble) throw new Error(`wrk met trouble: ${trouble[0]}`);
  return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]), p50: latency(text, 50), p99: latency(text, 99) };
}

/** wrk's "1.23ms", "456.00us" or "1.20s", in milliseconds. */
function latency(text, share) {
  const [, value, unit] = new RegExp(`^\\s+${share}%\\s+([\\d.]+)(us|ms|s)\\s*$`, 'm').exec(text);
  return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit];
}
