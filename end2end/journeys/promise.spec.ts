import { audit, expect, test } from '../fixtures.ts';
import { choose, send } from '../send.ts';
import { startServer } from '../server.ts';

const HOUR_MS = 3_600_000;

test('an urgent message is promised an earlier answer, on the page after sending and on its own', async ({ page, allowed }) => {
  test.setTimeout(90_000);
  // This test has a server of its own, which the fixtures take for another host.
  allowed.message(/^request to another host/);
  const env = {
    AJUDA_MODEL: 'none',
    AJUDA_PROMISE_WORKING_DAYS: '[1, 2, 3, 4, 5, 6, 7]',
    AJUDA_PROMISE_FIRST_ANSWER_HOURS: '30',
    AJUDA_PROMISE_TARGETS: '[{ priority = "high", hours = 3 }]',
  };
  const server = await startServer({ env });
  try {
    const messages = [
      ['Entraram na minha conta', 'Alguém invadiu minha conta e trocou a senha.', 3],
      ['Dúvida sobre o certificado', 'Onde vejo o certificado do curso que terminei?', 30],
    ] as const;
    for (const [subject, message, hours] of messages) {
      await page.goto(`${server.url}/pt/contact`);
      // What every page says holds for every message.
      await expect(page.locator('.lede')).toContainText('30 horas');
      await choose(page, 'Outro assunto');
      await page.getByLabel('Assunto', { exact: true }).fill(subject);
      await page.getByLabel('Seu nome').fill('Joana Prado');
      await page.getByLabel('Seu e-mail').fill('joana@example.com');
      await page.getByRole('textbox', { name: 'Mensagem' }).fill(message);
      await send(page, 'Enviar mensagem');
      const promised = page.locator('main time').first();
      const [due, told] = [await promised.getAttribute('datetime'), await promised.textContent()];
      expect(Math.abs(Date.parse(due!) - Date.now() - hours * HOUR_MS), `${subject}: ${due}`).toBeLessThan(HOUR_MS / 10);
      await audit(page);
      await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
      await expect(page.locator('main')).toContainText(told!);
    }
  } finally {
    await server.stop();
  }
});
