import { audit, expect, test } from '../fixtures.ts';
import { MailServer } from '../mail.ts';
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
    await page.getByRole('radio', { name: 'Outro assunto' }).check();
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
