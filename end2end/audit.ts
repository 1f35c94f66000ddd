import { expect, test, type Page } from '@playwright/test';
import axe from 'axe-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails on any finding of axe. It is handed to the page from outside, so that the page's content security policy stays as it is. */
export async function audit(page: Page): Promise<void> {
  const findings = test.info().project.use.javaScriptEnabled === false ? await auditCopy(page) : await run(page);
  expect(findings, `axe on ${page.url()}`).toEqual([]);
}

async function run(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate(
    (rules) => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: { type: 'tag', values: rules } }),
    RULES,
  );
  return results.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target.join(' ')} ${node.failureSummary?.replaceAll(/\s+/g, ' ')}`),
  );
}

/** axe cannot run where scripts are off: it looks at the same HTML, at the same address, in a page where only axe may run. */
async function auditCopy(page: Page): Promise<string[]> {
  const [url, html] = [page.url(), await page.content()];
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const context = await page.context().browser()!.newContext({ javaScriptEnabled: true, viewport: page.viewportSize(), colorScheme: dark ? 'dark' : 'light', locale: 'pt-BR' });
  try {
    const copy = await context.newPage();
    await copy.route('**/*', async (route) => {
      if (route.request().isNavigationRequest()) await route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' });
      else if (route.request().resourceType() === 'script') await route.abort();
      else await route.continue();
    });
    await copy.goto(url);
    return await run(copy);
  } finally {
    await context.close();
  }
}
