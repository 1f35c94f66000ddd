// Asks a running help centre through its public address, as any program would.

import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../client.mjs';

const READ_MAX_MS = 3_600_000;

/** Waits until the model has read all articles. Returns whether there is a model. */
export async function untilRead(url) {
  const until = Date.now() + READ_MAX_MS;
  return new Client(url).once(async (client) => {
    while (Date.now() < until) {
      const text = (await client.get('/metrics')).bytes.toString();
      const value = (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0);
      if (value('ajuda_search_passages_pending') === 0) return value('ajuda_search_model_ready') === 1;
      await pause(500);
    }
    throw new Error('the model did not come to an end with the articles');
  });
}

/** Asks all questions one after another. `mode`: lexical or hybrid. */
export async function askAll(url, questions, mode) {
  return new Client(url).once(async (client) => {
    const answers = [];
    for (const { text, lang } of questions) {
      const { ms, bytes } = await client.get(`/api/v1/search?q=${encodeURIComponent(text)}&lang=${lang}&limit=50&mode=${mode}`);
      const answer = JSON.parse(bytes);
      if (answer.mode_used !== mode) throw new Error(`asked by ${mode}, answered by ${answer.mode_used}: ${text}`);
      answers.push({ ms, ids: answer.hits.map((hit) => hit.id), answer: answer.answer ?? null, total: answer.total, closestOnly: answer.closest_only });
    }
    return answers;
  });
}
