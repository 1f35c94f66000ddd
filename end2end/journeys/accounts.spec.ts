import { elsewhere, hire, logInAsAdmin, look } from '../desk.ts';
import { expect, test } from '../fixtures.ts';
import { Hotmart } from '../hotmart.ts';
import { startServer } from '../server.ts';

const READ_MS = 180_000;

test('an admin connects an account, watches it being read, and compares it', async ({ browser }) => {
  test.setTimeout(300_000);
  const hotmart = await Hotmart.start(150);
  const server = await startServer({ env: hotmart.settings });
  const { context, page } = await elsewhere(browser, server);
  try {
    await logInAsAdmin(page, server, 'Eva Sales');

    await page.goto('/desk/orders/accounts');
    await expect(page.getByText('Nenhuma conta conectada.')).toBeVisible();
    await look(page);
    const connect = async (id: string) => {
      await page.getByLabel('Nome', { exact: true }).last().fill('Forno Azul');
      await page.getByLabel('Client ID').fill(id);
      await page.getByLabel('Client Secret').fill('s3cret');
      await page.getByRole('button', { name: 'Conectar', exact: true }).click();
    };
    await connect('wrong');
    await expect(page.getByRole('alert')).toContainText('A Hotmart recusou as chaves');
    await expect(page.getByLabel('Client Secret')).toHaveValue('');
    await look(page);
    await connect('id-1');
    await expect(page.getByText('Conta conectada.')).toBeVisible();
    const row = page.locator('.desk-rows li', { hasText: 'Forno Azul' });
    await expect(row).toContainText(/Importando|Tudo em dia/);
    await look(page);
    await expect(async () => {
      await page.goto('/desk/orders/accounts');
      await expect(row).toContainText('Tudo em dia', { timeout: 500 });
    }).toPass({ timeout: READ_MS });

    await row.getByRole('link', { name: 'Conferir com a Hotmart' }).click();
    await expect(async () => {
      await page.reload();
      await expect(page.getByText('nenhuma diferença')).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: READ_MS });
    await look(page);

    // What somebody bought stands beside their ticket once they have shown who they are.
    const sale = await hotmart.sale();
    hire(server, 'Ana Lima');
    const form = { reason: 'other', subject: 'Minha compra', name: 'Joana Prado', email: sale.email, message: 'Paguei ontem e o acesso não chegou.', seconds: '60' };
    const answer = await page.request.post(`${server.url}/pt/contact`, { form, headers: { 'sec-fetch-site': 'same-origin' } });
    const reference = /[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}/.exec(await answer.text())![0];
    await page.goto(`/desk/tickets/${reference}`);
    const purchases = page.getByRole('region', { name: 'Compras na Hotmart' });
    await expect(purchases).toBeVisible();
    await expect(purchases).not.toContainText(sale.code);
    await look(page);

    await page.goto('/desk/orders/accounts');
    await row.locator('summary', { hasText: 'Mais' }).click();
    await expect(row.getByRole('button', { name: /^Apagar 1\d\d vendas/ })).toBeVisible();
    await row.getByRole('button', { name: /^Desconectar e manter/ }).click();
    await expect(page.getByText('as vendas ficaram')).toBeVisible();
    await expect(row).toContainText('Desconectada');
    await look(page);
  } finally {
    await context.close();
    await server.stop();
    await hotmart.stop();
  }
});
