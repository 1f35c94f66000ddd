import { elsewhere, fileQuickly, hire, logIn, look } from '../desk.ts';
import { expect, test } from '../fixtures.ts';
import { Mailbox } from '../imap.ts';
import { startServer } from '../server.ts';

test('an email that the program doubts waits, and is accepted into its ticket by the keyboard alone', async ({ browser, playwright }) => {
  test.setTimeout(120_000);
  const mailbox = await Mailbox.start();
  const server = await startServer({ env: mailbox.settings });
  const request = await playwright.request.newContext({ baseURL: server.url });
  const { context, page } = await elsewhere(browser, server);
  try {
    const reference = await fileQuickly(request, 'Pagamento em dobro');
    // An address that names the ticket, and was made up.
    const to = `support+${reference.replaceAll('-', '').toLowerCase()}-forged@example.com`;
    mailbox.deliver('Marido <joao@example.com>', to, 'Re: Pagamento em dobro', 'Sim, foi ontem.');
    await logIn(page, hire(server, 'Ana Lima'));
    await expect(async () => {
      await page.goto('/desk/mail');
      await expect(page.locator('.waiting-mail li')).toHaveCount(1, { timeout: 500 });
    }).toPass({ timeout: 60_000 });
    await expect(page.locator('.waiting-mail li')).toContainText('O endereço para o qual foi enviado não vale mais, ou foi inventado.');
    await look(page);
    await page.getByText('Ler o e-mail').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Sim, foi ontem.')).toBeVisible();
    await look(page);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: /^Aceitar/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status').first()).toContainText('O e-mail está no chamado.');
    await page.goto(`/desk/tickets/${reference}`);
    await expect(page.locator('.said-customer').last()).toContainText('Sim, foi ontem.');
    await expect(page.locator('.said-note')).toContainText('joao@example.com');
    await look(page);
  } finally {
    await context.close();
    await request.dispose();
    await server.stop();
    await mailbox.stop();
  }
});
