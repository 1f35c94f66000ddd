// How many tickets a second are filed. Each is acknowledged only when it is on disk, so the disk sets the pace.

import { performance } from 'node:perf_hooks';
import { Client } from './client.mjs';
import { questions } from './corpus.mjs';
import { describeDisk } from './machine.mjs';
import { program } from './program.mjs';
import { startServer } from './server.mjs';
import { ROUNDS, SAMPLE, SECONDS, SIZE } from './settings.mjs';
import { count, duration, median, percentile, table } from './text.mjs';
import { output } from './work.mjs';

const SENDERS = 16;
// However fast the disk is.
const TICKETS_MAX_PER_ROUND = 20_000;
// All come from one network; the shipped limits would keep them aside.
const NO_LIMITS = { AJUDA_LIMITS_TICKETS_PER_NETWORK_PER_HOUR: '1000000', AJUDA_LIMITS_TICKETS_PER_EMAIL_PER_HOUR: '1000000' };

export async function measureTickets() {
  const disk = describeDisk();
  const server = await startServer({ articles: SAMPLE, env: NO_LIMITS });
  try {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await fileTickets(server.url, round));
    // Killed, not stopped: what it had only in memory is lost now.
    await server.kill();
    const filed = rounds.reduce((sum, round) => sum + round.waits.length, 0);
    const found = await stored(server.data);
    if (found !== filed) throw new Error(`${filed} tickets were acknowledged, ${found} are in the database`);
    const waits = rounds.flatMap((round) => round.waits);
    const rate = median(rounds.map((round) => round.waits.length / round.seconds));
    return [
      table([
        ['', 'tickets', 'per second', 'p50', 'p99'],
        [`filed, ${SENDERS} at a time`, count(filed), count(rate), duration(percentile(waits, 0.5)), duration(percentile(waits, 0.99))],
      ]),
      `  ${ROUNDS} rounds of ${SECONDS} s; all ${count(found)} were in the database after the server was killed`,
      `  ${disk}`,
    ].join('\n');
  } finally {
    await server.stop();
  }
}

async function fileTickets(url, round) {
  const waits = [];
  const subjects = questions(1000 + round, SIZE);
  const before = performance.now();
  const until = before + SECONDS * 1000;
  let sent = 0;
  await new Client(url, SENDERS).once((client) =>
    Promise.all(
      Array.from({ length: SENDERS }, async () => {
        while (performance.now() < until && sent < TICKETS_MAX_PER_ROUND) {
          sent += 1;
          // The number makes each its own ticket: the same message twice would be one.
          const fields = ticket(`${subjects.next().value} (${round}-${sent})`);
          waits.push((await client.post('/pt/contact', fields, { wanted: 303 })).ms);
        }
      }),
    ),
  );
  return { waits, seconds: (performance.now() - before) / 1000 };
}

const ticket = (subject) => ({
  reason: 'other',
  subject,
  name: 'Maria da Silva',
  email: 'maria@example.com',
  // As the page's script tells it: without, a question that says little is shown once more before it is filed.
  seconds: '40',
  message: `${subject}.\n\nComprei na semana passada e ainda não recebi resposta. O que posso fazer?`,
});

/** How many tickets the database holds. */
async function stored(data) {
  const args = ['tickets', '--data', data, 'list', '--limit', '1000000'];
  const text = await output(program(), args, { maxSeconds: 60, cwd: data, env: { HOME: data } });
  return text.split('\n').filter((line) => line.includes('maria@example.com')).length;
}
