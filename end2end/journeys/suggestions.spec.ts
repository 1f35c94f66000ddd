import { audit, expect, test } from '../fixtures.ts';

const PHONE = { width: 360, height: 740 };

test.describe('with a script', () => {
  test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'suggestions need a script');

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

  test('one letter asks nothing, and a button empties the field', async ({ page }) => {
    await page.goto('/pt');
    const field = page.getByRole('combobox');
    await expect(page.getByRole('button', { name: 'Limpar a pesquisa' })).toBeHidden();
    await field.pressSequentially('x');
    await page.waitForTimeout(400);
    await expect(page.locator('.suggest')).toBeHidden();
    await expect(page.locator('.search [role=status]')).toBeEmpty();
    await field.pressSequentially('qzkw');
    await expect(page.locator('.suggest-note')).toContainText('Nenhum artigo corresponde');
    await page.getByRole('button', { name: 'Limpar a pesquisa' }).click();
    await expect(field).toHaveValue('');
    await expect(field).toBeFocused();
    await expect(page.locator('.suggest')).toBeHidden();
  });

  test('where nothing is found the way to us is reached by Tab and by the arrows', async ({ page }) => {
    await page.goto('/pt');
    const field = page.getByRole('combobox');
    await field.pressSequentially('xqzkw');
    const contact = page.getByRole('option', { name: 'Fale com a gente' });
    await expect(contact).toBeVisible();
    await audit(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(contact).toBeFocused();
    await field.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/pt\/contact$/);
  });

  test('who asks for a person is offered us before all articles', async ({ page }) => {
    await page.goto('/es');
    await page.getByRole('combobox').pressSequentially('hablar con un agente');
    await expect(page.getByRole('option').first()).toContainText('Contáctanos');
    await page.keyboard.press('Enter');
    await expect(page.locator('.contact-card').getByRole('link', { name: 'Contáctanos' })).toBeVisible();
    await audit(page);
  });

  test('on a telephone the field fills the screen, and there is a way out', async ({ page }) => {
    await page.setViewportSize(PHONE);
    await page.goto('/pt/comprador/reembolsos/como-pedir-reembolso');
    const bar = page.locator('form.search');
    const field = page.getByRole('combobox');
    await field.click();
    await expect(bar).toHaveCSS('position', 'fixed');
    expect(await bar.boundingBox()).toEqual({ x: 0, y: 0, width: PHONE.width, height: PHONE.height });
    await field.pressSequentially('senha');
    await expect(page.getByRole('option').first()).toBeVisible();
    await audit(page);
    await page.getByRole('button', { name: 'Fechar a pesquisa' }).click();
    await expect(bar).not.toHaveCSS('position', 'fixed');
    await expect(page.getByRole('option').first()).toBeHidden();
    await field.click();
    await page.keyboard.press('Escape');
    await expect(bar).not.toHaveCSS('position', 'fixed');
  });

  test('Ctrl-K and the link in the header lead to the field from anywhere', async ({ page }) => {
    await page.goto('/pt/comprador/reembolsos/como-pedir-reembolso');
    const field = page.getByRole('combobox');
    await page.mouse.wheel(0, 2000);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300);
    const before = await page.evaluate(() => scrollY);
    await page.keyboard.press('Control+k');
    await expect(field).toBeFocused();
    await expect(field).toBeInViewport();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => scrollY)).toBe(before);
    await page.goto('/en');
    await page.locator('.search-open').click();
    await expect(page.getByRole('combobox')).toBeFocused();
  });

  test('who comes back finds what they typed and nothing open over it', async ({ page }) => {
    await page.goto('/pt');
    const field = page.getByRole('combobox');
    await field.pressSequentially('reembolso');
    await page.getByRole('option').first().click();
    await expect(page).toHaveURL(/\/pt\/(comprador|criador|afiliado)\//);
    await page.goBack();
    await expect(page.getByRole('combobox')).toHaveValue('reembolso');
    await expect(page.locator('.suggest')).toBeHidden();
  });

  test('articles that may answer are offered while the subject is typed, and only counted aloud', async ({ page }) => {
    await page.goto('/pt/contact');
    await page.getByLabel('Assunto', { exact: true }).click();
    await page.getByLabel('Assunto', { exact: true }).pressSequentially('como pedir reembolso');
    const first = page.locator('.suggested').getByRole('link').first();
    await expect(first).toContainText('reembolso');
    await expect(first).toHaveAccessibleName(/abre em uma nova aba/);
    await expect(page.locator('leptos-island [role=status]')).toHaveText(/^Artigos que podem ajudar: \d$/);
    await expect(page.locator('leptos-island [aria-live] .suggested, leptos-island [role=status] .suggested')).toHaveCount(0);
    await audit(page);
  });

  test('suggestions wait for one small script and one answer, nothing more', async ({ page }) => {
    const loaded = new Map<string, number>();
    page.on('response', async (response) => {
      const url = new URL(response.url());
      if (/\.(js|wasm)$|\/api\//.test(url.pathname)) loaded.set(url.pathname.split('/').pop() ?? '', (await response.body().catch(() => Buffer.alloc(0))).length);
    });
    await page.goto('/pt');
    await page.locator('#q').click();
    await page.keyboard.type('reembolso');
    await expect(page.getByRole('option').first()).toBeVisible();
    expect([...loaded.keys()].filter((name) => name.endsWith('.wasm') || name === 'ajuda.js'), 'no WebAssembly').toEqual([]);
    expect(loaded.get('suggest.js'), 'uncompressed').toBeLessThan(10_000);
  });

  test('nothing is loaded for a reader who only reads', async ({ page }) => {
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.goto('/pt/comprador/reembolsos/como-pedir-reembolso');
    await page.mouse.wheel(0, 2000);
    await page.waitForLoadState('networkidle');
    expect(loaded.filter((url) => url.endsWith('.wasm') || url.endsWith('ajuda.js'))).toEqual([]);
  });
});

test.describe('without a script', () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === true, 'the bar is a plain form');

  test('the bar and the link in the header lead to the results', async ({ page }) => {
    await page.goto('/pt');
    await page.getByRole('searchbox').fill('quero falar com uma pessoa');
    await page.keyboard.press('Enter');
    await expect(page.locator('.contact-card').getByRole('link', { name: 'Fale com a gente' })).toHaveAttribute('href', '/pt/contact');
    await expect(page.locator('meta[name=description]')).toHaveAttribute('content', /quero falar com uma pessoa/);
    await audit(page);
    await page.goto('/pt/search?q=reembolso&section=buyer');
    await expect(page.locator('.chips').getByRole('link').first()).toHaveAccessibleName(/\d+ artigos?$/);
    await page.locator('.search-open').click();
    await expect(page).toHaveURL(/\/pt\/search$/);
  });
});
