// `make search-eval`: how often the search finds the right article. With SETS=DIR it measures the judged sets of that folder, each on a
// help centre of its own; without, our own questions against the articles that come with the program.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startServer } from '../server.mjs';
import { MODEL } from '../settings.mjs';
import { duration, median, percentile, table } from '../text.mjs';
import { stopAll } from '../work.mjs';
import { askAll, untilRead } from './ask.mjs';
import { measureOwn } from './own.mjs';
import { bare, curve, mean, scoreAll, scoreOne } from './score.mjs';
import { readSets, writeArticles } from './sets.mjs';

const root = resolve(import.meta.dirname, '../..');
const note = (text) => process.stderr.write(`ajuda: ${text}\n`);

// What others reach on the same questions (nDCG@10, the half that is published), measured in November 2026: tantivy as it comes, tantivy with
// stems and without accents, our lexical design, and the same with a small multilingual model.
const OTHERS = {
  stackfaq_en: [0.858, 0.884, 0.896, 0.95],
  hint3_en: [0.685, 0.714, 0.758, 0.789],
  faquad_pt: [0.896, 0.905, 0.926, 0.941],
  xquad_es: [0.95, 0.959, 0.973, 0.983],
  typo_stackfaq_en: [0.786, 0.813, 0.89, 0.932],
  typo_faquad_pt: [0.774, 0.821, 0.911, 0.93],
  noaccent_faquad_pt: [0.807, 0.905, 0.926, 0.939],
};
const OTHER_CURVES = {
  prefix_pt: [0.04, 0.08, 0.29, 0.46, 0.62, 0.75, 0.84, 0.91, 0.92, 0.97],
  prefix_en: [0.18, 0.26, 0.37, 0.52, 0.68, 0.83, 0.85, 0.88, 0.91, 0.95],
  prefix_es: [0.02, 0.1, 0.21, 0.38, 0.59, 0.71, 0.83, 0.88, 0.92, 0.99],
};

const places = (value) => (value === undefined ? '' : value.toFixed(3).replace(/^0/, ''));

async function measureSet(set) {
  const { folder, documentOf } = writeArticles(set);
  // What the model read is kept for the next run.
  const data = join(root, '.build', 'search-eval', set.corpus);
  mkdirSync(data, { recursive: true });
  const server = await startServer({ articles: folder, data, model: MODEL });
  try {
    const modes = (await untilRead(server.url)) ? ['lexical', 'hybrid'] : ['lexical'];
    const measured = {};
    for (const mode of modes) {
      const answers = await askAll(server.url, set.questions, mode);
      const scores = answers.map((answer, index) => scoreOne(answer.ids.map((id) => documentOf.get(id)), set.relevant.get(set.questions[index].id)));
      measured[mode] = { ...scoreAll(scores), ms: answers.map((answer) => answer.ms), onTop: answersOnTop(set, answers) };
      if (set.name.startsWith('prefix_')) measured[mode].curve = curve(scores, set.questions.map((question) => question.n / question.full));
    }
    return measured;
  } finally {
    await server.stop();
  }
}

/** Answers shown on top: how many questions get one, and how many of these hold the right words. */
function answersOnTop(set, answers) {
  const judged = answers.map((given, index) => [given.answer, set.answers.get(set.questions[index].id)]).filter(([, right]) => right);
  const shown = judged.filter(([answer]) => answer);
  const right = shown.filter(([answer, words]) => bare(answer.text).includes(bare(words)));
  return judged.length ? { share: shown.length / judged.length, precision: right.length / Math.max(1, shown.length) } : null;
}

function printSets(results) {
  const rows = [['nDCG@10', 'tantivy', 'stemmed', 'target: words', 'target: with meaning', 'ours: words', 'ours: with meaning', 'success@1', 'recall@50', 'p50', 'p95']];
  for (const [name, { lexical, hybrid }] of results.filter(([name]) => !name.startsWith('prefix_'))) {
    const best = hybrid ?? lexical;
    const others = (OTHERS[name] ?? [undefined, undefined, undefined, undefined]).map(places);
    rows.push([name, ...others, places(lexical.ndcg), places(hybrid?.ndcg), places(best.first), places(best.recall), duration(median(best.ms)), duration(percentile(best.ms, 0.95))]);
  }
  console.log(`\n${table(rows)}`);
  const tops = results.filter(([, measured]) => (measured.hybrid ?? measured.lexical).onTop);
  if (tops.length) {
    const row = ([name, measured]) => {
      const { share, precision } = (measured.hybrid ?? measured.lexical).onTop;
      return [name, places(share), places(precision)];
    };
    console.log(`\n${table([['answer on top', 'questions that get one', 'of these with the right words'], ...tops.map(row)])}`);
  }
}

function printCurves(results) {
  const rows = [['right among five, as typed', ...Array.from({ length: 10 }, (_, tenth) => `${tenth + 1}0 %`), 'mean']];
  for (const [name, measured] of results.filter(([name]) => name.startsWith('prefix_'))) {
    const row = (label, values) => rows.push([`${name} ${label}`, ...values.map((value) => value.toFixed(2)), mean(values).toFixed(3)]);
    if (OTHER_CURVES[name]) row('target', OTHER_CURVES[name]);
    for (const mode of ['lexical', 'hybrid']) if (measured[mode]) row(mode === 'lexical' ? 'words' : 'with meaning', measured[mode].curve);
  }
  if (rows.length > 1) console.log(`\n${table(rows)}`);
}

async function measureSets(folder) {
  const wanted = process.env.ONLY?.split(',');
  const results = [];
  for (const set of readSets(folder).filter((set) => !wanted || wanted.includes(set.name))) {
    note(`${set.name}: ${set.questions.length} questions, ${set.documents.length} articles`);
    results.push([set.name, await measureSet(set)]);
  }
  printSets(results);
  printCurves(results);
  return 0;
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.on(signal, () => process.exit(code));
process.on('exit', stopAll);
let code = 1;
try {
  code = process.env.SETS ? await measureSets(resolve(process.env.SETS)) : await measureOwn({ record: process.argv.includes('--record') });
} catch (error) {
  console.error(`ajuda: the measurement failed: ${error.stack ?? error}`);
}
process.exit(code);
