import { defineConfig } from '@playwright/test';
import type { PerWorker } from './browsers/fixtures.ts';

// `make test-browsers`: one journey in the engines beside Chromium. Not for CI; before a landing of pages.
export default defineConfig<object, PerWorker>({
  testDir: 'browsers',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['./browsers/steps.ts'], ['list']],
  projects: (['firefox', 'webkit'] as const).flatMap((engine) => [
    { name: engine, use: { engine } },
    { name: `${engine} without JavaScript`, use: { engine, javaScriptEnabled: false } },
  ]),
});
