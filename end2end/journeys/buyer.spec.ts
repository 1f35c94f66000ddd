import { hire, PASSWORD } from '../desk.ts';
import { audit, expect, test } from '../fixtures.ts';
import { Hotmart } from '../hotmart.ts';
import { MailServer } from '../mail.ts';
import { choose, send } from '../send.ts';
import { startServer } from '../server.ts';

test('a buyer who writes from another address proves their purchase by a code', async ({ page, context, allowed }) => {
  test.setTimeout(240_000);
  // This test has a server of its own, which the fixtures take for another host; a wrong code is refused.
  allowed.message(/^request to another host/).status(422);
  const [hotmart, mails] = [await Hotmart.start(), await MailServer.start()];
  const mail = { AJUDA_SMTP_HOST: '127.0.0.1', AJUDA_SMTP_PORT: String(mails.port), AJUDA_SMTP_SECURITY: 'none', AJUDA_SMTP_FROM: 'support@example.com' };
  const server = await startServer({ env: { ...mail, ...hotmart.settings } });
  try {
    hotmart.connect(server, 'Forno Azul');
    await hotmart.imported(server);
    const sale = await hotmart.sale();
    await page.goto(`${server.url}/pt/contact`);
    await choose(page, 'Outro assunto');
    await page.getByLabel('Assunto', { exact: true }).fill('Tela em branco');
    await page.getByLabel('Seu nome').fill('Joana Prado');
    await page.getByLabel('Seu e-mail').fill('joana@example.com');
    await page.getByRole('textbox', { name: 'Mensagem' }).fill('Paguei ontem e o acesso ainda não chegou.');
    await send(page, 'Enviar mensagem');
    const reference = (await page.locator('.reference-code').textContent())!.trim();

    await page.goto(`${server.url}/pt/requests/${reference}`);
    await audit(page);
    await page.getByText('Confirmar que a compra é sua').click();
    await page.getByLabel('Código da transação').fill(sale.code.toLowerCase());
    await audit(page);
    await page.getByRole('button', { name: 'Enviar código para o e-mail da compra' }).click();
    await expect(page.locator('#purchase')).toContainText('Se essa compra existe');
    await audit(page);

    const email = await mails.newest(sale.email, 1);
    expect(email.text).toContain(sale.code);
    expect(email.text).not.toContain('Tela em branco');
    const code = /^\d{4} \d{4}$/m.exec(email.text)![0];
    const typed = page.locator('#buyer-code');
    await typed.fill(code === '0000 0000' ? '1111 1111' : '0000 0000');
    await page.keyboard.press('Enter');
    await expect(page.locator('#buyer-code-error')).toBeVisible();
    await audit(page);
    await typed.fill(code);
    await page.keyboard.press('Enter');
    await expect(page.locator('#purchase')).toContainText('Compra confirmada');
    await audit(page);

    // Staff see it; the address is as unconfirmed as before.
    const ana = hire(server, 'Ana Lima');
    await context.clearCookies();
    await page.goto(`${server.url}/desk/tickets/${reference}`);
    await page.getByLabel('E-mail').fill(ana);
    await page.getByLabel('Senha').fill(PASSWORD);
    await page.getByRole('button', { name: 'Entrar', exact: true }).click();
    await page.goto(`${server.url}/desk/tickets/${reference}`);
    await expect(page.locator('.desk-ticket-head')).toContainText('Comprador verificado');
    await expect(page.getByRole('region', { name: 'Compras na Hotmart' })).toContainText(sale.product);
    await expect(page.locator('.desk-side')).toContainText('E-mail não confirmado');
    await audit(page);
  } finally {
    await server.stop();
    await hotmart.stop();
    mails.stop();
  }
});
