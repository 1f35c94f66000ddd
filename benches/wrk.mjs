// wrk makes the load: Node.js would measure itself.

import { SECONDS } from './settings.mjs';
import { output } from './work.mjs';

export const CONNECTIONS = 32;

/** One round over kept connections: answers per second, median and 99th percentile of the wait in milliseconds. */
export async function load(url, headers, { threads }) {
  const args = [`-t${threads}`, `-c${CONNECTIONS}`, `-d${SECONDS}s`, '--latency'];
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
