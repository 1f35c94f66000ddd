import { audit, expect, test } from '../fixtures.ts';
import { kindsOfPages } from '../kinds.ts';

// Scripts change nothing about these pages before they are used: once is enough.
test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'the same pages as with scripts');

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 1280]) {
    test(`every kind of page is accessible: ${colorScheme}, ${width} px`, async ({ page, allowed }) => {
      test.setTimeout(90_000);
      allowed.status(404);
      const kinds = await kindsOfPages(page, 'pt');
      expect(Object.keys(kinds)).toContain('article');
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      for (const [kind, path] of Object.entries(kinds)) {
        await page.goto(path);
        await test.step(kind, () => audit(page));
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow, `${kind} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
      }
    });
  }
}
