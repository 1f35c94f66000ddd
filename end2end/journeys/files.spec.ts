import type { Page } from '@playwright/test';
import { audit, expect, test } from '../fixtures.ts';
import { choose, send } from '../send.ts';

/** A picture of 2 × 2 pixels. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==', 'base64');

async function fill(page: Page, subject: string) {
  await page.goto('/pt/contact');
  await choose(page, 'Outro assunto');
  await page.getByLabel('Assunto', { exact: true }).fill(subject);
  await page.getByLabel('Seu nome').fill('Joana Prado');
  await page.getByLabel('Seu e-mail').fill('joana@example.com');
  await page.getByRole('textbox', { name: 'Mensagem' }).fill('A tela fica em branco depois de entrar.');
}

const attach = (page: Page, name: string, buffer: Buffer, mimeType = '') => page.locator('#files').setInputFiles({ name, mimeType, buffer });
const SEND = 'Enviar mensagem';
const press = (page: Page) => page.getByRole('button', { name: SEND }).click();
const lines = (page: Page) => page.locator('.kept-files li');

/** What a browser does when files come from the clipboard, or are let go over the page. */
const bring = (page: Page, type: 'paste' | 'drop', onto: string, name: string, mimeType: string, content: Buffer) =>
  page.locator(onto).evaluate(
    (element, { type, name, mimeType, content }) => {
      const files = new DataTransfer();
      files.items.add(new File([Uint8Array.from(content)], name, { type: mimeType }));
      const how = { bubbles: true, cancelable: true };
      for (const kind of type === 'paste' ? ['paste'] : ['dragenter', 'dragover', 'drop']) {
        const event = kind === 'paste' ? new ClipboardEvent(kind, { ...how, clipboardData: files }) : new DragEvent(kind, { ...how, dataTransfer: files });
        element.dispatchEvent(event);
      }
    },
    { type, name, mimeType, content: [...content] },
  );

