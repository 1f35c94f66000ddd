import { readFileSync } from 'node:fs';
import { elsewhere, fileQuickly, hire, logIn, look } from '../desk.ts';
import { expect, test } from '../fixtures.ts';
import { Hotmart } from '../hotmart.ts';
import { startServer } from '../server.ts';

/** A day in the help center's zone, as a field of a form has it. */
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'America/Sao_Paulo' });

test('a lead reads new orders, filters, compares and downloads them, and looks at a customer', async ({ browser, playwright }) => {
  test.setTimeout(300_000);
  const hotmart = await Hotmart.start();
  const server = await startServer({ env: hotmart.settings });
  const { context, page } = await elsewhere(browser, server);
  try {
    await logIn(page, hire(server, 'Bia Lead', 'lead'));
    const menu = page.getByRole('navigation', { name: 'Menu', exact: true });
    await expect(menu.getByRole('link', { name: 'Relatórios' })).toHaveCount(0);
    hotmart.connect(server, 'Forno Azul');
    await hotmart.imported(server);

    await page.goto('/desk');
    await menu.getByRole('link', { name: 'Relatórios' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Novas vendas');
    await look(page);

    // Any period, compared with the one before.
    await page.getByLabel('De', { exact: true }).fill(day(364));
    await page.getByLabel('Até', { exact: true }).fill(day(0));
    await page.getByRole('button', { name: 'Ver', exact: true }).first().click();
    await expect(page).toHaveURL(new RegExp(`from=${day(364)}&to=${day(0)}`));
    await expect(page.getByText(/^Comparado com/)).toBeVisible();
    const days = Object.entries(hotmart.totals()).filter(([date]) => date >= day(364) && date <= day(0));
    const expected = days.reduce((sum, [, of]) => sum + of.new.count, 0);
    const value = (name: string) => page.locator('.figure', { has: page.getByRole('heading', { name, exact: true }) }).locator('.figure-value');
    const number = async (at: ReturnType<typeof value>) => Number(/^[\d.]+/.exec((await at.textContent())!)![0].replaceAll('.', ''));
    let orders = 0;
    for (const of of await value('Vendas').all()) orders += await number(of);
    expect(orders).toBe(expected);
    await expect(page.locator('#block-0 .figure-change').first()).toContainText(/antes:|sem mudança/);
    await page.locator('#block-0 .figure').first().getByText('Como é contado').click();
    await expect(page.locator('#block-0 .figure').first()).toContainText('no dia da aprovação');
    await look(page);

    // Narrowed down by a value of a table.
    const product = page.locator('#block-0-product tbody tr').first();
    const [name, count] = [(await product.getByRole('link').textContent())!, await number(product.locator('td').first())];
    await product.getByRole('link').click();
    await expect(page.locator('.filter-chip')).toContainText(name);
    expect(await number(value('Vendas').first())).toBe(count);
    await look(page);

    // The file has what the page shows, and the rows behind a number are as many.
    const series = page.locator('#block-0 .report-series');
    if (!(await series.locator('.report-file').isVisible())) await series.locator('summary').click();
    const [file] = await Promise.all([page.waitForEvent('download'), series.locator('.report-file').click()]);
    const text = readFileSync((await file.path())!, 'utf8');
    expect(text.startsWith('\u{feff}Moeda,De,Até,Receita,Vendas')).toBe(true);
    const currency = (await page.locator('#block-0 > h2').textContent())!;
    const lines = text.trim().split('\r\n').map((line) => line.split(',')).filter(([of]) => of === currency);
    expect(lines.reduce((sum, cells) => sum + Number(cells[4]), 0)).toBe(count);
    await value('Vendas').first().getByRole('link').click();
    await expect(page.locator('.sale-rows tbody tr').first()).toContainText(name);
    await look(page);
    const code = (await page.locator('.sale-rows code').first().textContent())!;

    for (const report of ['Reembolsos e chargebacks', 'Assinaturas', 'Pagamentos que falharam', 'Vendas e atendimento']) {
      await page.getByRole('navigation', { name: 'Relatórios' }).getByRole('link', { name: report }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(report);
      await look(page);
    }
    expect(code).toMatch(/^HP/);
    await page.getByRole('navigation', { name: 'Relatórios' }).getByRole('link', { name: 'Caminho do cliente' }).click();
    await page.getByLabel('E-mail do cliente').fill('ninguem@example.com');
    await page.getByRole('button', { name: 'Ver caminho' }).click();
    await expect(page.getByText('Nenhuma compra e nenhum chamado')).toBeVisible();
    expect(page.url()).not.toContain('ninguem');
    const request = await playwright.request.newContext({ baseURL: server.url });
    const reference = await fileQuickly(request, 'Minha compra');
    await request.dispose();
    await page.getByLabel('E-mail do cliente').fill('joana@example.com');
    await page.getByRole('button', { name: 'Ver caminho' }).click();
    await expect(page.locator('.customer-path')).toContainText(reference);
    await look(page);
  } finally {
    await context.close();
    await server.stop();
    await hotmart.stop();
  }
});

test('days that are none are said in words, and the form keeps them', async ({ browser }) => {
  test.setTimeout(300_000);
  const hotmart = await Hotmart.start(30);
  const server = await startServer({ env: hotmart.settings });
  const { context, page } = await elsewhere(browser, server);
  try {
    await logIn(page, hire(server, 'Bia Lead', 'lead'));
    await page.goto('/desk/orders/reports');
    await expect(page.getByText('Quem administra o atendimento pode conectar uma.')).toBeVisible();
    await look(page);
    hotmart.connect(server, 'Forno Azul');
    await page.goto('/desk/orders/reports/new-orders?from=2026-03-02&to=2026-03-01');
    await expect(page.getByRole('alert')).toContainText('A primeira data vem depois da segunda.');
    await expect(page.getByLabel('De', { exact: true })).toHaveValue('2026-03-02');
    await look(page);
  } finally {
    await context.close();
    await server.stop();
    await hotmart.stop();
  }
});
