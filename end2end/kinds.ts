import type { Page } from '@playwright/test';

/** One address for every kind of public page, found by following the links of the home page, so that the sample content may change. */
export async function kindsOfPages(page: Page, lang: string): Promise<Record<string, string>> {
  const kinds: Record<string, string> = { home: `/${lang}` };
  const reserved = new Set(['search', 'contact', 'requests', 'feed.xml']);
  let from = `/${lang}`;
  for (const [depth, kind] of [[2, 'section'], [3, 'topic'], [4, 'article']] as const) {
    await page.goto(from);
    const hrefs = await page.locator('main a[href]').evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
    const next = hrefs.find((path) => {
      const parts = path.split('/').filter(Boolean);
      return parts.length === depth && parts[0] === lang && !reserved.has(parts[1] ?? '') && (depth === 2 || path.startsWith(`${from}/`));
    });
    if (next === undefined) break;
    kinds[kind] = from = next;
  }
  if (kinds.article !== undefined) {
    // A flow can be walked one step at a time.
    await page.goto(kinds.article);
    const step = page.locator('main a[href*="step="]').first();
    if ((await step.count()) > 0) kinds.step = (await step.getAttribute('href')) ?? '';
  }
  return {
    ...kinds,
    search: `/${lang}/search?q=reembolso`,
    'search-empty': `/${lang}/search?q=xyzzyqwerty`,
    contact: `/${lang}/contact`,
    requests: `/${lang}/requests`,
    'not-found': `/${lang}/nothing-here`,
  };
}
