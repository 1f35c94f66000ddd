import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { shoot } from './shoot.ts';

const PASSWORD = 'cavalo grampo bateria';
const TICKETS = [
  ['Emily Carter', 'emily', 'en', 'Certificate has the wrong name', 'My certificate shows my old last name. How can I change it before I download it again?'],
  ['Joana Prado', 'joana', 'pt', 'Não recebi o curso', 'Paguei ontem por PIX e o acesso ainda não chegou no meu e-mail. O que eu faço?'],
  ['Lucía Fernández', 'lucia', 'es', 'Mi pago fue rechazado', 'Intenté pagar tres veces con la misma tarjeta y siempre la rechaza, aunque tengo saldo.'],
  ['Noah Williams', 'noah', 'en', 'Cancel my subscription', "I'd like to cancel the monthly plan before the next charge. I can't find the option."],
  ['Tiago Nunes', 'tiago', 'pt', 'Comissão não apareceu', 'Fiz uma venda com meu link ontem e ela não está no painel de comissões.'],
  ['Camila Restrepo', 'camila', 'es', 'No puedo entrar a mi cuenta', 'Me dice que la contraseña es incorrecta, pero la cambié ayer. ¿Pueden ayudarme?'],
  ['Marcos Ferreira', 'marcos', 'pt', 'Reembolso dentro do prazo', 'Comprei na segunda e quero pedir o reembolso. Onde fica o botão no aplicativo?'],
  ['Beatriz Alencar', 'beatriz', 'pt', 'Cobrança duplicada', 'Apareceram duas cobranças iguais na fatura deste mês. Podem estornar uma delas?'],
] as const;

const SAVED = [
  ['Access is on its way', { pt: 'Olá, {{customer.first_name}}! Seu acesso foi liberado.', es: '¡Hola, {{customer.first_name}}! Tu acceso está listo.', en: 'Hi {{customer.first_name}}! You have access now.' }],
  ['How long a refund takes on a card, by bank slip and by PIX', { pt: 'O dinheiro volta em até {{days}}, pelo mesmo meio de pagamento.' }],
] as const;

test('pictures of the desk', async ({ page, server, context, request }) => {
  test.setTimeout(300_000);
  const program = resolve(import.meta.dirname, '..', process.env.AJUDA_BIN ?? '../target/debug/ajuda');
  const run = (...words: string[]) => execFileSync(program, words, { cwd: server.data, env: { PATH: process.env.PATH ?? '', HOME: server.data }, input: `${PASSWORD}\n` });
  for (const [address, name] of [['ana', 'Ana Lima'], ['rui', 'Rui Tavares']] as const) {
    run('staff', '--data', server.data, 'add', `${address}@example.org`, '--name', name, '--role', 'agent', '--lang', 'en', '--password-stdin');
  }
  for (const [name, address, lang, subject, message] of TICKETS) {
    const form = { reason: 'other', subject, name, email: `${address}@example.com`, message, seconds: '60' };
    await request.post(`/${lang}/contact`, { form, headers: { 'sec-fetch-site': 'same-origin' } });
  }
  await page.goto('/desk');
  await shoot(page, 'desk-log-in');
  await page.locator('#email').fill('ana@example.org');
  await page.locator('#password').fill(PASSWORD);
  await page.locator('main button').click();
  await page.goto('/desk?view=unassigned');
  await page.locator('.ticket-row', { hasText: 'Não recebi o curso' }).locator('a').click();
  await page.locator('#note summary').click();
  await page.locator('#note-text').fill('Same trouble as yesterday: the payment came in, the email bounced.');
  await page.locator('#note button[value=send]').click();
  await page.locator('.said-note').waitFor();
  await page.locator('#reply-text').fill('Olá, Joana! Seu pagamento foi confirmado e o acesso já está liberado. Confira também a caixa de spam.');
  await page.locator('#reply button[value=send]').click();
  await page.locator('#held form').waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.screenshot({ path: '../docs/pictures/desk-ticket.png', animations: 'disabled' });
  await shoot(page, 'desk-ticket');
  await page.goto('/desk?view=unassigned');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.screenshot({ path: '../docs/pictures/desk-list.png', animations: 'disabled' });
  await shoot(page, 'desk-list');
  for (const path of ['me', 'mail']) {
    await page.goto(`/desk/${path}`);
    await shoot(page, `desk-${path}`);
  }

  for (const [name, texts] of SAVED) {
    await page.goto('/desk/replies/new');
    await page.locator('#name').fill(name);
    for (const [lang, text] of Object.entries(texts)) await page.locator(`#text-${lang}`).fill(text);
    await page.locator('main form button').first().click();
    await page.locator('main .notice').waitFor();
  }
  await shoot(page, 'desk-replies');
  await page.goto('/desk/replies/new');
  await shoot(page, 'desk-reply-new');
  await page.goto('/desk/replies');
  await page.locator('.desk-rows a').first().click();
  await shoot(page, 'desk-reply');
  await page.goto('/desk/tickets/new');
  await shoot(page, 'desk-ticket-new');

  // What the panels find, and everything else of a ticket that can be unfolded.
  await page.goto('/desk?view=unassigned');
  await page.locator('.ticket-row', { hasText: 'Reembolso dentro do prazo' }).locator('a').click();
  await page.locator('[data-panel=saved] summary').click();
  await page.locator('[data-panel=article] summary').click();
  await page.locator('[data-panel=article] li').first().waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.screenshot({ path: '../docs/pictures/desk-reply.png', animations: 'disabled' });
  await page.locator('.desk-correct summary').click();
  await shoot(page, 'desk-panels');
  await page.locator('.desk-actions .menu summary').click();
  await shoot(page, 'desk-snooze');
  await page.locator('#reply-text').fill('Olá, **Marcos**! O passo a passo:\n\n1. Abra a página de reembolso.\n2. Confirme.\n\n> Onde fica o botão?');
  await page.locator('#reply button[value=preview]').click();
  await page.locator('.desk-preview').waitFor();
  await shoot(page, 'desk-preview');

  // Once a minute the program looks whom to tell.
  const rui = await context.browser()!.newContext({ baseURL: server.url });
  const there = await rui.newPage();
  await there.goto('/desk');
  await there.locator('#email').fill('rui@example.org');
  await there.locator('#password').fill(PASSWORD);
  await there.locator('main button').click();
  for (const subject of ['Comissão não apareceu', 'Cobrança duplicada']) {
    await there.goto('/desk?view=all');
    await there.locator('.ticket-row', { hasText: subject }).locator('a').click();
    await there.locator('#assignee').selectOption({ label: 'Ana Lima' });
    await there.locator('.desk-changes form').first().locator('button').click();
    await there.locator('.notice').waitFor();
  }
  await rui.close();
  await expect(async () => {
    await page.goto('/desk/notifications');
    await expect(page.locator('.notifications li')).toHaveCount(2, { timeout: 500 });
  }).toPass({ timeout: 90_000 });
  await shoot(page, 'desk-notifications');
});
