import { test } from '../fixtures.ts';
import { shoot } from './shoot.ts';

/** A picture of 2 × 2 pixels. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==', 'base64');
const DRAWING = { name: 'desenho.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') };
const ABOUT_SUPPORT = { pt: '/pt/comprador/conta/como-funciona-o-suporte', es: '/es/comprador/cuenta/como-funciona-el-soporte', en: '/en/buyer/account/how-support-works' };
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
    const name = 'captura-de-tela-do-aplicativo-com-um-nome-comprido.png';
    await page.locator('.contact input[type=file]').setInputFiles([{ name, mimeType: 'image/png', buffer: PICTURE }, DRAWING]);
    await page.locator('.field-files [role=alert]').waitFor();
    await page.locator('input[type=hidden][name=staged]').waitFor({ state: 'attached' });
    await shoot(page, `${lang}-files`);
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
    await page.locator('button[name=wish][value=write]').click();
    await page.locator('button[name=wish][value=solve]').click();
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

// Without a script a message that looks like an advertisement is shown to its author once more.
test.describe(() => {
  test.use({ javaScriptEnabled: false });
  for (const [lang, path] of Object.entries(ABOUT_SUPPORT)) {
    test(`pictures of the way of a request, and of a message shown once more, in ${lang}`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.goto(path);
      await shoot(page, `${lang}-way-of-a-request`);
      await page.goto(`/${lang}/contact`);
      await page.locator('[name=for][value=buyer]').check();
      await page.locator('[name=reason][value=charge]:visible').check();
      await page.locator('#subject').fill('Cobrança desconhecida');
      await page.locator('#name').fill('João');
      await page.locator('#email').fill('joao@example.com');
      await page.locator('#message').fill('Oi https://a.example/x https://b.example/y https://c.example/z promo promo');
      await page.locator('#files').setInputFiles({ name: 'tela.png', mimeType: 'image/png', buffer: PICTURE });
      await page.locator('form.form button[type=submit]').last().click();
      await page.locator('input[name=shown]').waitFor({ state: 'attached' });
      await shoot(page, `${lang}-send-now`);
    });
  }
});
