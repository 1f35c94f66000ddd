// What the environment may change, each with the value that `make bench` uses.

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

function refuse(why) {
  console.error(`ajuda: ${why}`);
  process.exit(2);
}

function whole(name, shipped) {
  const value = Number(process.env[name] ?? shipped);
  if (!Number.isInteger(value) || value < 1) refuse(`${name} must be a whole number from 1 up`);
  return value;
}

/** The program that is measured. */
export const PROGRAM = resolve(process.env.AJUDA_BIN ?? `${root}/target/release/ajuda`);
if (!existsSync(PROGRAM)) refuse('the program is not built: run "make bench", or name it in AJUDA_BIN');

const beside = join(dirname(PROGRAM), 'ajuda-e5-small.safetensors');
/** The search's model: named in AJUDA_MODEL, else what lies beside the program, else none. */
export const MODEL = process.env.AJUDA_MODEL ? resolve(process.env.AJUDA_MODEL) : existsSync(beside) ? beside : 'none';

/** The articles that come with the program. */
export const SAMPLE = `${root}/articles`;

/** Articles of the generated help centre. */
export const SIZE = whole('AJUDA_BENCH_ARTICLES', 10_000);
/** Starts of each kind. */
export const STARTS = whole('AJUDA_BENCH_STARTS', 5);
/** Length of each round under load. */
export const SECONDS = whole('AJUDA_BENCH_SECONDS', 5);
/** Rounds of each load; their median is printed. */
export const ROUNDS = whole('AJUDA_BENCH_ROUNDS', 3);
/** Articles of the generated help centre that is searched by meaning too; the model reads one in a second or two. */
export const SIZE_BY_MEANING = whole('AJUDA_BENCH_MEANING_ARTICLES', 250);
/** A folder that keeps what the model read for the next run; without, it is read anew. */
export const KEPT = process.env.AJUDA_BENCH_KEPT ? resolve(process.env.AJUDA_BENCH_KEPT) : undefined;
/** Questions asked by meaning. */
export const QUESTIONS_BY_MEANING = whole('AJUDA_BENCH_QUESTIONS_BY_MEANING', 500);
/** Questions asked one after another. */
export const QUESTIONS = whole('AJUDA_BENCH_QUESTIONS', 2_000);
