// How fast what is asked for most is given back, beside nginx with the same bytes, in turn on the same cores.

import { Client } from './client.mjs';
import { startNginx } from './nginx.mjs';
import { startServer } from './server.mjs';
import { ROUNDS, SAMPLE, SECONDS } from './settings.mjs';
import { count, duration, median, megabytes, table } from './text.mjs';
import { CONNECTIONS, load } from './wrk.mjs';

// One thread: with two, wrk would take the whole machine from whom it measures.
const THREADS = 1;
const ARTICLE = '/pt/comprador/reembolsos/como-pedir-reembolso';
const SEARCH = '/api/v1/search?lang=pt&limit=6&mode=lexical&q=reembolso';

export async function measureBesideNginx() {
  const server = await startServer({ articles: SAMPLE });
  try {
    const asked = await new Client(server.url).once(collect);
    const before = server.memory().now;
    const nginx = await startNginx(asked.map((one) => one.file));
    try {
      const rows = await measure(asked, server.url, nginx.url);
      const { now, most } = server.memory();
      return [
        table([['answer', 'per second', 'p50', 'p99', 'nginx: per second', 'p50', 'p99', 'ratio'], ...rows]),
        `  ${CONNECTIONS} connections of wrk with one thread at full load; ${ROUNDS} rounds of ${SECONDS} s each, in turn; both write a log; nginx with two workers`,
        `  the same bytes, under fewer headers from nginx; of the search it has a file. Memory ${megabytes(before)} before, ${megabytes(now)} after, ${megabytes(most)} at most`,
      ].join('\n');
    } finally {
      await nginx.stop();
    }
  } finally {
    await server.stop();
  }
}

/** What is asked for, and the same as files. */
async function collect(client) {
  const gzip = { 'accept-encoding': 'gzip' };
  const brotli = { 'accept-encoding': 'br' };
  const plain = (await client.get(ARTICLE)).bytes;
  const article = await client.get(ARTICLE, { headers: gzip });
  const requests = (await client.get('/pt/requests')).bytes.toString();
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(requests)[1];
  const sheet = await client.get(style, { headers: brotli });
  const search = await client.get(SEARCH);
  const file = (path, { bytes, headers }) => ({ path, type: headers['content-type'], coding: headers['content-encoding'], bytes, plain });
  const page = file(ARTICLE, article);
  return [
    { name: 'an article', path: ARTICLE, headers: gzip, file: page },
    { name: 'the same, not modified', path: ARTICLE, headers: gzip, isKnown: true, file: { ...page, path: '/known' } },
    { name: 'a style sheet', path: style, headers: brotli, file: file(style, sheet) },
    { name: 'a search', path: SEARCH, headers: {}, file: file('/search', search) },
  ];
}

async function measure(asked, ours, theirs) {
  const rows = [];
  for (const one of asked) {
    const targets = [[`${ours}${one.path}`, await headersFor(ours, one.path, one)], [`${theirs}${one.file.path}`, await headersFor(theirs, one.file.path, one)]];
    const rounds = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, [url, headers]] of targets.entries()) rounds[index].push(await load(url, headers, { threads: THREADS }));
    }
    const [mine, other] = rounds.map((of) => Object.fromEntries(['perSecond', 'p50', 'p99'].map((key) => [key, median(of.map((round) => round[key]))])));
    const cells = (of) => [count(of.perSecond), duration(of.p50), duration(of.p99)];
    rows.push([one.name, ...cells(mine), ...cells(other), (mine.perSecond / other.perSecond).toFixed(2)]);
  }
  return rows;
}

/** The headers of the request, checked once: both must answer with the same bytes. */
async function headersFor(url, path, { headers, isKnown, file }) {
  return new Client(url).once(async (client) => {
    const answer = await client.get(path, { headers });
    if (answer.headers['content-encoding'] !== file.coding) throw new Error(`${url}${path} is coded by ${answer.headers['content-encoding']}`);
    // How long a search took stands in its answer.
    if (!path.includes('search') && !answer.bytes.equals(file.bytes)) throw new Error(`${url}${path} has other bytes`);
    if (!isKnown) return headers;
    const known = { ...headers, 'if-none-match': answer.headers.etag };
    await client.get(path, { headers: known, wanted: 304 });
    return known;
  });
}
