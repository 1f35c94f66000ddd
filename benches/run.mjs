// What `make bench` runs: measures the release program on this machine and prints aligned text. All traffic stays on 127.0.0.1.
// Smaller or longer runs by the environment: see settings.mjs.

import { measureArticles } from './articles.mjs';
import { measureBesideNginx } from './beside-nginx.mjs';
import { measureBytes } from './bytes.mjs';
import { writeCorpus } from './corpus.mjs';
import { describeMachine } from './machine.mjs';
import { measureSearch } from './search.mjs';
import { startServer } from './server.mjs';
import { measureFullText } from './full-text.mjs';
import { measureMeaning } from './meaning.mjs';
import { MODEL, SAMPLE, SIZE, SIZE_BY_MEANING } from './settings.mjs';
import { measureStarts } from './starts.mjs';
import { count, heading } from './text.mjs';
import { measureTickets } from './tickets.mjs';
import { stopAll } from './work.mjs';

const note = (text) => process.stderr.write(`ajuda: measuring ${text}\n`);

/** Lets `measure` work against a server of its own and stops it, whatever happened. */
async function against(articles, measure) {
  const server = await startServer({ articles });
  try {
    return await measure(server);
  } finally {
    await server.stop();
  }
}

async function main() {
  console.log(describeMachine());
  note('the bytes of each page');
  // One part after the other: they must not share the cores.
  const bytes = await against(SAMPLE, measureBytes);
  console.log(`${heading('Bytes')}${bytes.text}`);

  note(`starts, with ${count(SIZE)} articles too`);
  const large = writeCorpus(SIZE);
  console.log(`${heading('Start and memory')}${await measureStarts([['sample', SAMPLE], ['generated', large]])}`);

  note('articles');
  console.log(`${heading('Articles')}${await against(SAMPLE, measureArticles)}`);
  note('what is asked for most, beside nginx');
  console.log(`${heading('Beside nginx')}${await measureBesideNginx()}`);
  note('search');
  console.log(`${heading(`Search in ${count(SIZE)} articles`)}${await against(large, (server) => measureSearch(server, SIZE))}`);
  console.log(`${heading(`SQLite FTS5 on the same articles and questions, in Python`)}${measureFullText(large, SIZE)}`);
  if (MODEL !== 'none') {
    note(`search by meaning, in ${count(SIZE_BY_MEANING)} articles`);
    console.log(`${heading(`Search by meaning in ${count(SIZE_BY_MEANING)} articles`)}${await measureMeaning(SIZE_BY_MEANING)}`);
  }
  note('tickets');
  console.log(`${heading('Tickets')}${await measureTickets()}`);
  return bytes.withinBudget ? 0 : 1;
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.on(signal, () => process.exit(code));
process.on('exit', stopAll);

let code = 1;
try {
  code = await main();
} catch (error) {
  console.error(`ajuda: the measurement failed: ${error.stack ?? error}`);
}
process.exit(code);
