import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';
import type { PerWorker } from './fixtures.ts';

const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

// `scripts/with-postgres` names a server here.
const postgres = process.env.AJUDA_TEST_POSTGRES;

export default defineConfig<object, PerWorker>({
  testDir: 'journeys',
  globalSetup: './setup.ts',
  // Two cores: more browsers at once only make each of them late.
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [['list']] : [['list'], ['html', { open: 'never' }]],
  use: {
    browserName: 'chromium',
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        // Chromium's sandbox refuses to work for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
      ],
    },
  },
  // The same journeys twice: everything a reader needs works without a script.
  projects: [
    { name: 'js', use: { javaScriptEnabled: true } },
    { name: 'nojs', use: { javaScriptEnabled: false } },
    // One journey with the tickets in PostgreSQL.
    ...(postgres ? [{ name: 'postgres', grep: /@postgres/, use: { javaScriptEnabled: true, database: postgres } }] : []),
  ],
});