test('files are chosen, pasted and dropped, seen, taken out and sent', async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script the control takes them');
  await page.setViewportSize({ width: 320, height: 640 });
  await fill(page, 'Três arquivos');
  await attach(page, 'escolhido.txt', Buffer.from('linha um'), 'text/plain');
  await bring(page, 'paste', '#message', 'image.png', 'image/png', PICTURE);
  await bring(page, 'drop', '.field-files', 'solto.pdf', 'application/pdf', Buffer.from('%PDF-1.7\nx\n%%EOF\n'));
  await expect(page.locator('input[type=hidden][name=staged]')).toHaveCount(3);
  await expect(lines(page)).toContainText(['escolhido.txt', 'image.png', 'solto.pdf']);
  const drawn = lines(page).nth(1).locator('canvas');
  await expect(drawn).toBeVisible();
  expect(await drawn.evaluate((canvas: HTMLCanvasElement) => [...(canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data ?? [])][3])).toBe(255);
  await expect(page.locator('.field-files [role=status]')).toHaveText('solto.pdf foi recebido.');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await audit(page);

  // By keyboard: the one that goes gives the focus to its neighbour.
  await page.getByRole('button', { name: 'Remover escolhido.txt' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remover image.png' })).toBeFocused();
  await expect(page.locator('.field-files [role=status]')).toHaveText('escolhido.txt foi removido.');
  await send(page, SEND);
  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  await expect(page.locator('.message-files a')).toHaveText([/image\.png/, /solto\.pdf/]);
  await expect(page.locator('.message-files img')).toHaveCount(1);

  // The same on the ticket's page.
  await page.locator('.reply textarea').fill('Mais uma tela.');
  await bring(page, 'paste', '.reply textarea', 'segunda.png', 'image/png', Buffer.concat([PICTURE, Buffer.from('x')]));
  await expect(lines(page)).toHaveCount(1);
  await page.locator('button[name=wish][value=write]').click();
  await expect(page.locator('.conversation .message')).toHaveCount(2);
});

test('a picture that is drawn later than it arrives is seen all the same', async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script the control takes them');
  await page.addInitScript(() => {
    const draw = window.createImageBitmap.bind(window);
    const isWanted = new Promise((resolve) => document.addEventListener('draw', resolve, { once: true }));
    window.createImageBitmap = async (image: ImageBitmapSource) => isWanted.then(() => draw(image));
  });
  await fill(page, 'Desenho lento');
  await attach(page, 'tela.png', PICTURE, 'image/png');
  const field = page.locator('.field-files');
  await expect(field.getByRole('status')).toHaveText('tela.png foi recebido.');
  await expect(lines(page).locator('canvas')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remover tela.png' }).focus();
  await page.evaluate(() => document.dispatchEvent(new Event('draw')));
  await expect(lines(page).locator('canvas')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remover tela.png' })).toBeFocused();
});

test('what can not be sent is named before the form is', async ({ page, allowed, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script the answer names it');
  allowed.status(422);
  await fill(page, 'Arquivos demais');
  const problem = page.locator('.field-files [role=alert]');
  await attach(page, 'desenho.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml');
  await expect(problem).toContainText('desenho.svg não é de um tipo aceito');
  // It says that it is a picture, and is none.
  await attach(page, 'pagina.png', Buffer.from('<!doctype html><script>alert(1)</script>'), 'image/png');
  await expect(problem).toContainText('pagina.png não é de um tipo aceito');
  await attach(page, 'grande.txt', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 'text/plain');
  await expect(problem).toContainText('grande.txt passa de 10 MB');
  await expect(lines(page)).toHaveCount(0);
  const six = [1, 2, 3, 4, 5, 6].map((number) => ({ name: `${number}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`linha ${number}`) }));
  await page.locator('#files').setInputFiles(six);
  await expect(problem).toContainText('6.txt não foi anexado');
  await expect(page.locator('input[type=hidden][name=staged]')).toHaveCount(5);
  await audit(page);
});

test('a message survives a connection that breaks, with its files', async ({ page, context, allowed, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without a script the browser says it');
  allowed.message(/ERR_INTERNET_DISCONNECTED/);
  await fill(page, 'Sem internet');
  await page.locator('#files').focus();
  await page.waitForFunction(() => document.querySelector('.file-choose'));
  await context.setOffline(true);
  await attach(page, 'tela.png', PICTURE, 'image/png');
  const problem = page.locator('.field-files [role=alert]');
  await expect(problem).toContainText('A conexão caiu antes de tela.png chegar');
  await press(page);
  await expect(problem).toContainText('A conexão caiu');
  await page.getByRole('button', { name: 'Remover tela.png' }).click();
  await press(page);
  await expect(problem).toContainText('Nada se perdeu');
  await expect(page.getByLabel('Assunto', { exact: true })).toHaveValue('Sem internet');
  await attach(page, 'tela.png', PICTURE, 'image/png');
  await expect(problem).toContainText('A conexão caiu');
  await context.setOffline(false);
  // What waits goes with the message.
  await send(page, SEND);
  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  await expect(page.locator('.message-files img')).toHaveCount(1);
});

test('what arrived before a mistake can be taken out again', async ({ page, allowed, javaScriptEnabled }) => {
  allowed.status(422);
  await fill(page, 'Um dos dois');
  await page.getByLabel('Seu e-mail').fill('joana@');
  await page.locator('#files').setInputFiles([
    { name: 'um.txt', mimeType: 'text/plain', buffer: Buffer.from('linha um') },
    { name: 'dois.txt', mimeType: 'text/plain', buffer: Buffer.from('linha dois') },
  ]);
  await press(page);
  await expect(page.locator('#errors')).toBeVisible();
  await expect(lines(page)).toHaveCount(2);
  await page.getByLabel('Seu e-mail').fill('joana@example.com');
  if (javaScriptEnabled) await page.getByRole('button', { name: 'Remover um.txt' }).click();
  else await page.getByLabel('Remover um.txt').check();
  await audit(page);
  await send(page, SEND);
  await page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  await expect(page.locator('.message-files a')).toHaveText([/dois\.txt/]);
});
