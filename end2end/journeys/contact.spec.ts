import type { Page } from '@playwright/test';
import { audit, expect, test } from '../fixtures.ts';
import { choose, send, sendNow } from '../send.ts';

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

  await expect(page).toHaveTitle(/^Erro: Como pedir/);
  await expect(page.getByRole('group', { name: 'Falta pouco: confira 2 campos' })).toBeFocused();
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
  await expect(page.locator('.badge')).toHaveText('Status: Recebido');
  await audit(page);
  await page.locator('.site-header').getByRole('link', { name: 'Meus chamados' }).click();
  await expect(page.getByRole('link', { name: 'Quero meu reembolso' })).toBeVisible();
});

test('the link of a ticket opens it on another device, and its secret leaves the address', { tag: '@postgres' }, async ({ page, browser, server }) => {
  await page.goto('/pt/contact');
  await choose(page, 'Outro assunto');
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

test('whom it is about comes first, then a short list, and the code where the reason wants it', async ({ page, javaScriptEnabled }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/pt/contact');
  const reasons = page.locator('[name=reason]:visible');
  await expect(page.getByRole('radio')).toHaveCount(3);
  const code = page.getByRole('textbox', { name: 'Código da transação' });
  await choose(page, /^Reembolso ou cancelamento/, 'Comprei um produto');
  await expect(reasons).toHaveCount(7);
  await expect(code).toBeVisible();
  if (javaScriptEnabled) {
    await expect(code).toHaveAttribute('aria-required', 'true');
    await page.getByLabel('Não tenho o código').check();
    await expect(code).not.toHaveAttribute('aria-required');
  }
  await choose(page, /^Minha conta/, 'Comprei um produto');
  await expect(code).toBeHidden();
  await audit(page);
  // By keyboard: another section has a list of its own, and what both have stays chosen.
  await page.getByRole('radio', { name: 'Comprei um produto' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Vendo meus produtos' })).toBeChecked();
  await expect(page.getByRole('radio', { name: /^Reembolso ou cancelamento/ })).toBeHidden();
  if (!javaScriptEnabled) return;
  await expect(page.getByRole('radio', { name: /^Minha conta/ })).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[name=reason]:checked')).toHaveCount(0);
});

test('the form under an article opens with a heading, its first field and a way to close it', async ({ page, javaScriptEnabled }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(ARTICLE);
  const form = page.locator('details.contact');
  await form.locator('> summary').click();
  await expect(form.getByRole('heading', { name: 'Fale com a gente' })).toBeVisible();
  await expect(form.locator('> summary')).toHaveText(/Fechar/);
  await expect(form.locator('.contact-open')).toBeHidden();
  if (javaScriptEnabled) await expect(page.getByLabel('Com o que você precisa de ajuda?')).toBeFocused();
  await audit(page);
  await form.locator('> summary').click();
  await expect(page.getByRole('textbox', { name: 'Mensagem' })).toBeHidden();
});

test('a link to #contact opens the form', async ({ page, javaScriptEnabled }) => {
  await page.goto(`${ARTICLE}#contact`);
  await expect(page.getByRole('textbox', { name: 'Mensagem' })).toBeVisible();
  if (javaScriptEnabled) await expect(page.getByLabel('Com o que você precisa de ajuda?')).toBeFocused();
});

test('what is said of a field goes when it is put right, and the list counts along', async ({ page, allowed, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script the next answer says it');
  allowed.status(422);
  await page.goto('/pt/contact');
  await choose(page, /^Reembolso ou cancelamento/, 'Comprei um produto');
  await page.getByLabel('Seu nome').fill('Joana Prado');
  await page.getByLabel('Seu e-mail').fill('joana@');
  // Said by the script already, in the server's words.
  await page.getByLabel('Seu nome').focus();
  const wrong = (await page.locator('#email-error').textContent()) ?? '';
  await page.getByRole('textbox', { name: 'Mensagem' }).fill('Paguei ontem e o acesso ainda não chegou.');
  await page.locator('#files').setInputFiles({ name: 'vazio.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();

  const list = page.locator('#errors');
  await expect(list.getByRole('heading')).toHaveText('Confira 3 campos');
  await expect(page.locator('#email-error')).toHaveText(wrong);
  await expect(list.getByRole('link')).toHaveText([/assunto/, wrong, /código/]);
  await page.getByLabel('Assunto', { exact: true }).fill('x');
  await expect(page.locator('#subject-error')).toContainText('mínimo de 3');
  await expect(list.getByRole('heading')).toHaveText('Confira 3 campos');
  await page.getByLabel('Assunto', { exact: true }).fill('Quero meu reembolso');
  await expect(page.locator('#subject-error')).toBeEmpty();
  await expect(page.getByLabel('Assunto', { exact: true })).not.toHaveAttribute('aria-invalid');
  await expect(list.getByRole('heading')).toHaveText('Falta pouco: confira 2 campos');
  await page.getByLabel('Não tenho o código').check();
  await expect(list.getByRole('heading')).toHaveText('Falta pouco: confira um campo');
  await audit(page);
  await page.getByLabel('Seu e-mail').press('End');
  await page.getByLabel('Seu e-mail').pressSequentially('example.com');
  await expect(list).toBeHidden();
  await expect(page).toHaveTitle(/^Fale com a gente/);
  await send(page, 'Enviar mensagem');
});

test('an address with a common slip is asked about, and taken by a press', async ({ page, javaScriptEnabled }) => {
  await page.goto('/pt/contact');
  await choose(page, 'Outro assunto');
  await fill(page, 'Endereço com um deslize');
  await page.getByLabel('Seu e-mail').fill('joana.slip@gmial.com');
  if (javaScriptEnabled) await page.getByLabel('Seu nome').focus();
  else await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  await expect(page.locator('.meant')).toContainText('Você quis dizer joana.slip@gmail.com?');
  await expect(page.locator('.meant')).toBeInViewport();
  await audit(page);
  await page.getByRole('button', { name: javaScriptEnabled ? 'Sim, corrigir' : 'Sim, corrigir e enviar' }).click();
  if (javaScriptEnabled) {
    await expect(page.getByLabel('Seu e-mail')).toHaveValue('joana.slip@gmail.com');
    await expect(page.locator('.meant')).toBeEmpty();
    await send(page, 'Enviar mensagem');
  }
  await expect(page.locator('.reference-code')).toBeVisible();
});

test('an address that looks like a slip is sent as it was typed', async ({ page, javaScriptEnabled }) => {
  await page.goto('/pt/contact');
  await choose(page, 'Outro assunto');
  await fill(page, 'Endereço que está certo');
  await page.getByLabel('Seu e-mail').fill('joana.certa@gmial.com');
  if (javaScriptEnabled) await page.getByLabel('Seu nome').focus();
  else await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  await page.getByRole('button', { name: javaScriptEnabled ? 'Não, está certo' : 'Não, enviar assim' }).click();
  if (javaScriptEnabled) await send(page, 'Enviar mensagem');
  await expect(page.locator('.reference-code')).toBeVisible();
});

test('a draft survives a reload, another language and Back, and can be deleted', async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script the browser keeps what it likes');
  await page.goto('/pt/contact');
  await expect(page.locator('.draft')).toBeHidden();
  await choose(page, /^Minha conta/, 'Vendo meus produtos');
  await fill(page, 'Um rascunho');
  await expect(page.locator('.draft')).toContainText('só nesta aba');
  const isThere = async () => {
    await expect(page.locator('#subject')).toHaveValue('Um rascunho');
    await expect(page.locator('#message')).toHaveValue(/O que eu faço/);
    await expect(page.locator('[name=for]:checked')).toHaveValue('creator');
    await expect(page.locator('[name=reason]:checked')).toHaveValue('account');
    await expect(page.locator('[name=reason]:checked')).toBeVisible();
  };
  await page.reload();
  await isThere();
  await page.locator('.site-footer').getByRole('link', { name: 'Español' }).click();
  await expect(page).toHaveURL(/\/es\/contact/);
  await isThere();
  await page.goto('/pt');
  await page.goBack();
  await isThere();
  // Nothing of what the page says of itself is kept.
  expect(Object.keys(JSON.parse((await page.evaluate(() => sessionStorage.getItem('draft:'))) ?? ''))).toEqual(['for', 'reason', 'subject', 'name', 'email', 'message']);
  await audit(page);
  await page.getByRole('button', { name: 'Eliminar borrador' }).click();
  await expect(page.locator('#subject')).toHaveValue('');
  await expect(page.locator('[type=radio]:checked')).toHaveCount(0);
  await expect(page.locator('.draft')).toBeHidden();
  await expect(page.locator('[name=for]').first()).toBeFocused();
  await page.reload();
  await expect(page.locator('#message')).toHaveValue('');
});

test('after sending, every field is empty on the way back; what was not sent is there', async ({ page, allowed, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script the browser decides');
  allowed.status(422);
  await page.goto(ARTICLE);
  await page.locator('details.contact > summary').click();
  await fill(page, 'Enviado e voltado');
  await page.getByLabel('Seu e-mail').fill('joana@');
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  await expect(page.locator('#errors')).toBeVisible();
  // From the mistake back to the article: nothing was sent.
  await page.goBack();
  await page.locator('details.contact:not([open]) > summary').click();
  await expect(page.locator('#subject')).toHaveValue('Enviado e voltado');
  await page.getByLabel('Seu e-mail').fill('joana@example.com');
  await page.getByLabel('Não tenho o código').check();
  // Nobody types that quickly.
  await page.waitForTimeout(2500);
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  await expect(page.locator('.reference-code')).toBeVisible();
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key !== 'visits'))).toEqual([]);
  await page.goBack();
  await expect(page.locator('details.contact')).not.toHaveAttribute('open');
  await page.locator('details.contact > summary').click();
  for (const field of ['#subject', '#name', '#email', '#code', '#message']) await expect(page.locator(field)).toHaveValue('');
  await expect(page.locator('.draft')).toBeHidden();
  await expect(page.locator('input[name=form_id]')).toHaveValue('');
  await expect(page.getByLabel('Com o que você precisa de ajuda?')).toHaveValue('refund');
});

test('a page that comes back from memory after sending is empty and closed', async ({ page, context, allowed, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script the browser decides');
  allowed.status(422);
  await page.goto(ARTICLE);
  await page.locator('details.contact > summary').click();
  await fill(page, 'Da memória');
  await page.locator('#files').setInputFiles({ name: 'um.txt', mimeType: 'text/plain', buffer: Buffer.from('linha um') });
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  // A page that came back with a mistake and a file.
  await expect(page.locator('#errors')).toBeVisible();
  await expect(page.locator('.kept-files li')).toHaveCount(1);
  await page.getByLabel('Não tenho o código').check();
  const back = () => page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await back();
  await expect(page.locator('#subject')).toHaveValue('Da memória');
  // As if the browser had left: the form is sent, its answer is not shown here.
  await context.route(ARTICLE, (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 204 }) : route.continue()));
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem('draft-sending'))).toBe('draft:buyer/refunds/ask-for-a-refund');
  await page.evaluate(() => sessionStorage.clear());
  await back();
  await expect(page.locator('details.contact')).not.toHaveAttribute('open');
  await page.locator('details.contact > summary').click();
  for (const field of ['#subject', '#name', '#email', '#message', '#reason']) await expect(page.locator(field)).toHaveValue('');
  await expect(page.locator('.kept-files li, .contact .error')).toHaveCount(0);
  await expect(page.locator('#errors')).toBeHidden();
  await expect(page).toHaveTitle(/^Como pedir/);
});

for (const [lang, button, title] of [['es', 'Enviar mensaje', 'Recibimos tu mensaje'], ['en', 'Send message', 'We got your message']] as const) {
  test(`a message can be sent in ${lang}`, async ({ page }) => {
    await page.goto(`/${lang}/contact`);
    await page.locator('input[name=for]').last().check();
    await page.locator('input[name=reason][value=other]:visible').check();
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
