import { MANY_TICKETS, code, file, keysWork, logIn, look, PASSWORD, person, staff } from '../desk.ts';
import { audit, expect, test } from '../fixtures.ts';

test.use({ settings: MANY_TICKETS });

test('an admin\'s first hour: link, password, second factor, people', async ({ page, server, allowed, context, javaScriptEnabled }, testInfo) => {
  allowed.status(422);
  const [ana, rui] = [person('ana', testInfo.testId), person('rui', testInfo.testId)];
  const added = JSON.parse(staff(server, 'add', ana, '--name', 'Ana Lima', '--role', 'admin', '--json')) as { link: string };
  await page.goto(added.link);
  await look(page);
  await page.getByLabel('Nova senha', { exact: true }).fill('curta');
  await page.getByRole('button', { name: 'Salvar e entrar' }).click();
  await expect(page.locator('.error')).toContainText('menos de 12 caracteres');
  await page.getByLabel('Nova senha', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Repita a nova senha').fill(PASSWORD);
  await page.getByRole('button', { name: 'Salvar e entrar' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Verificação em duas etapas');
  await look(page);
  const secret = (await page.locator('.secret').textContent())!;
  await page.getByLabel('digite o código').fill(code(secret));
  await page.getByRole('button', { name: 'Ativar' }).click();
  await expect(page.locator('.recovery-codes li')).toHaveCount(10);
  const recovery = (await page.locator('.recovery-codes li').first().textContent())!;
  await look(page);

  await page.goto('/desk/people');
  await page.getByLabel('E-mail').fill(rui);
  await page.getByLabel('Nome', { exact: true }).fill('Rui Tavares');
  await page.getByRole('button', { name: 'Convidar' }).click();
  await expect(page.locator('.notice')).toContainText('/desk/welcome?key=');
  await look(page);
  const row = page.locator('.people > li', { hasText: rui });
  await row.getByLabel(/^Função/).selectOption('lead');
  await row.getByRole('button', { name: 'Mudar' }).click();
  await expect(page.getByRole('status').first()).toContainText('Função alterada');
  await page.goto('/desk/settings');
  await look(page);
  await page.goto('/desk/me');
  await look(page);

  // On another machine: password, then a recovery code, since the app's code was used already.
  const other = await context.browser()!.newContext({ baseURL: server.url, locale: 'pt-BR', javaScriptEnabled });
  const there = await other.newPage();
  await there.goto('/desk');
  await there.getByLabel('E-mail').fill(ana);
  await there.getByLabel('Senha').fill(PASSWORD);
  await there.getByRole('button', { name: 'Entrar', exact: true }).click();
  await there.getByLabel('Código').fill(recovery);
  await there.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(there.getByRole('navigation', { name: 'Visualizações' })).toBeVisible();
  await page.goto('/desk/me');
  await page.getByRole('button', { name: 'Sair de todos os outros' }).click();
  // A page with a script goes to the log-in by itself.
  if (!javaScriptEnabled) await there.goto('/desk/me');
  await expect(there.getByRole('heading', { level: 1 })).toHaveText('Entrar no atendimento');
  await other.close();
});

test('an agent answers, takes it back, answers again, notes, puts off and lets in', async ({ page, server, allowed }, testInfo) => {
  test.slow();
  allowed.status(409, 422);
  const ana = person('ana', testInfo.testId);
  staff(server, 'add', ana, '--name', 'Ana Lima', '--role', 'agent', '--password-stdin');
  const reference = await file(page, 'Acesso que não chega');
  await logIn(page, ana);
  await page.goto('/desk?view=unassigned');
  await look(page);
  await page.getByRole('searchbox').fill(reference.toLowerCase());
  await page.getByRole('button', { name: 'Localizar' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Acesso que não chega');
  await look(page);

  const text = page.getByLabel('Sua resposta');
  await page.locator('#reply button[value=send]').click();
  await expect(page.locator('#reply .error')).toContainText('Escreva alguma coisa');
  await text.fill('Liberamos o seu acesso agora.');
  await page.locator('#reply button[value=send]').click();
  await expect(page.locator('#held')).toContainText('Sua resposta sai às');
  await look(page);
  await page.getByRole('button', { name: 'Desfazer' }).click();
  await expect(text).toHaveValue('Liberamos o seu acesso agora.');
  await text.fill('Liberamos o seu acesso agora. Confira seu e-mail.');
  await page.locator('#reply button[value=solve]').click();
  await expect(page.locator('#held')).toContainText('Sua resposta sai às');

  await page.locator('#note summary').click();
  await page.getByLabel('Só a equipe vê').fill('Era o nosso cache.');
  await page.getByRole('button', { name: 'Adicionar nota' }).click();
  await expect(page.locator('.said-note')).toContainText('Era o nosso cache.');
  await expect(page.locator('.said-note')).toContainText('Interno');
  // Ten seconds later it has left.
  await expect(async () => {
    await page.reload();
    await expect(page.locator('.said-answer')).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.locator('.ticket-line')).toContainText('Resolvido');
  await look(page);

  const second = await file(page, 'Outra coisa para depois');
  await page.goto(`/desk/tickets/${second}`);
  await page.locator('.desk-actions summary').click();
  await page.getByRole('button', { name: 'em 3 horas' }).click();
  await expect(page.getByRole('button', { name: 'Parar de adiar' })).toBeVisible();
  await page.getByRole('button', { name: 'Parar de adiar' }).click();
  await expect(page.locator('.desk-actions summary')).toBeVisible();
  await page.getByRole('button', { name: 'Spam' }).click();
  await expect(page.locator('.ticket-line')).toContainText('marcado pela equipe');
  await page.getByRole('button', { name: 'Não é spam' }).click();
  await expect(page.locator('.thread')).toContainText('Saiu da quarentena');
  await page.getByRole('button', { name: 'Pegar' }).click();
  await expect(page.locator('.thread')).toContainText('Responsável: Ana Lima');
  await page.getByLabel('Tags').fill('pix urgente');
  await page.locator('.desk-changes form', { hasText: 'Tags' }).getByRole('button', { name: 'Salvar' }).click();
  await expect(page.locator('.thread')).toContainText('Tags: pix urgente');
  await page.goto('/desk?view=mine&tag=pix');
  await expect(page.locator('.ticket-row')).toHaveCount(1);
  await look(page);
});

test('two agents who write at the same time are shown each other\'s words', async ({ page, server, context, allowed, javaScriptEnabled }, testInfo) => {
  allowed.status(409);
  const [ana, rui] = [person('ana', testInfo.testId), person('rui', testInfo.testId)];
  for (const [address, name] of [[ana, 'Ana Lima'], [rui, 'Rui Tavares']] as const) {
    staff(server, 'add', address, '--name', name, '--role', 'agent', '--password-stdin');
  }
  const reference = await file(page, 'Duas respostas');
  const other = await context.browser()!.newContext({ baseURL: server.url, locale: 'pt-BR', javaScriptEnabled });
  const there = await other.newPage();
  await logIn(page, ana);
  await logIn(there, rui);
  await page.goto(`/desk/tickets/${reference}`);
  await there.goto(`/desk/tickets/${reference}`);
  await page.getByLabel('Sua resposta').fill('A resposta da Ana.');
  await there.getByLabel('Sua resposta').fill('A resposta do Rui.');
  await page.locator('#reply button[value=send]').click();
  await there.locator('#reply button[value=send]').click();
  await expect(there.getByRole('alert')).toContainText('Nada foi enviado: há algo novo');
  await expect(there.locator('#held')).toContainText('Uma resposta de Ana Lima está saindo');
  await expect(there.getByLabel('Sua resposta')).toHaveValue('A resposta do Rui.');
  await look(there);
  await there.getByRole('button', { name: 'Transformar em nota' }).click();
  await expect(there.locator('.said-note')).toContainText('A resposta do Rui.');
  await other.close();
});

test('what is typed is a draft within two seconds, on another machine too', async ({ page, server, context, javaScriptEnabled }, testInfo) => {
  test.skip(!javaScriptEnabled, 'without a script a draft is saved by its button, which the tests of the server press');
  const ana = person('ana', testInfo.testId);
  staff(server, 'add', ana, '--name', 'Ana Lima', '--role', 'agent', '--password-stdin');
  const reference = await file(page, 'Rascunho que fica');
  await logIn(page, ana);
  await page.goto(`/desk/tickets/${reference}`);
  await page.getByLabel('Sua resposta').pressSequentially('Começo de uma resposta');
  await expect(page.locator('#reply .draft-state')).toHaveText('Rascunho salvo.', { timeout: 2000 });
  const other = await context.browser()!.newContext({ baseURL: server.url, locale: 'pt-BR' });
  const there = await other.newPage();
  await logIn(there, ana);
  await there.goto(`/desk/tickets/${reference}`);
  await expect(there.getByLabel('Sua resposta')).toHaveValue('Começo de uma resposta');
  await other.close();
});

test('keys press what is on the page, type in fields, and can be switched off', async ({ page, server, javaScriptEnabled }, testInfo) => {
  test.skip(!javaScriptEnabled, 'keys need a script');
  const ana = person('ana', testInfo.testId);
  staff(server, 'add', ana, '--name', 'Ana Lima', '--role', 'agent', '--password-stdin');
  const reference = await file(page, 'Só com o teclado');
  await logIn(page, ana);
  await page.goto('/desk?view=solved');
  await keysWork(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await audit(page);
  await page.keyboard.press('Escape');
  await page.keyboard.type('gu');
  await expect(page).toHaveURL(/view=unassigned/);
  await keysWork(page);
  await page.keyboard.press('j');
  await expect(page.locator('.row-subject a').first()).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.type(reference);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Só com o teclado');
  await keysWork(page);
  await page.keyboard.press('m');
  await expect(page.locator('.thread')).toContainText('Responsável: Ana Lima');
  await keysWork(page);
  await page.keyboard.press('r');
  await page.keyboard.type('Olá! e m ! são letras aqui.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('#held')).toContainText('Sua resposta sai às');
  await keysWork(page);
  await page.keyboard.press('z');
  await expect(page.getByLabel('Sua resposta')).toHaveValue('Olá! e m ! são letras aqui.');
  await keysWork(page);
  await page.keyboard.press('i');
  await page.keyboard.type('Nota pelo teclado.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.said-note')).toContainText('Nota pelo teclado.');
  await keysWork(page);
  await page.keyboard.press('e');
  await expect(page.locator('.ticket-line')).toContainText('Resolvido');
  await keysWork(page);
  await page.keyboard.press('u');
  // To the list that one came from.
  await expect(page).toHaveURL(/view=unassigned/);
  await page.goto('/desk/me');
  await page.getByLabel('Usar atalhos de uma tecla').uncheck();
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('Salvo.');
  await page.goto(`/desk/tickets/${reference}`);
  await page.keyboard.press('e');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.ticket-line')).toContainText('Resolvido');
});
