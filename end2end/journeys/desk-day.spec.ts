import type { Page } from '@playwright/test';
import { code, elsewhere, fileQuickly, hire, keysWork, logIn, look, MANY_TICKETS, PASSWORD, person, staff, writeReply } from '../desk.ts';
import { expect, test } from '../fixtures.ts';

// Next leads through all tickets of a server, so no other file of tests shares this one.
test.use({ settings: { ...MANY_TICKETS, AJUDA_LIMITS_TICKETS_PER_NETWORK_PER_HOUR: '1001' } });

const GREETING = 'Olá, {{customer.first_name}}! Sobre o chamado {{ticket.reference}}: seu acesso foi liberado.';
const KEYS_MAX = 60;

/** As the field for a date takes it. */
const inAWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 16);

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('an agent\'s first day: ten tickets by the keyboard alone', async ({ page, server, browser, request, javaScriptEnabled }, testInfo) => {
  test.skip(!javaScriptEnabled, 'keys need a script');
  test.setTimeout(240_000);
  const lead = await elsewhere(browser, server);
  await logIn(lead.page, hire(server, 'Rui Tavares', 'lead'));
  await writeReply(lead.page, 'Abertura', 'Olá!', true);
  await writeReply(lead.page, 'Acesso liberado', GREETING, true);
  await lead.context.close();

  // The link, a password, the second factor.
  const added = staff(server, 'add', person('ana', testInfo.testId), '--name', 'Ana Lima', '--role', 'agent', '--json');
  await page.goto((JSON.parse(added) as { link: string }).link);
  await page.getByLabel('Nova senha', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Repita a nova senha').fill(PASSWORD);
  await page.getByRole('button', { name: 'Salvar e entrar' }).click();
  await expect(page.getByRole('navigation', { name: 'Visualizações' })).toBeVisible();
  await page.goto('/desk/me');
  await page.getByRole('link', { name: 'Ativar' }).click();
  await page.getByLabel('digite o código').fill(code((await page.locator('.secret').textContent())!));
  await page.getByRole('button', { name: 'Ativar' }).click();
  await expect(page.locator('.recovery-codes li')).toHaveCount(10);

  // What is filed first is due first, so Next leads through them in this order.
  const work = ['Pronta um', 'Pronta dois', 'Reembolso da compra', 'Para anotar', 'Para depois', 'Propaganda', 'Resolvido um', 'Resolvido dois', 'Resolvido três'];
  const references: Record<string, string> = {};
  for (const subject of work) references[subject] = await fileQuickly(request, subject);
  const trapped = await fileQuickly(request, 'Não era spam', { homepage: 'https://example.com' });
  await page.goto('/desk');

  let count = 0;
  const press = async (...keys: string[]) => {
    await keysWork(page);
    for (const key of keys) await page.keyboard.press(key);
    count += keys.length;
  };
  /** A text counts once, as a person thinks of it. */
  const write = async (text: string) => {
    await page.keyboard.type(text);
    count += 1;
  };
  const next = async () => {
    await press('n');
    await expect(heading(page)).toHaveText(work.shift()!);
  };
  const isLeaving = () => expect(page.locator('#held')).toContainText('Sua resposta sai às');
  const text = page.locator('#reply-text');

  for (const word of ['acesso', 'liberado']) {
    await next();
    await press('s');
    await expect(page.locator('#find-saved')).toBeFocused();
    // Enter takes what fits these words, also where the list does not show it yet.
    await write(word);
    await press('Enter');
    await expect(text).toHaveValue(/^Olá, Joana! Sobre o chamado [2-9A-Z-]{11}: seu acesso foi liberado\.$/);
    await expect(text).toBeFocused();
    await press('Control+Enter');
    await isLeaving();
  }
  await next();
  await press('l');
  await expect(page.locator('#find-article')).toBeFocused();
  await press('Enter');
  await expect(text).toHaveValue(/^\[.*reembolso.*\]\(https?:\/\/\S+\)$/);
  await press('Control+Enter');
  await isLeaving();
  await next();
  await press('i');
  await expect(page.locator('#note-text')).toBeFocused();
  await write('Ligar amanhã.');
  await press('Control+Enter');
  await expect(page.locator('.said-note')).toContainText('Ligar amanhã.');
  await next();
  await press('h', 'Enter');
  await expect(page.locator('.thread')).toContainText('Adiado até');
  await next();
  await press('!');
  await expect(page.locator('.ticket-line')).toContainText('marcado pela equipe');
  for (let left = 3; left > 0; left--) {
    await next();
    await press('e');
    await expect(page.locator('.ticket-line')).toContainText('Resolvido');
  }
  await press('u');
  await expect(page).toHaveURL(/\/desk$/);
  await press('g', 'q');
  await expect(page).toHaveURL(/view=quarantine/);
  const row = page.locator('.row-subject a', { hasText: 'Não era spam' });
  await press('j');
  await expect(row).toBeFocused();
  await press('!');
  await expect(page.getByRole('status').filter({ hasText: 'Chamados alterados: 1.' })).toBeVisible();
  expect(count, 'keys for ten tickets').toBeLessThanOrEqual(KEYS_MAX);
  testInfo.annotations.push({ type: 'keys', description: String(count) });

  await page.goto(`/desk/tickets/${trapped}`);
  await expect(page.locator('.thread')).toContainText('Saiu da quarentena');
  await expect(async () => {
    await page.goto(`/desk/tickets/${references['Reembolso da compra']}`);
    await expect(page.locator('.said-answer a')).toHaveAttribute('href', /\/pt\/comprador\//, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.goto(`/desk/tickets/${references['Pronta dois']}`);
  await expect(page.locator('.said-answer')).toContainText(`Sobre o chamado ${references['Pronta dois']}`);
});

test('saved replies are made, changed and deleted', async ({ page, server, allowed }) => {
  test.slow();
  allowed.status(422);
  await logIn(page, hire(server, 'Ana Lima'));
  await page.goto('/desk/replies/new');
  // Only leads and admins write for all.
  await expect(page.getByLabel('Toda a equipe pode usar')).toHaveCount(0);
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Escreva o texto em pelo menos um idioma.');
  await expect(page.locator('#name-error')).toContainText('Dê um nome');
  await look(page);
  await writeReply(page, 'Só minha', 'Um texto.');
  await expect(page.locator('.desk-rows li')).toContainText(['Só minha']);
  await expect(page.locator('.desk-rows li', { hasText: 'Só minha' })).toContainText('Falta em: espanhol, inglês');
  await look(page);
  await page.getByRole('link', { name: 'Só minha' }).click();
  await look(page);
  await expect(page.getByLabel('Texto em português')).toHaveValue('Um texto.');
  await page.getByLabel('Nome', { exact: true }).fill('Minha, em três idiomas');
  await page.getByLabel('Texto em espanhol').fill('Un texto.');
  await page.getByLabel('Texto em inglês').fill('A text.');
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  const row = page.locator('.desk-rows li', { hasText: 'Minha, em três idiomas' });
  await expect(row).toContainText('Só sua');
  await expect(row).not.toContainText('Falta em');
  await row.getByRole('link').click();
  await page.getByRole('button', { name: 'Apagar' }).click();
  await expect(page.getByRole('status').first()).toContainText('Resposta pronta apagada.');
  await expect(row).toHaveCount(0);
});

test('a ticket for who called: opened, put right, answered with what is inserted, put off', async ({ page, server, allowed, javaScriptEnabled }) => {
  test.slow();
  allowed.status(422);
  await logIn(page, hire(server, 'Ana Lima'));
  await writeReply(page, 'Retorno', 'Olá, {{customer.first_name}}!');
  await page.goto('/desk');
  await page.getByRole('link', { name: 'Novo chamado' }).click();
  await page.getByRole('button', { name: 'Abrir chamado' }).click();
  await expect(page.locator('.error').first()).toBeVisible();
  await look(page);
  await page.getByLabel('Nome', { exact: true }).fill('Bruno Costa');
  await page.getByLabel('E-mail do cliente').fill('bruno@example.com');
  await page.getByLabel('Motivo').selectOption({ label: 'Outro assunto' });
  await page.getByLabel('Assunto', { exact: true }).fill('Reembolso pelo telefone');
  await page.getByLabel('O que o cliente contou').fill('Quer o dinheiro de volta.');
  await page.getByRole('button', { name: 'Abrir chamado' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Chamado aberto.' })).toBeVisible();
  await expect(heading(page)).toHaveText('Reembolso pelo telefone');
  const address = page.url().replace(/\?.*/, '');

  await page.locator('.desk-correct summary').click();
  await look(page);
  await page.locator('.desk-correct').getByLabel('Motivo').selectOption('access');
  await page.locator('.desk-correct').getByLabel('Idioma').selectOption('en');
  await page.locator('.desk-correct').getByRole('button', { name: 'Salvar' }).click();
  await expect(page.locator('.thread')).toContainText('Motivo: Acesso a uma compra · Idioma: English');
  await page.locator('.desk-correct summary').click();
  await page.locator('.desk-correct').getByLabel('Idioma').selectOption('pt');
  await page.locator('.desk-correct').getByRole('button', { name: 'Salvar' }).click();
  await expect(page.locator('.thread')).toContainText('Idioma: Português');

  const text = page.locator('#reply-text');
  await text.fill('Primeiro eu.');
  await page.locator('[data-panel=saved] summary').click();
  await page.locator('[data-panel=saved]').getByRole('button', { name: 'Retorno' }).click();
  await expect(text).toHaveValue(/^Primeiro eu\.\s+Olá, Bruno!$/);
  await page.locator('[data-panel=article] summary').click();
  if (!javaScriptEnabled) await page.locator('[data-panel=article]').getByRole('button', { name: 'Localizar' }).click();
  await expect(page.locator('[data-panel=article] li').first()).toContainText('reembolso');
  await look(page);
  await page.locator('[data-panel=article] li button').first().click();
  await expect(text).toHaveValue(/^Primeiro eu\.\s+Olá, Bruno!\s+\[.*reembolso.*\]\(https?:\/\/\S+\)$/);
  await page.getByRole('button', { name: 'Prévia' }).click();
  await expect(page.locator('.desk-preview a')).toHaveText(/reembolso/);
  await expect(text).toHaveValue(/Olá, Bruno!/);
  await look(page);
  await page.locator('#reply button[value=send]').click();
  await expect(page.locator('#held')).toContainText('Sua resposta sai às');

  await page.goto(address);
  await page.locator('.desk-actions summary').click();
  const date = page.getByLabel('Até uma data');
  // The browser itself refuses a moment that has passed.
  await date.fill('2020-01-01T09:00');
  expect(await date.evaluate((field: HTMLInputElement) => field.validity.rangeUnderflow)).toBe(true);
  await date.fill(inAWeek());
  await page.locator('.snooze-date button').click();
  await expect(page.locator('.thread')).toContainText('Adiado até');
  await expect(page.getByRole('button', { name: 'Parar de adiar' })).toBeVisible();
  await look(page);
});

test('the bell says that somebody passed a ticket on', async ({ page, server, browser, request }) => {
  test.setTimeout(240_000);
  await logIn(page, hire(server, 'Ana Lima'));
  await page.goto('/desk/notifications');
  await expect(page.locator('.desk-empty')).toHaveText('Nenhuma notificação.');
  await look(page);
  const reference = await fileQuickly(request, 'Passado para a Ana');
  const lead = await elsewhere(browser, server);
  await logIn(lead.page, hire(server, 'Rui Tavares', 'lead'));
  await lead.page.goto(`/desk/tickets/${reference}`);
  const ana = lead.page.locator('#assignee option', { hasText: 'Ana Lima' });
  await lead.page.locator('#assignee').selectOption((await ana.last().getAttribute('value'))!);
  await lead.page.getByRole('button', { name: 'Passar' }).click();
  await expect(lead.page.locator('.thread')).toContainText('Responsável: Ana Lima');
  await lead.context.close();
  // Once a minute the program looks whom to tell.
  await expect(async () => {
    await page.reload();
    await expect(page.locator('.bell-count')).toHaveText('1', { timeout: 500 });
  }).toPass({ timeout: 90_000 });
  await page.getByRole('link', { name: /^Notificações/ }).click();
  const row = page.locator('.notifications li');
  await expect(row).toContainText('Passaram este chamado para você · Rui Tavares');
  await look(page);
  await row.getByRole('link', { name: 'Passado para a Ana' }).click();
  await expect(heading(page)).toHaveText('Passado para a Ana');
  await page.goto('/desk/notifications');
  await expect(page.locator('.bell-count')).toHaveCount(0);
  await expect(page.locator('.notifications .is-unread')).toHaveCount(0);
});
