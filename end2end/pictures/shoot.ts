import type { Page } from '@playwright/test';

/** Pictures of what the page shows now, narrow and wide, light and dark, and as it would be printed. */
export async function shoot(page: Page, name: string, { print = false } = {}): Promise<void> {
  const take = (file: string) => page.screenshot({ path: `screenshots/${name}-${file}.png`, fullPage: true, animations: 'disabled' });
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await take(`${width}-${colorScheme}`);
    }
  }
  if (print) {
    // A4 at 96 pixels to the inch, without its margins.
    await page.setViewportSize({ width: 690, height: 1000 });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await take('print');
  }
  await page.emulateMedia({ media: null, colorScheme: 'light' });
}
