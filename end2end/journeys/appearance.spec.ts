import { audit, expect, test } from '../fixtures.ts';
import { kindsOfPages } from '../kinds.ts';

test('the theme is the reader\'s choice, holds on every page, and can be given back to the device', async ({ page, javaScriptEnabled }) => {
  const { article = '' } = await kindsOfPages(page, 'pt');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(article);
  const theme = page.getByRole('group', { name: 'Tema' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  if (!javaScriptEnabled) {
    await expect(theme).toBeHidden();
    return;
  }
  await theme.getByRole('button', { name: 'Escuro' }).click();
  await expect(theme.getByRole('button', { name: 'Escuro' })).toHaveAttribute('aria-pressed', 'true');
  expect(await background()).toBe('rgb(12, 17, 25)');
  await audit(page);
  // What the first thing drawn would look like: the theme is there with the body, before any script file has run.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      Object.assign(globalThis, { themeOfFirstBody: document.documentElement.dataset.theme });
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  for (const path of ['/en', '/pt/requests']) {
    await page.goto(path);
    expect(await page.evaluate(() => (globalThis as { themeOfFirstBody?: string }).themeOfFirstBody), `${path} is dark at once`).toBe('dark');
    expect(await background(), `${path} stays dark`).toBe('rgb(12, 17, 25)');
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/pt');
  await theme.getByRole('button', { name: 'Claro' }).click();
  expect(await background()).toBe('rgb(255, 255, 255)');
  await theme.getByRole('button', { name: 'Automático' }).click();
  expect(await background()).toBe('rgb(12, 17, 25)');
  expect(await page.evaluate(() => localStorage.length), 'nothing is kept of who chose nothing').toBe(0);
});

test('with large text on a small screen the header has two rows at most and breaks no word', async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'the size of the text is set by script');
  await page.setViewportSize({ width: 360, height: 740 });
  const kinds = await kindsOfPages(page, 'pt');
  for (const path of [kinds.home, kinds.article, '/en/contact', '/es/requests'] as string[]) {
    for (const size of ['100%', '150%', '200%']) {
      await page.goto(path);
      await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
      const rem = parseFloat(size) * 0.16;
      const header = (await page.locator('.site-header').boundingBox())!;
      expect(header.height, `${path} at ${size}`).toBeLessThan(2 * 3.75 * rem);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${path} at ${size} scrolls sideways`).toBeLessThanOrEqual(0);
      const name = page.locator('.brand-name');
      const lines = await name.evaluate((element) => {
        const words = (element.textContent ?? '').split(/\s+/).filter(Boolean).length;
        const range = document.createRange();
        range.selectNodeContents(element);
        const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        return { lines: tops.size, words };
      });
      expect(lines.lines, `${path} at ${size}: no word of the brand is broken`).toBeLessThanOrEqual(lines.words);
    }
  }
});

test('search and contact stay in sight while an article is read', async ({ page }) => {
  const { article = '' } = await kindsOfPages(page, 'pt');
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(article);
    await page.locator('.related, .contact-end').first().scrollIntoViewIfNeeded();
    const header = page.locator('.site-header');
    await expect(header.getByRole('combobox').or(header.getByRole('searchbox')).first()).toBeInViewport({ ratio: 1 });
    await expect(header.getByRole('link', { name: 'Fale com a gente' })).toBeInViewport({ ratio: 1 });
    const seen = await header.evaluate((element) => element.getBoundingClientRect().bottom);
    expect(seen, `a slim bar at ${width} px`).toBeLessThan(72);
  }
});

test('no table is cut on a telephone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/pt');
  const tree = await page.request.get('/sitemap.xml');
  const paths = [...(await tree.text()).matchAll(/<loc>https?:\/\/[^/]+(\/pt\/[^<]+\/[^<]+\/[^<]+)<\/loc>/g)].map((found) => found[1] ?? '');
  let tables = 0;
  for (const path of paths) {
    await page.goto(path);
    for (const box of await page.locator('.table-scroll').all()) {
      tables += 1;
      expect(await box.evaluate((element) => element.scrollWidth - element.clientWidth), `a table of ${path}`).toBeLessThanOrEqual(0);
    }
  }
  expect(tables, 'the sample has tables').toBeGreaterThan(0);
});
