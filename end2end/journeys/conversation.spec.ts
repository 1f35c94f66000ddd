import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { audit, expect, test } from '../fixtures.ts';
import { choose, send } from '../send.ts';

/** A picture of 2 × 2 pixels. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==', 'base64');

async function file(page: Page, subject: string) {
  await page.goto('/pt/contact');
  await choose(page, 'Outro assunto');
  await page.getByLabel('Assunto', { exact: true }).fill(subject);
  await page.getByLabel('Seu nome').fill('Joana Prado');
  await page.getByLabel('Seu e-mail').fill('joana@example.com');
  await page.getByRole('textbox', { name: 'Mensagem' }).fill('Paguei ontem e o acesso ainda não chegou.');
}

/** What staff do, on the command line. */
const staff = (data: string) => {
  const program = resolve(import.meta.dirname, '..', process.env.AJUDA_BIN ?? '../target/debug/ajuda');
  return (...words: string[]) =>
    execFileSync(program, ['tickets', '--data', data, ...words], { cwd: data, env: { PATH: process.env.PATH ?? '', HOME: data } });
};

test('a ticket with a screenshot is gone on with, solved and judged', async ({ page, allowed, javaScriptEnabled }) => {
  allowed.status(422);
  await file(page, 'Tela em branco');
  await page.locator('input[type=file]').setInputFiles([
    { name: 'tela.png', mimeType: 'image/png', buffer: PICTURE },
    { name: 'desenho.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
  ]);
  // The drawing is refused, by a script before the form is sent; the picture and the text are kept.
  if (!javaScriptEnabled) await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  await expect(page.locator('.field-files')).toContainText('desenho.svg não é de um tipo aceito');
  await expect(page.locator('.kept-files')).toContainText('tela.png');
  await audit(page);
  await send(page, 'Enviar mensagem');
  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  await expect(page.locator('.message-files img')).toHaveCount(1);
  await audit(page);

  await page.locator('.reply textarea').fill('Agora aparece um erro.');
  await page.locator('button[name=wish][value=write]').click();
  await expect(page.locator('.conversation .message')).toHaveCount(2);
  await expect(page.locator('.conversation .message').nth(1)).toBeInViewport();
  // What stands in the form is not lost by the other button.
  await page.locator('.reply textarea').fill('Era o meu bloqueador. Obrigada!');
  await page.locator('button[name=wish][value=solve]').click();
  await expect(page.locator('.badge').first()).toHaveText('Status: Resolvido');
  await expect(page.locator('.conversation .message').nth(2)).toContainText('Era o meu bloqueador. Obrigada!');
  await expect(page.locator('.conversation .message').nth(2)).toBeInViewport();
  await audit(page);
  // What can be written is folded; five faces, one press, a word afterwards.
  await expect(page.locator('.reply textarea')).toBeHidden();
  await page.getByRole('button', { name: '5 de 5: Muito bom' }).click();
  await expect(page.locator('.rated .notice-success')).toContainText('Agradecemos a sua avaliação');
  await audit(page);
  await page.getByLabel('Quer contar o motivo?').fill('Rápido e claro');
  await page.getByRole('button', { name: 'Enviar comentário' }).click();
  await expect(page.locator('.rated')).toContainText('Rápido e claro');
  await page.getByText('Mudar minha avaliação').click();
  await page.getByRole('button', { name: '4 de 5: Bom' }).click();
  await expect(page.locator('.rated .notice-success')).toContainText('bom');
  await expect(page.locator('.rated')).toContainText('Rápido e claro');
  await page.getByText('Escrever de novo e reabrir').click();
  await page.locator('.reply textarea').fill('Voltou a acontecer.');
  await page.locator('button[name=wish][value=write]').click();
  await expect(page.locator('.timeline')).toContainText('Reaberto');
  await audit(page);
});

test('a button is still there when a slow finger lets it go', async ({ page }) => {
  await file(page, 'Resolvido logo');
  await send(page, 'Enviar mensagem');
  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  await page.locator('button[name=wish][value=solve]').scrollIntoViewIfNeeded();
  await page.locator('button[name=wish][value=solve]').hover();
  await page.mouse.down();
  await page.waitForTimeout(700);
  await page.mouse.up();
  await expect(page.locator('.badge').first()).toHaveText('Status: Resolvido');
});

test('a flow is walked by links to a form that names what was tried', async ({ page }) => {
  await page.goto('/pt/comprador/conta/nao-consigo-entrar-na-conta');
  await audit(page);
  await page.locator('a[href*="step="]').first().click();
  await expect(page).toHaveURL(/step=1/);
  await audit(page);
  for (let step = 2; step <= 8; step += 1) {
    await page.locator(`.walk-choice a[href*="step=${step}"]`).click();
    await expect(page).toHaveURL(new RegExp(`step=${step}`));
  }
  await page.locator('.walk-choice a[href*="step=contact"]').click();
  await expect(page.getByRole('textbox', { name: 'Mensagem' })).toHaveValue(/1\. Confira o e-mail da sua conta/);
  await audit(page);
});

test('an answer from the team appears on the open page', async ({ page, server, javaScriptEnabled }) => {
  await file(page, 'Esperando a resposta');
  await send(page, 'Enviar mensagem');
  const reference = (await page.locator('.reference-code').textContent()) ?? '';
  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  await expect(page.locator('.facts')).toContainText('Resposta prevista');
  await page.locator('.reply textarea').fill('Ainda estou escrevendo');
  const tell = staff(server.data);
  await page.locator('.conversation .message').focus();
  tell('reply', reference, 'Já liberamos o acesso.');
  if (!javaScriptEnabled) await page.getByRole('link', { name: 'Atualizar respostas' }).click();
  await expect(page.locator('.message-staff')).toContainText('Já liberamos o acesso.');
  await expect(page.locator('.badge').first()).toHaveText('Status: Aguardando sua resposta');
  await expect(page.locator('.facts')).not.toContainText('Resposta prevista');
  // What is being written is not lost by it, and who reads keeps the place.
  if (javaScriptEnabled) {
    await expect(page.locator('.reply textarea')).toHaveValue('Ainda estou escrevendo');
    await expect(page.locator('.conversation .message').first()).toBeFocused();
  }

  // On a page whose form nobody has begun with, the help can be judged as soon as the ticket is solved.
  await page.locator('.reply textarea').fill('');
  await page.goto(page.url());
  tell('status', reference, 'solved');
  if (!javaScriptEnabled) await page.getByRole('link', { name: 'Atualizar respostas' }).click();
  await expect(page.locator('.badge').first()).toHaveText('Status: Resolvido');
  await expect(page.getByRole('button', { name: '5 de 5: Muito bom' })).toBeVisible();
});

test('a long answer that arrives while somebody types on a telephone leaves the field where it is', async ({ page, server, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script nothing arrives on an open page');
  await page.setViewportSize({ width: 360, height: 640 });
  await file(page, 'Uma resposta comprida');
  await send(page, 'Enviar mensagem');
  const reference = (await page.locator('.reference-code').textContent()) ?? '';
  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  const field = page.locator('.reply textarea');
  await field.focus();
  await page.keyboard.type('Ainda estou');
  const before = (await field.boundingBox())!.y;
  staff(server.data)('reply', reference, Array.from({ length: 40 }, (_, line) => `Linha ${line} da resposta, que é comprida.`).join('\n'));
  await expect(page.locator('.message-staff')).toContainText('Linha 39');
  const pointer = page.getByRole('link', { name: 'Chegou uma nova resposta' });
  await expect(pointer).toBeInViewport();
  await page.waitForTimeout(300);
  expect(Math.abs((await field.boundingBox())!.y - before)).toBeLessThan(2);
  await page.keyboard.type(' escrevendo');
  await expect(field).toHaveValue('Ainda estou escrevendo');
  await audit(page);
  await pointer.click();
  await expect(page.locator('.message-staff')).toBeFocused();
  await expect(page.locator('.message-staff h3')).toBeInViewport();
  await expect(pointer).toBeHidden();
});

test('back after a reply nothing of it is a draft, and what was not sent is', async ({ page, allowed, javaScriptEnabled }) => {
  allowed.status(422);
  await file(page, 'De volta');
  await send(page, 'Enviar mensagem');
  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  const [field, write] = [page.locator('.reply textarea'), page.locator('button[name=wish][value=write]')];
  // Refused, fixed, sent, and back: each page is there.
  await write.click();
  await expect(page.locator('#message-error')).toBeVisible();
  await field.fill('Agora aparece um erro.');
  await write.click();
  await expect(page.locator('.conversation .message')).toHaveCount(2);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('De volta');
  if (!javaScriptEnabled) return;
  await expect(field).toHaveValue('');
  await page.goForward();
  await expect(page.locator('.conversation .message')).toHaveCount(2);
  await field.fill('Ainda não enviei isto.');
  await page.locator('details.menu summary').click();
  await page.locator('footer').getByRole('link', { name: 'Fale com a gente' }).click();
  await page.goBack();
  await expect(page.locator('.conversation .message')).toHaveCount(2);
  await expect(field).toHaveValue('Ainda não enviei isto.');
  await expect(page.locator('details.menu')).not.toHaveAttribute('open');
});
