import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { test, type APIRequestContext, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { audit, expect } from './fixtures.ts';
import { choose, send } from './send.ts';
import type { Server } from './server.ts';

export const PASSWORD = 'cavalo grampo bateria';
const WIDTHS = [360, 1280];

/** For `test.use({ settings: … })`: a test that files many tickets from one address is no attack. */
export const MANY_TICKETS = { AJUDA_LIMITS_TICKETS_PER_NETWORK_PER_HOUR: '1000', AJUDA_LIMITS_TICKETS_PER_EMAIL_PER_HOUR: '1000' };

/** What the operator types. */
export function staff(server: Server, ...words: string[]): string {
  const program = resolve(import.meta.dirname, process.env.AJUDA_BIN ?? '../target/debug/ajuda');
  const env = { PATH: process.env.PATH ?? '', HOME: server.data, AJUDA_PUBLIC_URL: server.url };
  return execFileSync(program, ['staff', '--data', server.data, ...words], { cwd: server.data, env, input: `${PASSWORD}\n` }).toString();
}

/** What an authenticator app shows now. */
export const code = (secret: string) => execFileSync('oathtool', ['--totp', '-b', secret.replaceAll(' ', '')]).toString().trim();

/** Tests share a server, so each has people of its own. */
export const person = (name: string, testId: string) => `${name}.${testId.replace(/\W/g, '').slice(-12)}@example.org`;

/** Somebody of the team who has a password; their address. */
export function hire(server: Server, name: string, role = 'agent'): string {
  const address = person(name.split(' ')[0]!.toLowerCase(), test.info().testId);
  staff(server, 'add', address, '--name', name, '--role', role, '--password-stdin');
  return address;
}

export async function logIn(page: Page, address: string) {
  await page.goto('/desk');
  await page.getByLabel('E-mail').fill(address);
  await page.getByLabel('Senha').fill(PASSWORD);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Visualizações' })).toBeVisible();
}

/** An admin, who has a second factor. */
export async function logInAsAdmin(page: Page, server: Server, name: string) {
  const address = person(name.split(' ')[0]!.toLowerCase(), test.info().testId);
  const added = staff(server, 'add', address, '--name', name, '--role', 'admin', '--json');
  await page.goto((JSON.parse(added) as { link: string }).link);
  await page.getByLabel('Nova senha', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Repita a nova senha').fill(PASSWORD);
  await page.getByRole('button', { name: 'Salvar e entrar' }).click();
  await page.getByLabel('digite o código').fill(code((await page.locator('.secret').textContent())!));
  await page.getByRole('button', { name: 'Ativar' }).click();
  await expect(page.locator('.recovery-codes li')).toHaveCount(10);
}

/** Somebody else, in a browser of their own. */
export async function elsewhere(browser: Browser, server: Server): Promise<{ context: BrowserContext; page: Page }> {
  const javaScriptEnabled = test.info().project.use.javaScriptEnabled;
  const context = await browser.newContext({ baseURL: server.url, locale: 'pt-BR', timezoneId: 'America/Sao_Paulo', javaScriptEnabled });
  return { context, page: await context.newPage() };
}

/** A customer files a ticket; its reference. */
export async function file(page: Page, subject: string, text = 'Paguei ontem e o acesso ainda não chegou.') {
  await page.goto('/pt/contact');
  await choose(page, 'Outro assunto');
  await page.getByLabel('Assunto', { exact: true }).fill(subject);
  await page.getByLabel('Seu nome').fill('Joana Prado');
  await page.getByLabel('Seu e-mail').fill('joana@example.com');
  await page.getByRole('textbox', { name: 'Mensagem' }).fill(text);
  await send(page, 'Enviar mensagem');
  return (await page.locator('.reference-code').textContent())!.trim();
}

/** The same without a browser, where the form is not what a test is about. */
export async function fileQuickly(request: APIRequestContext, subject: string, more: Record<string, string> = {}) {
  const message = `${subject}: paguei ontem e o acesso ainda não chegou.`;
  const form = { reason: 'other', subject, name: 'Joana Prado', email: 'joana@example.com', message, seconds: '60', ...more };
  const answer = await request.post('/pt/contact', { form, headers: { 'sec-fetch-site': 'same-origin' } });
  return /[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}/.exec(await answer.text())![0];
}

/** Each theme at each width, without sideways scrolling. The HTML is the same without a script, so axe looks once. */
export async function look(page: Page) {
  const hasScript = test.info().project.use.javaScriptEnabled !== false;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of hasScript ? (['light', 'dark'] as const) : []) {
      // Colors on their way to the other theme are nobody's to read.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await audit(page);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${page.url()} at ${width} scrolls sideways`).toBeLessThanOrEqual(0);
  }
}

/** A page is shown a moment before its keys work, and before what they lead to does. */
export async function keysWork(page: Page) {
  const modules = (await page.locator('.desk-write').count()) ? ['keys.js', 'insert.js'] : ['keys.js'];
  for (const module of modules) {
    await page.waitForFunction((end) => performance.getEntriesByType('resource').some(({ name }) => name.endsWith(end)), `/${module}`);
    // As a text, so that it is the browser's own import: it waits until the module that the page asked for has run.
    await page.evaluate(`import(document.querySelector('script[src$="/desk.js"]').src.replace('desk.js', '${module}')).then(() => {})`);
  }
}

/** What somebody writes at `/desk/replies`. */
export async function writeReply(page: Page, name: string, text: string, isForAll = false) {
  await page.goto('/desk/replies');
  await page.getByRole('link', { name: 'Nova resposta pronta' }).click();
  await page.getByLabel('Nome', { exact: true }).fill(name);
  await page.getByLabel('Texto em português').fill(text);
  if (isForAll) await page.getByLabel('Toda a equipe pode usar').check();
  await page.getByRole('button', { name: 'Salvar', exact: true }).click();
  await expect(page.getByRole('status').first()).toContainText('Resposta pronta salva.');
}
