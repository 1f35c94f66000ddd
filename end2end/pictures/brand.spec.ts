import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '../fixtures.ts';
import { startServer } from '../server.ts';
import { shoot } from './shoot.ts';

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 32"><rect width="150" height="32" rx="6" fill="#0b7a4b"/></svg>';

test('pictures of another brand', async ({ page, allowed }) => {
  const folder = mkdtempSync(join(tmpdir(), 'ajuda-logo-'));
  writeFileSync(join(folder, 'logo.svg'), LOGO);
  const env = { AJUDA_BRAND_LOGO: join(folder, 'logo.svg'), AJUDA_BRAND_NAME: 'Acme', AJUDA_BRAND_ACCENT: '#0b7a4b', AJUDA_BRAND_ACCENT_DARK: '#7ee0b0' };
  const server = await startServer({ env });
  allowed.message(/^request to another host/);
  try {
    await page.goto(`${server.url}/pt`);
    await shoot(page, 'brand-home');
    await page.goto(`${server.url}/pt/contact`);
    await shoot(page, 'brand-contact');
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
