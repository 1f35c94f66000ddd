// How good a ranking is. Formulas: Järvelin & Kekäläinen 2002 (nDCG), with the gain as it is and the discount log2(place + 1).

const PLACES = 10;

const gains = (ids, relevant) => ids.slice(0, PLACES).map((id) => relevant.get(id) ?? 0);
const discounted = (values) => values.reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);

/** `ids`: what was found, best first; `relevant`: a Map of id to its grade. */
export function scoreOne(ids, relevant) {
  const best = discounted([...relevant.values()].sort((a, b) => b - a).slice(0, PLACES));
  const right = [...relevant].filter(([, grade]) => grade > 0).map(([id]) => id);
  const first = ids.slice(0, PLACES).findIndex((id) => (relevant.get(id) ?? 0) > 0);
  return {
    ndcg: best > 0 ? discounted(gains(ids, relevant)) / best : 0,
    mrr: first < 0 ? 0 : 1 / (first + 1),
    first: Number(first === 0),
    firstFive: Number(first >= 0 && first < 5),
    recall: right.length ? right.filter((id) => ids.slice(0, 50).includes(id)).length / right.length : 0,
  };
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The means of all scores. */
export function scoreAll(scores) {
  return Object.fromEntries(['ndcg', 'mrr', 'first', 'firstFive', 'recall'].map((key) => [key, mean(scores.map((score) => score[key]))]));
}

/** The share of questions with the right article among the first five, by tenths of the letters typed. `typed`: 0 to 1 for each score. */
export function curve(scores, typed) {
  const tenths = Array.from({ length: 10 }, () => []);
  scores.forEach((score, index) => tenths[Math.min(9, Math.floor(10 * typed[index] - 1e-9))].push(score.firstFive));
  return tenths.map(mean);
}

/** Lower case, without accents and signs: what counts when an answer is compared with the right one. */
export const bare = (text) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
