import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from './fixtures.ts';
import type { Tab } from './tab.ts';

const ARTICLE = '/pt/comprador/reembolsos/como-pedir-reembolso';
const ABOUT = 'Quero meu reembolso';
const WRITTEN = 'Paguei ontem e o acesso ainda não chegou. O que eu faço?';
const REPLY = 'Agora aparece um erro na tela.';
/** More than the journey has behind it at its end. */
const PAGES_MAX = 12;

const SUBJECT = 'input[name=subject]';
const MESSAGE = 'textarea[name=message]';
const SUBMIT = 'form:has(textarea[name=message]) [type=submit]';
const FORM_OF_ARTICLE = '//details[.//textarea[@name="message"]]/summary';
const SEARCH = 'input[name=q]';
const SUGGESTION = '[role=option]';
const LANGUAGES = '//header//details[.//a[starts-with(@hreflang, "es")]]/summary';
const SPANISH = 'header a[hreflang|=es]';
const CONFIRM = 'form:has(input[name=shown]) [type=submit]';
const RECEIVED = '//h1[contains(normalize-space(), "Recebemos")]';

const SOON = { timeout: 3000 };

/** Back breaks in many ways: each is told, and the journey goes on. */
const soft = expect.configure({ soft: true });

test('journey', async ({ tab, javaScriptEnabled }) => {
  const { step } = test;
  await tab.go('/pt');
  if (javaScriptEnabled) {
    await step('another language, and Back: its menu is closed', () => changeLanguage(tab));
    await step('search, and Back: the suggestions are closed', () => searchAndBack(tab));
  }
  await step('search', () => (javaScriptEnabled ? chooseSuggestion(tab) : chooseResult(tab)));
  await step('article, and the form below it', () => fillIn(tab));
  await step('Back to a form that was not sent: what was typed is there', () => leaveAndComeBack(tab));
  await step('a mistake is shown, with what was typed', () => sendWithMistake(tab));
  await step('mended and sent', () => mendAndSend(tab));
  if (!javaScriptEnabled) return;
  await step('ticket, and a reply', () => reply(tab));
  await step('Back through all pages: what was sent is empty', () => backHome(tab));
});

async function changeLanguage(tab: Tab) {
  await tab.click(LANGUAGES);
  await tab.click(SPANISH);
  await expect.poll(() => tab.path()).toBe('/es');
  await back(tab);
  await atHome(tab);
}

async function searchAndBack(tab: Tab) {
  await chooseSuggestion(tab);
  await back(tab);
  await atHome(tab);
  await tab.clear(SEARCH);
}

/** What was open is closed, whether the browser has kept the page or not. */
async function atHome(tab: Tab) {
  await expect.poll(() => tab.path()).toBe('/pt');
  await soft.poll(() => tab.shows(SPANISH), { ...SOON, message: 'the menu is open' }).toBe(false);
  await soft.poll(() => tab.shows(SUGGESTION), { ...SOON, message: 'the list of suggestions is open' }).toBe(false);
}

async function chooseSuggestion(tab: Tab) {
  await tab.click(SEARCH);
  await tab.type(SEARCH, 'pedir reembol');
  await tab.shown(SUGGESTION);
  await tab.press('ArrowDown');
  expect(await tab.text(`${SUGGESTION}[aria-selected=true]`)).toContain('reembolso');
  await tab.press('Enter');
  await expect.poll(() => tab.path()).toContain(ARTICLE);
}

async function chooseResult(tab: Tab) {
  await tab.type(SEARCH, 'como pedir reembolso');
  await tab.press('Enter');
  await expect.poll(() => tab.path()).toContain('/pt/search?q=');
  await tab.click(`main a[href*="${ARTICLE}"]`);
  await expect.poll(() => tab.path()).toContain(ARTICLE);
}

async function fillIn(tab: Tab) {
  await tab.click(FORM_OF_ARTICLE);
  await tab.type(SUBJECT, ABOUT);
  await tab.type('[name=name]', 'Joana Prado');
  await tab.type('[name=email]', 'joana@');
  await tab.type(MESSAGE, WRITTEN);
}

async function leaveAndComeBack(tab: Tab) {
  await tab.click('header a[href$="/requests"]');
  await expect.poll(() => tab.path()).toBe('/pt/requests');
  await back(tab);
  await expect.poll(() => tab.path()).toContain(ARTICLE);
  if (!(await tab.shows(MESSAGE))) await tab.click(FORM_OF_ARTICLE);
  await soft.poll(() => tab.value(MESSAGE), SOON).toBe(WRITTEN);
  await soft.poll(() => tab.value(SUBJECT), SOON).toBe(ABOUT);
  if ((await tab.value(SUBJECT)) === '') await tab.type(SUBJECT, ABOUT);
}

async function sendWithMistake(tab: Tab) {
  await tab.click(SUBMIT);
  await tab.shown('#errors');
  expect(await tab.text('#errors a[href="#email"]')).not.toBe('');
  await soft.poll(() => tab.hasFocus('#errors'), { ...SOON, message: 'the summary has the focus' }).toBe(true);
  expect(await tab.value(MESSAGE)).toBe(WRITTEN);
}

async function mendAndSend(tab: Tab) {
  await tab.clear('[name=email]');
  await tab.type('[name=email]', 'joana@example.com');
  await tab.click('//label[.//input[@name="no_code"]]');
  await tab.click(SUBMIT);
  // The journey types faster than people do, so that its message is shown once more; the button counts after the time that a person needs.
  await expect.poll(async () => (await tab.shows(CONFIRM)) || (await tab.shows(RECEIVED))).toBe(true);
  if (await tab.shows(CONFIRM)) {
    await pause(1500);
    await tab.click(CONFIRM);
  }
  await tab.shown(RECEIVED);
}

async function reply(tab: Tab) {
  await tab.click('main a[href*="/requests/"]');
  await tab.shown(`//h1[normalize-space()="${ABOUT}"]`);
  await tab.type(MESSAGE, REPLY);
  await tab.click(SUBMIT);
  await tab.shown(`//main//li[contains(., "${REPLY}")]`);
  expect(await tab.value(MESSAGE)).toBe('');
}

async function backHome(tab: Tab) {
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    await back(tab);
    const path = await tab.path();
    if (path === '/pt') return atHome(tab);
    if (await tab.shows(MESSAGE)) await soft.poll(() => tab.value(MESSAGE), { ...SOON, message: `the message on ${path}` }).toBe('');
  }
  throw new Error(`the home page is not within ${PAGES_MAX} pages`);
}

async function back(tab: Tab) {
  const problem = await tab.back().then(() => '', String);
  soft(problem, 'Back').toBe('');
}
