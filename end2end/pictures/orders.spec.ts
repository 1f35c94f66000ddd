import { elsewhere, logInAsAdmin } from '../desk.ts';
import { test } from '../fixtures.ts';
import { Hotmart } from '../hotmart.ts';
import { startServer } from '../server.ts';
import { shoot } from './shoot.ts';

const REPORTS = '/desk/orders/reports';
const YEAR = 'period=last-12-months';

test('pictures of sales', async ({ browser, playwright }) => {
  test.setTimeout(600_000);
  const hotmart = await Hotmart.start(2000);
  const server = await startServer({ env: hotmart.settings });
  const { context, page } = await elsewhere(browser, server);
  const request = await playwright.request.newContext({ baseURL: server.url });
  try {
    await logInAsAdmin(page, server, 'Eva Admin');
    await page.goto('/desk/orders/accounts');
    await shoot(page, 'orders-connect');
    hotmart.connect(server, 'Forno Azul');
    const { code, email } = await hotmart.sale();
    const message = 'Paguei ontem por PIX e o acesso ainda não chegou no meu e-mail. O que eu faço?';
    const form = { reason: 'other', subject: 'Não recebi o curso', name: 'Joana Prado', email, code, message, seconds: '60' };
    await request.post('/pt/contact', { form, headers: { 'sec-fetch-site': 'same-origin' } });
    await hotmart.imported(server);
    await page.goto('/desk/orders/accounts');
    await shoot(page, 'orders-accounts');
    await page.locator('a[href$="/compare"]').first().click();
    await shoot(page, 'orders-compare');
    for (const report of ['new-orders', 'refunds', 'subscriptions', 'failed-payments', 'support']) {
      await page.goto(`${REPORTS}/${report}?${YEAR}`);
      if (report === 'new-orders') {
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.screenshot({ path: '../docs/pictures/desk-report.png', animations: 'disabled' });
      }
      await shoot(page, `report-${report}`);
    }
    for (const rows of ['new-orders/rows?of=new', 'subscriptions/rows?of=active', 'support/rows?of=tickets']) {
      await page.goto(`${REPORTS}/${rows}&${YEAR}`);
      await shoot(page, `rows-${rows.split('/')[0]}`);
    }
    await page.goto(`${REPORTS}/path`);
    await shoot(page, 'report-path');
    await page.goto('/desk?view=all');
    await page.locator('.ticket-row a').first().click();
    await page.setViewportSize({ width: 1280, height: 1240 });
    await page.screenshot({ path: '../docs/pictures/desk-purchases.png', animations: 'disabled' });
    await shoot(page, 'ticket-purchases');
  } finally {
    await request.dispose();
    await context.close();
    await server.stop();
    await hotmart.stop();
  }
});
