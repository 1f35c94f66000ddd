import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { audit, expect, test } from '../fixtures.ts';
import { MailServer } from '../mail.ts';
import { choose } from '../send.ts';
import { startServer } from '../server.ts';

const JOANA = 'joana@example.com';

test('emails lead to the ticket, and to all tickets of the address', async ({ page, context, allowed, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  // This test has a server of its own, which the fixtures take for another host; a used link is refused.
  allowed.message(/^request to another host/).status(422);
  const mails = await MailServer.start();
  const env = { AJUDA_SMTP_HOST: '127.0.0.1', AJUDA_SMTP_PORT: String(mails.port), AJUDA_SMTP_SECURITY: 'none', AJUDA_SMTP_FROM: 'support@example.com', AJUDA_MODEL: 'none' };
  const server = await startServer({ env });
  /** Links in emails begin with the configured address, which is not the port that the server got. */
  const opened = (text: string) => server.url + new URL(/https?:\/\/\S+/.exec(text)![0]).href.replace(/^https?:\/\/[^/]+/, '');
  try {
    await page.goto(`${server.url}/pt/contact`);
    await choose(page, 'Outro assunto');
    await page.getByLabel('Assunto', { exact: true }).fill('Tela em branco');
    await page.getByLabel('Seu nome').fill('Joana Prado');
    await page.getByLabel('Seu e-mail').fill(JOANA);
    await page.getByRole('textbox', { name: 'Mensagem' }).fill('Paguei ontem e o acesso ainda não chegou.');
    // Nobody types that quickly.
    if (javaScriptEnabled) await page.waitForTimeout(2500);
    await page.getByRole('button', { name: 'Enviar mensagem' }).click();
    await expect(page.locator('.reference-code')).toBeVisible();

    // The link of the confirmation, in a browser that knows nothing.
    await context.clearCookies();
    const confirmation = await mails.newest(JOANA, 1);
    // Nobody has shown yet that the address is theirs.
    expect(confirmation.text).not.toContain('Paguei ontem');
    await page.goto(opened(confirmation.text));
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Tela em branco');
    await audit(page);

    // By keyboard alone to the code, and with it to all tickets.
    await context.clearCookies();
    await page.goto(`${server.url}/pt/requests`);
    await audit(page);
    await page.getByLabel('Seu e-mail').focus();
    await page.keyboard.type(JOANA);
    await page.keyboard.press('Enter');
    await expect(page.locator('#code')).toBeVisible();
    await audit(page);
    const code = await mails.newest(JOANA, 2);
    await page.locator('#code').focus();
    await page.keyboard.type(/\d{4} ?\d{4}/.exec(code.text)![0]);
    await page.keyboard.press('Enter');
    await expect(page.locator('.request-list')).toContainText('Tela em branco');
    await audit(page);
    await page.locator('#sought').fill('nada disso');
    await page.keyboard.press('Enter');
    await expect(page.locator('.request-list')).toHaveCount(0);
    await audit(page);

    // The link of a second sign-in asks for one press, and works once.
    await context.clearCookies();
    await page.goto(`${server.url}/pt/requests`);
    await page.getByLabel('Seu e-mail').fill(JOANA);
    await page.keyboard.press('Enter');
    await expect(page.locator('#code')).toBeVisible();
    const link = opened((await mails.newest(JOANA, 3)).text);
    for (const works of [true, false]) {
      await context.clearCookies();
      await page.goto(link);
      await audit(page);
      await page.locator('main form button').click();
      await expect(page.locator('.request-list')).toHaveCount(works ? 1 : 0);
    }
    await audit(page);
  } finally {
    await server.stop();
    mails.stop();
  }
});

test('a wrong address is corrected after sending, and a code in place shows the answer that went to it', async ({ page, allowed, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  allowed.message(/^request to another host/).status(422);
  const mails = await MailServer.start();
  const env = { AJUDA_SMTP_HOST: '127.0.0.1', AJUDA_SMTP_PORT: String(mails.port), AJUDA_SMTP_SECURITY: 'none', AJUDA_SMTP_FROM: 'support@example.com', AJUDA_MODEL: 'none' };
  const server = await startServer({ env });
  try {
    await page.goto(`${server.url}/pt/contact`);
    await choose(page, 'Outro assunto');
    await page.getByLabel('Assunto', { exact: true }).fill('Tela em branco');
    await page.getByLabel('Seu nome').fill('Joana Prado');
    await page.getByLabel('Seu e-mail').fill('joana@exemple.com.br');
    await page.getByRole('textbox', { name: 'Mensagem' }).fill('Paguei ontem e o acesso ainda não chegou.');
    if (javaScriptEnabled) await page.waitForTimeout(2500);
    await page.getByRole('button', { name: 'Enviar mensagem' }).click();
    const reference = (await page.locator('.reference-code').textContent()) ?? '';

    await page.getByText('Endereço errado?').click();
    await page.getByLabel('O e-mail certo').fill('joana@gmial.com');
    await page.getByRole('button', { name: 'Corrigir e-mail' }).click();
    await expect(page.locator('.question')).toContainText('Você quis dizer joana@gmail.com?');
    await audit(page);
    await page.getByRole('button', { name: 'Não, usar o que digitei' }).click();
    await expect(page.locator('.notice-success')).toContainText('joana@gmial.com');
    await page.getByText('Endereço errado?').click();
    await page.getByLabel('O e-mail certo').fill(JOANA);
    await page.getByRole('button', { name: 'Corrigir e-mail' }).click();
    await expect(page.locator('.notice-success')).toContainText(JOANA);
    await audit(page);
    expect((await mails.newest(JOANA, 1)).subject).toContain(reference);

    const program = resolve(import.meta.dirname, '..', process.env.AJUDA_BIN ?? '../target/debug/ajuda');
    const words = ['tickets', '--data', server.data, 'reply', reference, 'Já liberamos o acesso.'];
    execFileSync(program, words, { cwd: server.data, env: { PATH: process.env.PATH ?? '', HOME: server.data } });
    await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
    await expect(page.locator('.withheld')).toContainText('A equipe respondeu');
    await expect(page.getByText('Já liberamos o acesso.')).toHaveCount(0);
    await audit(page);
    const answer = await mails.newest(JOANA, 2);
    expect(answer.text).toContain('Já liberamos');
    await page.getByRole('button', { name: 'Enviar o código' }).click();
    const code = await mails.newest(JOANA, 3);
    // By keyboard alone: the field has the focus.
    await expect(page.locator('#code')).toBeFocused();
    await page.keyboard.type('0000');
    await page.keyboard.press('Enter');
    await expect(page.locator('#code-error')).toBeVisible();
    await audit(page);
    await page.locator('#code').fill(/\d{4} ?\d{4}/.exec(code.text)![0]);
    await page.keyboard.press('Enter');
    await expect(page.locator('.message-staff')).toContainText('Já liberamos o acesso.');
    await expect(page.locator('.withheld')).toHaveCount(0);
  } finally {
    await server.stop();
    mails.stop();
  }
});
