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

test('the contents mark the part that is being read', async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without scripts nothing is marked');
  await page.setViewportSize({ width: 1280, height: 700 });
  const { article = '' } = await kindsOfPages(page, 'pt');
  await page.goto(article);
  const links = page.locator('.toc-side a');
  await expect(page.locator('.toc-side [aria-current]')).toHaveCount(0);
  for (const at of [1, 0]) {
    await links.nth(at).click();
    await expect(links.nth(at)).toHaveAttribute('aria-current', 'true');
    await expect(page.locator('.toc-side [aria-current]')).toHaveCount(1);
    await audit(page);
  }
});

test('"was this helpful" is answered in place, with a reason by one press', async ({ page, javaScriptEnabled }) => {
  const { article = '' } = await kindsOfPages(page, 'pt');
  await page.goto(article);
  await page.locator('.feedback').getByRole('button', { name: 'Não' }).click();
  const reason = page.getByRole('button', { name: 'É difícil de entender' });
  await expect(reason).toBeVisible();
  await expect(page.getByText('Agradecemos a sua resposta')).toBeVisible();
  if (javaScriptEnabled) {
    await expect(page).toHaveURL(article);
    await expect(page.getByText('Agradecemos a sua resposta')).toBeFocused();
  }
  await audit(page);
  await reason.click();
  await expect(page.getByText('Agradecemos a sua resposta')).toBeVisible();
  await expect(reason).toHaveCount(0);
  if (javaScriptEnabled) await expect(page).toHaveURL(article);
});
