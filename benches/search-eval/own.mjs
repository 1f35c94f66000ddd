// Our own questions: written by people who had the list of topics and had not seen the articles. Each names the articles that answer it.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../server.mjs';
import { MODEL, SAMPLE } from '../settings.mjs';
import { table } from '../text.mjs';
import { askAll, untilRead } from './ask.mjs';
import { mean, scoreAll, scoreOne } from './score.mjs';

const QUESTIONS = join(import.meta.dirname, 'questions.tsv');
const RECORDED = join(import.meta.dirname, 'recorded.json');
// What another processor may move, where bytes are multiplied with one bit less (see embedding/): two or three questions of a hundred.
const HAIR = 0.01;

function readQuestions() {
  return readFileSync(QUESTIONS, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [id, lang, kind, articles, text] = line.split('\t');
      // The first article answers best; a further one is right too.
      return { id, lang, kind, text, relevant: new Map(articles.split(',').map((article, index) => [article, index === 0 ? 2 : 1])) };
    });
}

/** Measures, prints, and compares with what is recorded; 1 when something was lost. `record`: write the values down instead. */
export async function measureOwn({ record }) {
  const questions = readQuestions();
  // Where what the model read was kept, it isn't read again.
  const server = await startServer({ articles: SAMPLE, data: process.env.SAMPLE_READ, model: MODEL });
  try {
    const modes = (await untilRead(server.url)) ? ['lexical', 'hybrid'] : ['lexical'];
    const measured = {};
    for (const mode of modes) {
      const answers = await askAll(server.url, questions, mode);
      measured[mode] = answers.map((answer, index) => ({ ...scoreOne(answer.ids, questions[index].relevant), ...answer, question: questions[index] }));
    }
    print(measured);
    printLists(measured);
    if (process.env.ANSWERS) writeAnswers(process.env.ANSWERS, measured[modes.at(-1)]);
    if (process.env.MISSES) misses(measured[modes.at(-1)]);
    return record ? write(measured) : compare(measured);
  } finally {
    await server.stop();
  }
}

const places = (value) => value.toFixed(3).replace(/^0/, '');

function print(measured) {
  const rows = [['our own questions', 'count', 'words: nDCG@10', 'success@1', 'with meaning: nDCG@10', 'success@1']];
  const row = (name, wanted) => {
    const part = (mode) => scoreAll((measured[mode] ?? []).filter((score) => wanted(score.question)));
    const cells = Object.keys(measured).flatMap((mode) => [places(part(mode).ndcg), places(part(mode).first)]);
    rows.push([name, measured.lexical.filter((score) => wanted(score.question)).length, ...cells]);
  };
  row('all', () => true);
  for (const lang of ['pt', 'es', 'en']) row(lang, (question) => question.lang === lang);
  for (const kind of ['plain', 'typo', 'bare', 'regional', 'short', 'story']) row(kind, (question) => question.kind === kind);
  console.log(`\n${table(rows)}\n`);
}

/** How long the lists are, and what stands over them. */
function printLists(measured) {
  const rows = [['lists', 'articles, mean', 'right ones in them', 'only the closest', 'answer on top', 'of these from a right article']];
  for (const [mode, scores] of Object.entries(measured)) {
    const answered = scores.filter((score) => score.answer);
    const fromRight = answered.map((score) => Number(score.question.relevant.has(score.answer.id)));
    const share = (values) => places(mean(values.map(Number)));
    rows.push([
      mode === 'lexical' ? 'words' : 'with meaning',
      mean(scores.map((score) => score.total)).toFixed(1),
      places(mean(scores.map((score) => score.recall))),
      share(scores.map((score) => score.closestOnly)),
      share(scores.map((score) => score.answer !== null)),
      share(fromRight),
    ]);
  }
  console.log(`${table(rows)}\n`);
}

/** What was answered on top, to be judged by a reader: question, article that it is from, whether that is a right one, the answer. */
function writeAnswers(file, scores) {
  const lines = scores
    .filter((score) => score.answer)
    .map(({ question, answer }) => [question.id, question.text, answer.id, question.relevant.has(answer.id) ? 'right' : 'other', answer.text].join('\t'));
  writeFileSync(file, `# question, as asked, article, whether it is one of the right ones, what stood on top\n${lines.join('\n')}\n`);
}

function misses(scores) {
  for (const { question, first } of scores) if (!first) console.log(`  ${question.id} ${question.text} -> ${[...question.relevant.keys()]}`);
}

const values = (measured) =>
  Object.fromEntries(
    Object.entries(measured).map(([mode, scores]) => [
      mode,
      Object.fromEntries(['pt', 'es', 'en'].map((lang) => [lang, Number(scoreAll(scores.filter((score) => score.question.lang === lang)).ndcg.toFixed(4))])),
    ]),
  );

function write(measured) {
  writeFileSync(RECORDED, `${JSON.stringify(values(measured), null, 2)}\n`);
  return 0;
}

function compare(measured) {
  const now = values(measured);
  const recorded = JSON.parse(readFileSync(RECORDED, 'utf8'));
  const lost = [];
  for (const [mode, langs] of Object.entries(recorded)) {
    if (!now[mode]) lost.push(`${mode}: not measured, for the model is missing (scripts/model tells why)`);
    for (const [lang, value] of Object.entries(now[mode] ? langs : {})) {
      if (now[mode][lang] < value - HAIR) lost.push(`${mode}, ${lang}: ${now[mode][lang]}, recorded ${value}`);
    }
  }
  for (const loss of lost) console.error(`ajuda: the search lost ground: ${loss}`);
  if (lost.length) console.error('ajuda: mend it, or record the new values where the loss is wanted: make search-eval RECORD=--record');
  return lost.length ? 1 : 0;
}
