// Judged questions on disk, and the articles that they are asked of.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workFolder } from '../work.mjs';

const lines = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean);
const json = (path) => lines(path).map((line) => JSON.parse(line));

/** The sets of a folder: each is a folder with corpus.jsonl, queries.jsonl and qrels.tsv, perhaps answers.tsv. */
export function readSets(folder) {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'queries.jsonl')));
  return names.sort().map((name) => readSet(join(folder, name), name));
}

function readSet(folder, name) {
  const corpus = join(folder, 'corpus.jsonl');
  const relevant = new Map();
  for (const line of lines(join(folder, 'qrels.tsv'))) {
    const [question, document, grade] = line.split('\t');
    if (!relevant.has(question)) relevant.set(question, new Map());
    relevant.get(question).set(document, Number(grade));
  }
  const answers = join(folder, 'answers.tsv');
  return {
    name,
    documents: json(corpus),
    // Sets of one corpus share their articles, and what the model read of them.
    corpus: createHash('sha256').update(readFileSync(corpus)).digest('hex').slice(0, 16),
    questions: json(join(folder, 'queries.jsonl')).filter((question) => relevant.has(question.id)),
    relevant,
    answers: existsSync(answers) ? new Map(lines(answers).map((line) => line.split('\t'))) : new Map(),
  };
}

const GROUPS = { pt: ['Comprador', 'Geral'], es: ['Comprador', 'General'], en: ['Buyer', 'General'] };

/** Writes a set's documents as articles; returns the folder and which document each article is. */
export function writeArticles(set) {
  const folder = workFolder('eval');
  const lang = set.documents[0].lang;
  const topic = join(folder, 'buyer', 'general');
  mkdirSync(topic, { recursive: true });
  const [section, general] = GROUPS[lang];
  writeFileSync(join(folder, 'buyer', 'section.toml'), `order = 1\n[${lang}]\ntitle = "${section}"\n`);
  writeFileSync(join(topic, 'topic.toml'), `order = 1\n[${lang}]\ntitle = "${general}"\n`);
  const documentOf = new Map();
  set.documents.forEach((document, index) => {
    const name = `a${String(index).padStart(5, '0')}`;
    mkdirSync(join(topic, name));
    const title = oneLine(document.title ?? '') || name;
    writeFileSync(join(topic, name, `${lang}.md`), `---\ntitle: ${JSON.stringify(title)}\nslug: ${name}\n---\n\n${asMarkdown(document.text)}\n`);
    documentOf.set(`buyer/general/${name}`, document.id);
  });
  return { folder, documentOf };
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

/** Text that Markdown shows as it is, each line a paragraph. */
const asMarkdown = (text) =>
  text
    .replace(/[\\`*_{}[\]<>#|~$]/g, '\\$&')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => line.replace(/^(\s*)([-+=])/, '$1\\$2').replace(/^(\s*)(\d+)([.)])/, '$1$2\\$3'))
    .join('\n\n');
