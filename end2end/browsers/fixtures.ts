import { writeFileSync } from 'node:fs';
import { expect, test as base } from '@playwright/test';
import { startServer } from '../server.ts';
import { startFirefox } from './firefox.ts';
import { reporting } from './reports.ts';
import { Tab } from './tab.ts';
import { startWebKit } from './webkit.ts';

export { expect };

const ENGINES = { firefox: startFirefox, webkit: startWebKit };

export type PerWorker = { engine: keyof typeof ENGINES };

/** `tab` fails its test on what the content security policy refused and on errors of scripts. Playwright's own browsers are never started. */
export const test = base.extend<{ tab: Tab }, PerWorker & { url: string }>({
  engine: ['firefox', { option: true, scope: 'worker' }],

  url: [
    async ({}, use) => {
      // Words alone find what the journey looks for.
      const server = await startServer({ env: { AJUDA_MODEL: 'none' } });
      await use(server.url);
      await server.stop();
    },
    { scope: 'worker' },
  ],

  tab: async ({ engine, javaScriptEnabled, url }, use, testInfo) => {
    const browser = await ENGINES[engine](javaScriptEnabled ?? true);
    const front = await reporting(url);
    try {
      const tab = new Tab(browser, front.url);
      await tab.resize(1280, 900);
      await use(tab);
      if (testInfo.status !== testInfo.expectedStatus) writeFileSync(testInfo.outputPath('screen.png'), await tab.screenshot());
      expect([...front.reports, ...(await browser.errors())], 'what the browser complained about').toEqual([]);
    } finally {
      await browser.stop();
      front.stop();
    }
  },
});
