// People of the team, made and logged in.

import { Client } from './client.mjs';
import { program } from './program.mjs';
import { start } from './work.mjs';

const PASSWORD = 'cavalo grampo bateria';

const address = (person) => `person${person}@example.net`;

export async function add(data, env, person, role) {
  const args = ['staff', '--data', data, 'add', address(person), '--name', `Person ${person}`, '--role', role, '--password-stdin'];
  const child = start(program(), args, { cwd: data, env, stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(`${PASSWORD}\n`);
  if ((await child.ended) !== 0) throw new Error('ajuda staff add failed');
}

/** The cookies of somebody who is logged in. */
export async function logIn(url, person) {
  return new Client(url).once(async (client) => {
    const { headers } = await client.post('/desk/log-in', { email: address(person), password: PASSWORD }, { wanted: 303 });
    return headers['set-cookie'].map((cookie) => cookie.split(';')[0]).join('; ');
  });
}
