import { audit, expect, test } from '../fixtures.ts';

test('a question typed into the search bar leads to the part of the article that answers it', async ({ page }) => {
  await page.goto('/pt');
  await page.getByRole('search').locator('#q').fill('como faço para pedir reembolso da compra');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/pt\/search\?q=/);
  const first = page.locator('.result').first();
  await expect(first.getByRole('heading')).toHaveText('Como pedir o reembolso de uma compra');
  await first.getByRole('heading').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Como pedir o reembolso de uma compra');
});

test('a typo is corrected, with a way back to the exact words', async ({ page }) => {
  await page.goto('/pt/search?q=pedir+reembolsso');
  await expect(page.locator('.did-you-mean')).toContainText('reembolso');
  await expect(page.locator('.result').first()).toContainText('reembolso');
});

test('from a door to an article, and the same place in another language', async ({ page }) => {
  await page.goto('/pt');
  await page.getByRole('link', { name: 'Comprei um produto' }).click();
  await page.getByRole('link', { name: 'Como pedir o reembolso de uma compra' }).click();
  await expect(page.getByRole('navigation', { name: 'Você está em' })).toContainText('Comprei um produto');
  await page.locator('details.menu summary').click();
  await page.locator('.menu-list').getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How to request a refund');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('an article says whether it helped, with a sentence', async ({ page }) => {
  await page.goto('/pt/comprador/reembolsos/como-pedir-reembolso');
  await page.getByRole('button', { name: 'Não' }).click();
  await expect(page.getByText('Agradecemos a sua resposta')).toBeVisible();
  const sentence = page.getByLabel('Se preferir, conte com as suas palavras');
  await sentence.fill('Faltou o prazo do boleto');
  await page.locator('.feedback-more').getByRole('button', { name: 'Enviar' }).click();
  await expect(sentence).toHaveCount(0);
  await expect(page.getByText('Agradecemos a sua resposta')).toBeVisible();
});

test('tables keep their alignment and wide ones scroll on their own', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/pt/comprador/reembolsos/como-pedir-reembolso');
  await expect(page.locator('.table-scroll table').first()).toBeVisible();
  await expect(page.locator('.prose img').first()).toHaveAttribute('width', /\d+/);
});

test('nothing found leads to the form with the question filled in', async ({ page }) => {
  await page.goto('/pt/search?q=xyzzyqwv');
  await page.locator('.empty').getByRole('link', { name: 'Fale com a gente' }).click();
  await expect(page.getByLabel('Assunto', { exact: true })).toHaveValue('xyzzyqwv');
});

test('a question in other words finds its article, and what answers is quoted on top', async ({ page }) => {
  // The model is loaded in the background; until then the search goes by words.
  const isReady = async () => /^ajuda_search_passages_pending 0$/m.test(await (await page.request.get('/metrics')).text());
  await expect.poll(isReady, { timeout: 30_000 }).toBe(true);
  // On a busy machine a question that the model is late for is answered by words: then it is asked again.
  const answer = page.locator('.on-top');
  await expect(async () => {
    await page.goto('/en/search?q=money+back');
    await expect(page.locator('.result').first()).toContainText('How to request a refund', { timeout: 500 });
  }).toPass();
  await expect(async () => {
    await page.goto('/en/search?q=Where+is+the+hottok+shown+in+my+account%3F');
    await expect(answer.getByRole('heading')).toHaveText('From the article', { timeout: 500 });
  }).toPass();
  await expect(answer).toContainText('authentication tab');
  await audit(page);
  await answer.getByRole('link').click();
  await expect(page).toHaveURL(/\/en\/creator\/tools\/.+/);
});
