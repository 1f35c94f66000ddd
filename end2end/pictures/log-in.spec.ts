import { test } from '../fixtures.ts';
import { startServer } from '../server.ts';
import { shoot } from './shoot.ts';

test('pictures of the way to all tickets of an address', async ({ page, allowed }) => {
  test.setTimeout(120_000);
  allowed.status(422).message(/request to another host/);
  // A mail server that nobody asks anything: sign-ins are offered where emails could leave.
  const server = await startServer({ env: { AJUDA_SMTP_HOST: '127.0.0.1', AJUDA_SMTP_PORT: '9', AJUDA_SMTP_FROM: 'support@example.com' } });
  try {
    await page.goto(`${server.url}/pt/requests`);
    await shoot(page, 'pt-log-in');
    await page.locator('#email').fill('joana@example.com');
    await page.locator('form:has(#email) button').click();
    await shoot(page, 'pt-log-in-code');
  } finally {
    await server.stop();
  }
});
