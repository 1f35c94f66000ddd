import type { Page, Request } from '@playwright/test';
import { elsewhere, file, fileQuickly, hire, keysWork, logIn, MANY_TICKETS } from '../desk.ts';
import { expect, test } from '../fixtures.ts';

test.use({ settings: MANY_TICKETS });
test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'without a script a page shows what it showed when it was loaded');

const TABS = 12;

/** A page of the desk follows what happens as soon as this has an answer. */
const follows = (page: Page) => page.waitForResponse((answer) => new URL(answer.url()).pathname === '/desk/events');

/** The streams that pages have open now, each with its page. */
function streams(): { watch: (page: Page) => void; open: () => Page[] } {
  const pending = new Map<Request, Page>();
  const over = (request: Request) => pending.delete(request);
  const watch = (page: Page) => {
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/desk/events') pending.set(request, page);
    });
    page.on('requestfinished', over);
    page.on('requestfailed', over);
    page.on('close', () => pending.forEach((of, request) => of === page && over(request)));
  };
  return { watch, open: () => [...pending.values()] };
}

test('a new ticket appears in the list of a colleague, who keeps marks and focus', async ({ page, server, browser, request }) => {
  test.slow();
  const first = await fileQuickly(request, 'Primeiro da lista');
  await logIn(page, hire(server, 'Ana Lima'));
  const rui = await elsewhere(browser, server);
  await logIn(rui.page, hire(server, 'Rui Tavares'));
  const listens = follows(rui.page);
  await rui.page.goto('/desk?view=unassigned');
  await listens;
  const mark = rui.page.locator(`[name=ticket][value="${first}"]`);
  const link = rui.page.getByRole('link', { name: 'Primeiro da lista' });
  await mark.check();
  await link.focus();
  await rui.page.evaluate(() => Object.assign(window, { isSamePage: true }));
  const count = Number(await rui.page.locator('[data-count=unassigned]').textContent());

  // A ticket comes in, and a colleague takes another away.
  const second = await fileQuickly(request, 'Acabou de chegar');
  await expect(rui.page.getByRole('link', { name: 'Acabou de chegar' })).toBeVisible();
  await expect(rui.page.locator('[data-count=unassigned]')).toHaveText(String(count + 1));
  await expect(mark).toBeChecked();
  await expect(rui.page.locator(`[name=ticket][value="${second}"]`)).not.toBeChecked();
  await expect(link).toBeFocused();
  await page.goto(`/desk/tickets/${second}`);
  await expect(rui.page.locator('.ticket-row', { hasText: 'Acabou de chegar' }).locator('.presence')).toHaveText('Ana Lima está vendo');
  await page.getByRole('button', { name: 'Pegar' }).click();
  await expect(rui.page.getByRole('link', { name: 'Acabou de chegar' })).toHaveCount(0);
  await expect(rui.page.locator('[data-count=unassigned]')).toHaveText(String(count));
  await expect(mark).toBeChecked();
  await expect(link).toBeFocused();
  expect(await rui.page.evaluate(() => 'isSamePage' in window)).toBe(true);
  await rui.context.close();
});

test('an empty list fills, with all that can be done to its tickets', async ({ page, server, browser, request }) => {
  const reference = await fileQuickly(request, 'Passado adiante');
  await logIn(page, hire(server, 'Clara Rocha'));
  const listens = follows(page);
  await page.goto('/desk?view=mine');
  await listens;
  await expect(page.locator('.desk-empty')).toBeVisible();
  const rui = await elsewhere(browser, server);
  await logIn(rui.page, hire(server, 'Rui Tavares'));
  await rui.page.goto(`/desk/tickets/${reference}`);
  await rui.page.locator('#assignee').selectOption({ label: 'Clara Rocha' });
  await rui.page.getByRole('button', { name: 'Passar' }).click();
  await rui.context.close();
  const link = page.getByRole('link', { name: 'Passado adiante' });
  await expect(link).toBeVisible();
  await page.locator(`[name=ticket][value="${reference}"]`).check();
  await expect(page.locator('.desk-acts').getByRole('button', { name: 'Resolver' })).toBeVisible();
  await link.click();
  await expect(page.locator('[data-list]')).toHaveAttribute('href', '/desk?view=mine');
});

