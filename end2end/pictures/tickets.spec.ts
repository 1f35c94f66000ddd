import { test } from '../fixtures.ts';
import { shoot } from './shoot.ts';

const ARTICLES = { pt: '/pt/comprador/reembolsos/como-pedir-reembolso', es: '/es/comprador/reembolsos/como-pedir-un-reembolso' };

for (const [lang, article] of Object.entries(ARTICLES)) {
  test(`pictures of the way of a ticket in ${lang}`, async ({ page, allowed }) => {
    test.setTimeout(300_000);
    allowed.status(422);
    await page.goto(article);
    await page.locator('details.contact > summary').click();
    await shoot(page, `${lang}-form-open`);
    await page.locator('#subject').fill('Paguei duas vezes pelo mesmo curso e quero de volta o valor de uma das compras');
    await page.locator('#name').fill('Joana Prado');
    await page.locator('#email').fill('joana@');
    await page.locator('#message').fill('Paguei ontem e o acesso ainda não chegou. Está em https://example.com/um-endereco-muito-comprido-que-nao-cabe-em-uma-linha?de=um&telefone=sim\n\nO que eu faço?');
    await page.locator('form.form button[type=submit]').last().click();
    await shoot(page, `${lang}-refused`);
    await page.locator('#email').fill('joana@example.com');
    await page.locator('#no-code, [name=no_code]').first().check();
    await page.locator('form.form button[type=submit]').last().click();
    await page.waitForURL(/\/sent$/);
    await shoot(page, `${lang}-sent`);
    await page.locator('.button-row .button-primary').click();
    await shoot(page, `${lang}-ticket`, { print: true });
    await page.locator('.reply textarea').fill('Agora aparece um erro.');
    await page.locator('.reply input[type=file]').setInputFiles({ name: 'erro.txt', mimeType: 'text/plain', buffer: Buffer.from('erro 42') });
    await page.locator('form:has(input[name=wish][value=write]) button').click();
    await page.locator('form:has(input[name=wish][value=solve]) button').click();
    await shoot(page, `${lang}-ticket-solved`);
    await page.goto(`/${lang}/requests`);
    await shoot(page, `${lang}-requests-some`);
    await page.goto(article);
    await page.locator('.feedback button[value=no]').click();
    await shoot(page, `${lang}-feedback`);
    await page.locator('#comment').fill('Faltou dizer o prazo.');
    await page.locator('.feedback-more button[type=submit]').click();
    await shoot(page, `${lang}-feedback-thanks`);
  });
}
