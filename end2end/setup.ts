import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from './server.ts';

// The model reads at the lowest priority: a machine that builds beside it lets it wait.
const READ_MS = 900_000;

/** Lets the search's model read the sample once; every server of the tests begins with what it read. */
export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'ajuda-end2end-read-'));
  const server = await startServer();
  try {
    const until = Date.now() + READ_MS;
    while (!/^ajuda_search_passages_pending 0$/m.test(await (await fetch(`${server.url}/metrics`)).text())) {
      if (Date.now() > until) throw new Error(`the model did not come to an end with the sample\n${server.log()}`);
      await pause(500);
    }
    const [kept, read] = [join(server.data, 'vectors.cache'), join(folder, 'vectors.cache')];
    // Where no model is beside the program, nothing was read, and the search goes by words alone.
    if (existsSync(kept)) {
      copyFileSync(kept, read);
      process.env.AJUDA_END2END_READ = read;
    }
  } finally {
    await server.stop();
  }
  return () => rmSync(folder, { recursive: true, force: true });
}
