import { test } from '../fixtures.ts';
import { kindsOfPages } from '../kinds.ts';

const WIDTHS = [360, 1280];
const SCHEMES = ['light', 'dark'] as const;

test('pictures of every kind of page', async ({ page, allowed }) => {
  test.setTimeout(300_000);
  allowed.status(404);
  for (const [kind, path] of Object.entries(await kindsOfPages(page, 'pt'))) {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await page.goto(path);
        await page.screenshot({ path: `screenshots/${kind}-${width}-${colorScheme}.png`, fullPage: true, animations: 'disabled' });
      }
    }
  }
});
