// A generated help centre of any size, and questions to it. The same on every machine and in every run.

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE } from './settings.mjs';
import { FIRST_TOPIC_WORD, pick, random, word } from './words.mjs';
import { workFolder } from './work.mjs';

const SECTIONS = [['buyer', 'Comprador'], ['creator', 'Criador'], ['affiliate', 'Afiliado']];
const ARTICLES_PER_TOPIC = 40;
const PARTS = 5;
const WORDS_PER_PART = 60;
// An article comes back to what it is about.
const OWN_WORDS = 6;
const OWN_SHARE = 0.15;

/** Writes the help centre into a temporary folder: `size` articles of about 300 words in Portuguese. */
export function writeCorpus(size) {
  const folder = workFolder('articles');
  copyFileSync(join(SAMPLE, 'contact.toml'), join(folder, 'contact.toml'));
  const topics = Math.max(SECTIONS.length, Math.ceil(size / ARTICLES_PER_TOPIC));
  SECTIONS.forEach(([section, title], index) => writeGroup(join(folder, section), 'section.toml', index + 1, title));
  for (let topic = 0; topic < topics; topic += 1) {
    const title = `${sentenceCase(word(random(topic + 1), FIRST_TOPIC_WORD))} ${topic + 1}`;
    writeGroup(topicFolder(folder, topic), 'topic.toml', topic + 1, title, `tema-${topic + 1}`);
  }
  for (let number = 0; number < size; number += 1) {
    const article = join(topicFolder(folder, number % topics), `a${number}`);
    mkdirSync(article);
    writeFileSync(join(article, 'pt.md'), text(number));
  }
  return folder;
}

const topicFolder = (folder, topic) => join(folder, SECTIONS[topic % SECTIONS.length][0], `t${topic + 1}`);

function writeGroup(folder, file, order, title, slug = title.toLowerCase()) {
  mkdirSync(folder, { recursive: true });
  const icon = file === 'section.toml' ? 'icon = "bag"\n' : '';
  writeFileSync(join(folder, file), `order = ${order}\n${icon}\n[pt]\ntitle = "${title}"\nslug = "${slug}"\ndescription = "Tudo sobre ${title}."\n`);
}

function text(number) {
  const next = random(1_000_000 + number);
  const own = ownWords(number);
  const title = `Como ${own.slice(0, 3).join(' ')} ${word(next)} ${word(next, FIRST_TOPIC_WORD)}`;
  const parts = Array.from({ length: PARTS }, () => {
    const heading = sentenceCase(`${word(next, FIRST_TOPIC_WORD)} ${word(next)} ${pick(next, own)}`);
    return `## ${heading}\n\n${paragraph(next, own, WORDS_PER_PART - 15)}\n\n- ${paragraph(next, own, 8)}\n- ${paragraph(next, own, 7)}\n`;
  });
  return `---\ntitle: ${title}\nsummary: ${paragraph(next, own, 12)}\nslug: artigo-${number}\n---\n${parts.join('\n')}`;
}

function ownWords(number) {
  const next = random(2_000_000 + number);
  return Array.from({ length: OWN_WORDS }, () => word(next, FIRST_TOPIC_WORD));
}

function paragraph(next, own, words) {
  const sentences = [];
  for (let left = words; left > 0; ) {
    const length = Math.min(left, 7 + Math.floor(next() * 9));
    const said = Array.from({ length }, () => (next() < OWN_SHARE ? pick(next, own) : word(next)));
    sentences.push(`${sentenceCase(said.join(' '))}.`);
    left -= length;
  }
  return sentences.join(' ');
}

const sentenceCase = (said) => said[0].toUpperCase() + said.slice(1);

// ---- questions

const TYPO_SHARE = 0.2;
const PLAIN_SHARE = 0.5;
const ABOUT_ARTICLE_SHARE = 0.6;
const TYPO_MIN_CHARS = 5;

/** Endless questions of 2 to 6 words about articles of the help centre: some with a typo, half without accents, as people type. */
export function* questions(seed, size) {
  const next = random(3_000_000 + seed);
  for (;;) {
    const own = ownWords(Math.floor(next() * size));
    const wanted = 2 + Math.floor(next() * 5);
    // A set: nobody asks with the same word twice.
    const chosen = new Set();
    while (chosen.size < wanted) chosen.add(next() < ABOUT_ARTICLE_SHARE ? pick(next, own) : word(next));
    const words = [...chosen];
    if (next() < TYPO_SHARE) {
      const at = Math.floor(next() * words.length);
      words[at] = withTypo(next, words[at]);
    }
    const question = words.join(' ');
    yield next() < PLAIN_SHARE ? question.normalize('NFD').replace(/\p{M}/gu, '') : question;
  }
}

/** One letter left out, doubled, exchanged with the next one, or another. */
function withTypo(next, right) {
  if (right.length < TYPO_MIN_CHARS) return right;
  const at = 1 + Math.floor(next() * (right.length - 2));
  const [before, letter, after] = [right.slice(0, at), right[at], right.slice(at + 1)];
  return pick(next, [before + after, before + letter + letter + after, before + after[0] + letter + after.slice(1), `${before}${pick(next, [...'aeiorst'])}${after}`]);
}
