import { test } from '../fixtures.ts';
import { kindsOfPages } from '../kinds.ts';
import { shoot } from './shoot.ts';

for (const lang of ['pt', 'es', 'en']) {
  test(`pictures of every kind of page in ${lang}`, async ({ page, allowed }) => {
    test.setTimeout(300_000);
    allowed.status(404);
    for (const [kind, path] of Object.entries(await kindsOfPages(page, lang))) {
      await page.goto(path);
      await shoot(page, `${lang}-${kind}`, { print: kind === 'article' });
    }
    await page.goto(`/${lang}/search?q=${lang === 'en' ? 'refnud' : 'reembolsso'}`);
    await shoot(page, `${lang}-search-typo`);
    await page.goto(`/${lang}/search?q=`);
    await shoot(page, `${lang}-search-nothing-asked`);
  });
}
