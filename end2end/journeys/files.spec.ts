import { audit, expect, test } from '../fixtures.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

test('a screenshot outlives a mistake in the form and stands on the ticket', async ({ page, allowed }) => {
  allowed.status(422);
  await page.goto('/pt/contact');
  await page.locator('input[name=reason]').last().check();
  await page.getByLabel('Resuma em uma frase').fill('Tela em branco');
  await page.getByLabel('Seu nome').fill('Joana Prado');
  await page.getByLabel('Seu e-mail').fill('joana@');
  await page.getByRole('textbox', { name: 'Mensagem' }).fill('A tela fica em branco depois de entrar.');
  await page.getByLabel('Prints e arquivos').setInputFiles([
    { name: 'tela.png', mimeType: 'image/png', buffer: PNG },
    { name: 'desenho.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
  ]);
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  await expect(page.getByRole('alert')).toContainText('desenho.svg não pode ser enviado');
  await expect(page.getByRole('group', { name: 'Já recebidos' })).toContainText('tela.png');
  await audit(page);
  await page.getByLabel('Seu e-mail').fill('joana@example.com');
  await page.getByRole('button', { name: 'Enviar mensagem' }).click();
  await page.getByRole('link', { name: 'Acompanhar meu pedido' }).click();
  const picture = page.locator('.message-files img');
  await expect(picture).toHaveCount(1);
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await audit(page);
});

test('screenshots come by paste and by drop', async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script the control takes them');
  await page.goto('/pt/contact');
  await page.waitForLoadState('networkidle');
  const bring = (type: 'paste' | 'drop', name: string) =>
    page.locator(type === 'paste' ? '#message' : '.field-files').evaluate(
      (element, { type, name }) => {
        const files = new DataTransfer();
        files.items.add(new File(['linha'], name, { type: 'text/plain' }));
        const how = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          type === 'paste' ? new ClipboardEvent('paste', { ...how, clipboardData: files }) : new DragEvent('drop', { ...how, dataTransfer: files }),
        );
      },
      { type, name },
    );
  await bring('paste', 'colado.txt');
  await bring('drop', 'solto.txt');
  await expect(page.locator('.chosen-files li')).toHaveText([/colado\.txt/, /solto\.txt/]);
  expect(await page.locator('#files').evaluate((input: HTMLInputElement) => input.files?.length)).toBe(2);
});
