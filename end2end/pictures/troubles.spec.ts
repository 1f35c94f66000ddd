import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { startServer } from '../server.ts';
import { shoot } from './shoot.ts';

// A help center where an article is gone, another is there in Portuguese only, and the database is away.
test('pictures of what goes wrong', async ({ page, allowed }) => {
  test.setTimeout(300_000);
  allowed.status(404, 405, 410, 413, 422, 503).message(/./);
  const articles = mkdtempSync(join(tmpdir(), 'ajuda-pictures-'));
  cpSync(resolve(import.meta.dirname, '../../articles'), articles, { recursive: true });
  rmSync(join(articles, 'affiliate/programmes/ask-to-join'), { recursive: true });
  for (const lang of ['es', 'en']) rmSync(join(articles, `buyer/payments/unknown-charge/${lang}.md`));
  const server = await startServer({ articles, ready: '/healthz', env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' } });
  try {
    const borrowed = (lang: string) => page.locator(`.menu-list a[hreflang^=${lang}]`).getAttribute('href');
    await page.goto(`${server.url}/pt/comprador/pagamentos/cobranca-desconhecida`);
    for (const [lang, path] of [['es', await borrowed('es')], ['en', await borrowed('en')]] as const) {
      await page.goto(server.url + path);
      await shoot(page, `${lang}-borrowed`);
    }
    for (const [lang, path] of [['pt', 'afiliado/afiliacoes/pedir-afiliacao'], ['en', 'affiliate/affiliations/ask-to-join-a-programme']] as const) {
      expect((await page.goto(`${server.url}/${lang}/${path}`))?.status()).toBe(410);
      await shoot(page, `${lang}-gone`);
    }
    expect((await page.goto(`${server.url}/pt/requests/K7M-4QX-92P?key=x`))?.status()).toBeGreaterThanOrEqual(404);
    await shoot(page, 'pt-ticket-unavailable');
    await page.goto(`${server.url}/pt/contact`);
    await page.locator('[name=for][value=buyer]').check();
    await page.locator('[name=reason][value=other]:visible').check();
    await page.locator('#subject').fill('Não recebi o curso');
    await page.locator('#name').fill('Joana Prado');
    await page.locator('#email').fill('joana@example.com');
    await page.locator('#message').fill('Paguei ontem e o acesso ainda não chegou.');
    // As long as a person needs at least; sooner, the message would be shown once more first.
    await page.waitForTimeout(3000);
    await page.locator('form.form button[type=submit]').last().click();
    await expect(page.locator('#message')).toHaveValue(/Paguei ontem/);
    await shoot(page, 'pt-contact-closed');
  } finally {
    await server.stop();
    rmSync(articles, { recursive: true, force: true });
  }
});
