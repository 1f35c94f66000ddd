// What was measured, and on what.

import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, fsyncSync, openSync, statfsSync, writeSync } from 'node:fs';
import { arch, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { program } from './program.mjs';
import { duration, median } from './text.mjs';
import { removeFolder, workFolder } from './work.mjs';

const FLUSHES = 100;
const FLUSHED_BYTES = 4096;

const FILE_SYSTEMS = { 0xef53: 'ext4', 0x01021994: 'tmpfs', 0x794c7630: 'overlay', 0x9123683e: 'btrfs', 0x58465342: 'xfs', 0x2fc12fc1: 'zfs' };

export function describeMachine() {
  const version = execFileSync(program(), ['--version'], { env: {}, encoding: 'utf8' }).split('\n')[0];
  const processors = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const lines = [
    `${version} on ${processors.length} cores (${processors[0].model.trim()}, ${arch()}), ${memory} of memory, Linux ${release().split('-')[0]}, Node.js ${process.versions.node}`,
    'Server and clients share these cores. Numbers are medians unless named otherwise; MB = 1,000,000 bytes.',
  ];
  return lines.join('\n');
}

/** How long this disk takes for one small flushed write: what one ticket must wait for at least. */
export function describeDisk() {
  const folder = workFolder('disk');
  const file = openSync(join(folder, 'flushed'), 'w');
  const page = Buffer.alloc(FLUSHED_BYTES, 1);
  // Over space that the file has already, as into the database's log: growing costs more.
  writeSync(file, Buffer.alloc(FLUSHED_BYTES * FLUSHES));
  fsyncSync(file);
  const times = Array.from({ length: FLUSHES }, (_, index) => {
    const before = performance.now();
    writeSync(file, page, 0, FLUSHED_BYTES, index * FLUSHED_BYTES);
    fdatasyncSync(file);
    return performance.now() - before;
  });
  closeSync(file);
  const system = FILE_SYSTEMS[statfsSync(folder).type] ?? 'another file system';
  removeFolder(folder);
  const warning = system === 'tmpfs' ? '; that is memory, not a disk: set TMPDIR to a folder on a disk' : '';
  return `the data lies on ${system}, where one flushed write of 4 KiB takes ${duration(median(times))} (${FLUSHES} writes)${warning}`;
}
