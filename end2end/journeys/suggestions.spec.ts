import { audit, expect, test } from '../fixtures.ts';

test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'suggestions need a script; without one Enter opens the results');

test('suggestions come while typing and open the part that fits, by keyboard alone', async ({ page }) => {
  await page.goto('/pt');
  const field = page.getByRole('combobox');
  await field.focus();
  await page.keyboard.type('reembol');
  const options = page.getByRole('option');
  await expect(options.first()).toContainText('reembolso');
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  await expect(options.first().locator('mark').first()).toBeVisible();
  await audit(page);
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await expect(field).toHaveAttribute('aria-activedescendant', 'suggestion-0');
  await page.keyboard.press('Escape');
  await expect(options.first()).toBeHidden();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/pt\/(comprador|criador|afiliado)\//);
});

test('Enter without a choice opens the results', async ({ page }) => {
  await page.goto('/pt/comprador');
  const field = page.getByRole('combobox');
  await field.click();
  await field.pressSequentially('conta');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/pt\/search\?q=conta/);
});

test('without a connection the suggestions say so', async ({ page, context, allowed }) => {
  allowed.message(/ERR_INTERNET_DISCONNECTED/);
  await page.goto('/pt');
  const field = page.getByRole('combobox');
  await field.click();
  await field.pressSequentially('ree');
  await expect(page.getByRole('option').first()).toBeVisible();
  await context.setOffline(true);
  await field.pressSequentially('mbolso');
  await expect(page.locator('.suggest-note')).toContainText('Sem conexão');
});

test('articles that may answer are offered while the subject is typed', async ({ page }) => {
  await page.goto('/pt/contact');
  await page.getByLabel('Assunto', { exact: true }).click();
  await page.getByLabel('Assunto', { exact: true }).pressSequentially('como pedir reembolso');
  await expect(page.locator('.suggested').getByRole('link').first()).toContainText('reembolso');
  await audit(page);
});

test('nothing is loaded for a reader who only reads', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto('/pt/comprador/reembolsos/como-pedir-reembolso');
  await page.mouse.wheel(0, 2000);
  await page.waitForLoadState('networkidle');
  expect(loaded.filter((url) => url.endsWith('.wasm') || url.endsWith('ajuda.js'))).toEqual([]);
});
