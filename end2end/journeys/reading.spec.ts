import { audit, expect, test } from '../fixtures.ts';
import { kindsOfPages } from '../kinds.ts';

test('a heading has a link to its place, which is copied where scripts run', async ({ page, context, javaScriptEnabled, server }) => {
  const { article = '' } = await kindsOfPages(page, 'pt');
  if (javaScriptEnabled) await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  await page.goto(article);
  const link = page.locator('.prose .anchor').first();
  const place = new URL((await link.getAttribute('href')) ?? '', server.url + article).href;
  await link.focus();
  await expect(link).toHaveAccessibleName(/^Link para este trecho: ./);
  await link.press('Enter');
  await expect(page).toHaveURL(place);
  if (!javaScriptEnabled) return;
  await expect(page.getByRole('status').filter({ hasText: 'Link copiado' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(place);
});

test('on a phone the contents unfold and lead to their headings', async ({ page }) => {
  const { article = '' } = await kindsOfPages(page, 'pt');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(article);
  const folded = page.locator('details.toc-fold');
  await expect(folded.getByRole('link').first()).toBeHidden();
  await folded.locator('summary').click();
  const last = folded.getByRole('link').last();
  const place = (await last.getAttribute('href')) ?? '';
  await last.click();
  await expect(page.locator(place)).toBeInViewport();
  await audit(page);
});

test('on paper nothing is folded, nothing is to be pressed, and links say where they lead', async ({ page }) => {
  for (const path of ['/pt/comprador/conta/como-funciona-o-suporte', (await kindsOfPages(page, 'pt')).article ?? '']) {
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('main').getByRole('button')).toHaveCount(0);
    for (const gone of ['.anchor', '.neighbours', '.toc-fold', '.site-nav']) await expect(page.locator(gone).first()).toBeHidden();
    await expect(page.locator('.printed-from')).toHaveText(new URL(page.url()).href);
    const folded = page.locator('.prose details > :not(summary)');
    for (let at = 0; at < (await folded.count()); at += 1) await expect(folded.nth(at)).toBeVisible();
    await page.emulateMedia({ media: null });
  }
});
