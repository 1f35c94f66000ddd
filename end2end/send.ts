import type { Page } from '@playwright/test';

/** Says what a message on the contact page is about: first where its author comes from, then a reason of that section. */
export async function choose(page: Page, reason: string | RegExp, section = 'Nenhuma destas opções') {
  await page.getByRole('radio', { name: section }).check();
  await page.getByRole('radio', { name: reason }).check();
}

/** Sends a filled-in contact form. Tests type faster than people do, so that most of them are shown their message once more. */
export async function send(page: Page, button: string) {
  await page.getByRole('button', { name: button }).click();
  await page.locator('input[name=shown], .reference-code').first().waitFor({ state: 'attached' });
  if ((await page.locator('input[name=shown]').count()) > 0) await sendNow(page);
}

/** Presses the button of the page that shows a message once more, after the time that a person needs to see it. */
export async function sendNow(page: Page) {
  await page.waitForTimeout(1500);
  await page.locator('form:has(input[name=shown]) button[type=submit]').first().click();
  await page.waitForURL(/\/sent$/);
}