test('a customer\'s message appears above what is typed, which stays as it is', async ({ page, server, browser }) => {
  test.slow();
  const customer = await elsewhere(browser, server);
  const reference = await file(customer.page, 'Chega enquanto escrevo');
  await customer.page.getByRole('link', { name: 'Acompanhar meu chamado' }).click();
  await logIn(page, hire(server, 'Ana Lima'));
  const rui = await elsewhere(browser, server);
  await logIn(rui.page, hire(server, 'Rui Tavares'));
  let listens = follows(page);
  await page.goto(`/desk/tickets/${reference}`);
  await listens;
  listens = follows(rui.page);
  await rui.page.goto(`/desk/tickets/${reference}`);
  await listens;
  await expect(page.locator('.ticket-line + .presence')).toHaveText('Rui Tavares está vendo');

  const typed = '  Olá, Joana —\n\n\tum *momento*: "já" vejo… 🙂 ';
  const text = page.locator('#reply-text');
  // Not saved yet: it stays too.
  await page.locator('#tags').fill('pix');
  await text.pressSequentially(typed);
  await expect(rui.page.locator('.ticket-line + .presence')).toHaveText('Ana Lima está escrevendo');
  await text.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(3, 7));
  // What stands beside the tags changes.
  await rui.page.locator('#priority').selectOption('high');
  await rui.page.locator('.desk-changes form', { hasText: 'Prioridade' }).getByRole('button').click();
  await expect(page.locator('.thread')).toContainText('Prioridade: Alta');
  await customer.page.locator('.reply textarea').fill('Agora aparece um erro.');
  await customer.page.locator('button[name=wish][value=write]').click();
  await expect(page.locator('.thread')).toContainText('Agora aparece um erro.');
  await expect(text).toHaveValue(typed);
  await expect(page.locator('#tags')).toHaveValue('pix');
  await expect(text).toBeFocused();
  expect(await text.evaluate((field: HTMLTextAreaElement) => [field.selectionStart, field.selectionEnd])).toEqual([3, 7]);
  await page.locator('#reply .desk-new a').click();
  await expect(page.locator('.said').last()).toBeFocused();
  await expect(page.locator('.said').last()).toBeInViewport();
  await expect(page.locator('#reply .desk-new')).toHaveCount(0);
  await expect(text).toHaveValue(typed);

  // Who leaves is no longer there.
  await rui.page.goto('/desk/me');
  await expect(page.locator('.ticket-line + .presence')).toHaveText('');
  await rui.context.close();
  await customer.context.close();
});

test('twelve tabs follow by one stream, which goes on when its tab closes', async ({ page, context, server, request }) => {
  test.setTimeout(240_000);
  const reference = await fileQuickly(request, 'Em doze abas');
  await logIn(page, hire(server, 'Ana Lima'));
  const { watch, open } = streams();
  const tabs = [page];
  while (tabs.length < TABS) tabs.push(await context.newPage());
  tabs.forEach(watch);
  // Some at the list, some at the ticket.
  for (const [at, tab] of tabs.entries()) await tab.goto(at % 2 ? `/desk/tickets/${reference}` : '/desk?view=unassigned');
  await expect.poll(() => open().length).toBe(1);

  const shows = async (of: Page[], subject: string, note: string) => {
    await fileQuickly(request, subject);
    await request.post(`/desk/tickets/${reference}/note`, { multipart: { do: 'send', text: note, base_seq: '0', draft_version: '0' }, headers: await session() });
    for (const tab of of) {
      const news = tab.url().includes('/tickets/') ? tab.locator('.thread', { hasText: note }) : tab.getByRole('link', { name: subject, exact: true });
      await expect(news).toBeVisible();
    }
  };
  const session = async () => {
    const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    return { cookie: cookies, 'sec-fetch-site': 'same-origin' };
  };
  await shows(tabs, 'Para todas as abas', 'Nota para todas as abas');
  expect(open()).toHaveLength(1);

  const holder = open()[0]!;
  const rest = tabs.filter((tab) => tab !== holder);
  await holder.close();
  await expect.poll(() => open().length).toBe(1);
  expect(rest).toContain(open()[0]);
  await shows(rest, 'Para as que ficaram', 'Nota para as que ficaram');
  expect(open()).toHaveLength(1);
});

test('the palette finds an action by its name, and brackets walk the list', async ({ page, server, request }) => {
  const subjects = ['Lista um', 'Lista dois', 'Lista três'];
  for (const subject of subjects) await fileQuickly(request, subject);
  await logIn(page, hire(server, 'Ana Lima'));
  await keysWork(page);
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Ações' });
  await expect(dialog).toBeVisible();
  // Accents and capitals do not count.
  await page.keyboard.type('SEM RESPONSAVEL');
  await expect(dialog.getByRole('button')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/view=unassigned/);

  const heading = page.getByRole('heading', { level: 1 });
  const links = page.locator('.row-subject a');
  const shown = await links.allTextContents();
  expect(shown.length).toBeGreaterThanOrEqual(3);
  await keysWork(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText(shown[1]!);
  await keysWork(page);
  await page.keyboard.press(']');
  await expect(heading).toHaveText(shown[2]!);
  for (const subject of [shown[1]!, shown[0]!]) {
    await keysWork(page);
    await page.keyboard.press('[');
    await expect(heading).toHaveText(subject);
  }
  // Before the first there is none.
  await expect(page.locator('[data-step="-1"]')).toBeHidden();
  await keysWork(page);
  // No key reaches what stands behind the palette.
  await page.keyboard.press('Control+k');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('button').first()).toBeFocused();
  await page.keyboard.type('e!');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('nota');
  await expect(dialog.getByRole('button')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.locator('#note-text')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/view=unassigned/);
});
