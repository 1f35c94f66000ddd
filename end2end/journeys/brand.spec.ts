import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { startServer } from '../server.ts';

// A wide word mark, with a script in it that must never run.
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 32"><style>rect{fill:#0b7a4b}</style>
<rect width="150" height="32" rx="6"/><script>document.documentElement.setAttribute("data-ran", "yes")</script></svg>`;

test('a logo of one\'s own is shown in every header, fits a narrow screen, and is only a picture', async ({ page, allowed }) => {
  const folder = mkdtempSync(join(tmpdir(), 'ajuda-logo-'));
  writeFileSync(join(folder, 'logo.svg'), LOGO);
  const env = { AJUDA_BRAND_LOGO: join(folder, 'logo.svg'), AJUDA_BRAND_NAME: 'Acme', AJUDA_BRAND_ACCENT: '#0b7a4b' };
  const server = await startServer({ env });
  allowed.status(404).message(/^request to another host: http:\/\/127\.0\.0\.1:/);
  try {
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const path of ['/pt', '/es/contact', '/en/nothing-here']) {
        await page.goto(server.url + path);
        const logo = page.locator('.brand img');
        await expect(logo).toBeVisible();
        expect(await logo.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0), `${path} draws it`).toBe(true);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `${path} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
        const name = await page.locator('.brand-name').boundingBox();
        expect(name!.height, `the name stays readable at ${width} px`).toBeLessThan(64);
      }
    }
    // Opened by its own address it is a document, in which nothing runs.
    allowed.message(/content security policy|sandboxed|Content Security Policy/i);
    await page.goto(server.url + new URL((await page.locator('.brand img').getAttribute('src')) ?? '', server.url).pathname);
    expect(await page.evaluate(() => document.documentElement.getAttribute('data-ran'))).toBeNull();
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
