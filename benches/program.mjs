// The program that is measured.

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM } from './settings.mjs';
import { workFolder } from './work.mjs';

let copy;

/** A copy of the built one, so that a build meanwhile can't change what is measured. */
export function program() {
  if (copy === undefined) {
    copy = join(workFolder('program'), 'ajuda');
    copyFileSync(PROGRAM, copy);
  }
  return copy;
}
