import { test } from '../fixtures.ts';
import { kindsOfPages } from '../kinds.ts';

// The three pictures of the README: what fits on a screen, so that each stays small.
test('pictures of the README', async ({ page }) => {
  const paths = await kindsOfPages(page, 'en');
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const [name, path] of [['home', '/en'], ['article', paths['article']], ['search', '/en/search?q=refund']] as const) {
    await page.goto(path ?? '/en');
    await page.screenshot({ path: `../docs/pictures/${name}.png`, animations: 'disabled' });
  }
});
