import type { Page } from '@playwright/test';
import { audit, expect, test } from '../fixtures.ts';
import { send, sendNow } from '../send.ts';

const ARTICLE = '/pt/comprador/reembolsos/como-pedir-reembolso';

async function fill(page: Page, subject: string) {
  await page.getByLabel('Assunto', { exact: true }).fill(subject);
  await page.getByLabel('Seu nome').fill('Joana Prado');
  await page.getByLabel('Seu e-mail').fill('joana@example.com');
  await page.getByRole('textbox', { name: 'Mensagem' }).fill('Paguei ontem e o acesso ainda não chegou.\n\nO que eu faço?');
}

test('from an article to a ticket, with a mistake on the way, and back to its page', { tag: '@postgres' }, async ({ page, allowed }) => {
  allowed.status(422);
  await page.goto(ARTICLE);
  await page.locator('details.contact > summary').click();
  await expect(page.getByLabel('Com o que você precisa de ajuda?')).toHaveValue('refund');
  await fill(page, 'Quero meu reembolso');
  await page.getByLabel('Seu e-mail').fill('joana@');
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();

  await expect(page.getByRole('alert').getByRole('heading')).toHaveText(/confira 2 campos/);
  // The article is long: what is wrong is shown without looking for it.
  await expect(page.locator('#errors')).toBeFocused();
  await expect(page.locator('#errors')).toBeInViewport();
  await expect(page.getByLabel('Seu e-mail')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('textbox', { name: 'Mensagem' })).toHaveValue(/O que eu faço\?$/);
  await audit(page);
  await page.getByLabel('Seu e-mail').fill('joana@example.com');
  await page.getByLabel('Não tenho o código').check();
  await send(page, 'Enviar mensagem');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recebemos sua mensagem');
  const reference = (await page.locator('.reference-code').textContent()) ?? '';
  expect(reference).toMatch(/^[2-9CDFGHJKMNPQRTVWX]{3}(-[2-9CDFGHJKMNPQRTVWX]{3}){2}$/);
  // No email is configured here, so no page may promise one.
  await expect(page.locator('main')).not.toContainText('Enviamos uma cópia');
  await audit(page);

  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quero meu reembolso');
  await expect(page.locator('.message-text')).toContainText('O que eu faço?');
  await expect(page.locator('.badge')).toHaveText('Recebido');
  await audit(page);
  await page.locator('.site-header').getByRole('link', { name: 'Meus chamados' }).click();
  await expect(page.getByRole('link', { name: 'Quero meu reembolso' })).toBeVisible();
});

test('the link of a ticket opens it on another device, and its secret leaves the address', { tag: '@postgres' }, async ({ page, browser, server }) => {
  await page.goto('/pt/contact');
  await page.getByRole('radio', { name: 'Outro assunto' }).check();
  await fill(page, 'Abrir em outro aparelho');
  await send(page, 'Enviar mensagem');
  const link = await page.locator('.private-link a').textContent();
  const path = new URL(link ?? '').pathname;
  const other = await browser.newContext();
  try {
    const stranger = await other.newPage();
    expect((await stranger.goto(server.url + path))?.status()).toBe(404);
    await stranger.goto(server.url + path + new URL(link ?? '').search);
    expect(stranger.url()).toBe(server.url + path);
    await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Abrir em outro aparelho');
  } finally {
    await other.close();
  }
});

test('the code is asked for only where the reason wants it', async ({ page }) => {
  await page.goto('/pt/contact');
  await page.getByRole('radio', { name: /^Reembolso ou cancelamento/ }).check();
  await expect(page.getByRole('textbox', { name: 'Código da transação' })).toBeVisible();
  await page.getByRole('radio', { name: /^Minha conta/ }).check();
  await expect(page.getByRole('textbox', { name: 'Código da transação' })).toBeHidden();
});

test('a link to #contact opens the form', async ({ page }) => {
  await page.goto(`${ARTICLE}#contact`);
  await expect(page.getByRole('textbox', { name: 'Mensagem' })).toBeVisible();
});

for (const [lang, button, title] of [['es', 'Enviar mensaje', 'Recibimos tu mensaje'], ['en', 'Send message', 'We got your message']] as const) {
  test(`a message can be sent in ${lang}`, async ({ page }) => {
    await page.goto(`/${lang}/contact`);
    await page.locator('input[name=reason][value=other]').check();
    await page.locator('#subject').fill('Test request');
    await page.locator('#name').fill('Alex');
    await page.locator('#email').fill('alex@example.com');
    await page.locator('#message').fill('A message that is long enough.');
    await send(page, button);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  });
}

test('a message that is suspicious only because nothing told its time is shown once more, and sent', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled, 'with scripts, the page tells its time');
  await page.goto(ARTICLE);
  await page.locator('details.contact > summary').click();
  await fill(page, 'Parceria');
  await page.getByRole('textbox', { name: 'Mensagem' }).fill('Olá, temos um blog de jardinagem e queremos propor uma parceria com vocês.');
  await page.getByLabel('Não tenho o código').check();
  await page.locator('input[type=file]').setInputFiles({ name: 'blog.txt', mimeType: 'text/plain', buffer: Buffer.from('jardim') });
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Falta só confirmar');
  await expect(page.locator('main')).toContainText('queremos propor uma parceria');
  await expect(page.locator('main')).toContainText('blog.txt');
  await audit(page);
  await page.getByRole('button', { name: 'Editar' }).click();
  await expect(page.getByRole('textbox', { name: 'Mensagem' })).toHaveValue(/propor uma parceria/);
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  await sendNow(page);
  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  await expect(page.locator('.message-files')).toContainText('blog.txt');
});
