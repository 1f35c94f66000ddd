import type { Page } from '@playwright/test';
import { elsewhere, hire, logIn, look, MANY_TICKETS } from '../desk.ts';
import { expect, test } from '../fixtures.ts';
import { send } from '../send.ts';

test.use({ settings: MANY_TICKETS });

const ARTICLE = 'Como pedir o reembolso de uma compra';

/** Somebody searches, reads what was found, and opens the form under it. */
async function searchAndRead(page: Page) {
  await page.goto('/pt');
  const field = page.locator('input[name=q]');
  await field.fill('quero meu dinheiro de volta');
  await field.press('Enter');
  await expect(page).toHaveURL(/\/pt\/search\?q=/);
  await page.locator('main').getByRole('link', { name: ARTICLE }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ARTICLE);
  await page.locator('details.contact > summary').click();
}

async function write(page: Page, subject: string): Promise<string> {
  await page.getByLabel('Assunto', { exact: true }).fill(subject);
  await page.getByLabel('Seu nome').fill('Joana Prado');
  await page.getByLabel('Seu e-mail').fill('joana@example.com');
  await page.getByLabel('Não tenho o código').check();
  await page.getByRole('textbox', { name: 'Mensagem' }).fill(`${subject}: paguei ontem e o acesso ainda não chegou.`);
  await send(page, 'Enviar mensagem');
  return (await page.locator('.reference-code').textContent())!.trim();
}

test('what was searched and read goes along only where its author ticks the box', async ({ page, server, browser, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'a script keeps what was searched and read');
  test.slow();
  const ana = await elsewhere(browser, server);
  await logIn(ana.page, hire(server, 'Ana Lima'));
  const steps = ana.page.getByRole('region', { name: 'Pesquisou e leu antes de escrever' });
  const box = page.locator('.visits');

  await searchAndRead(page);
  await expect(box).toBeVisible();
  await expect(box.getByRole('checkbox', { name: 'Enviar também o que pesquisei e li aqui' })).not.toBeChecked();
  await expect(box.locator('li').first()).toBeHidden();
  await box.getByText('Ver o que será enviado').click();
  await expect(box.locator('li')).toHaveText(['Busca: quero meu dinheiro de volta', `Artigo: ${ARTICLE}`]);
  await look(page);
  const without = await write(page, 'Sem o caminho');
  await ana.page.goto(`/desk/tickets/${without}`);
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Sem o caminho');
  await expect(steps).toHaveCount(0);

  await searchAndRead(page);
  await box.getByRole('checkbox').check();
  const along = await write(page, 'Com o caminho');
  await ana.page.goto(`/desk/tickets/${along}`);
  await expect(steps.getByRole('listitem')).toHaveText(['Busca: quero meu dinheiro de volta', `Artigo: ${ARTICLE}`]);
  await expect(steps.getByRole('link', { name: ARTICLE })).toHaveAttribute('href', /\/pt\/comprador\//);
  await look(ana.page);
  await ana.context.close();
});

test('without a script there is no box, and nothing to send', async ({ page, server, javaScriptEnabled }) => {
  test.skip(!!javaScriptEnabled, 'of pages without a script');
  await searchAndRead(page);
  await expect(page.getByLabel('Assunto', { exact: true })).toBeVisible();
  await expect(page.locator('.visits')).toBeHidden();
  const reference = await write(page, 'Sem script');
  await logIn(page, hire(server, 'Ana Lima'));
  await page.goto(`/desk/tickets/${reference}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sem script');
  await expect(page.getByText('Pesquisou e leu antes de escrever')).toHaveCount(0);
});
