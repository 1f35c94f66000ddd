import { expect, test } from '../fixtures.ts';

test('the front door leads to the home page in the reader’s language', async ({ page, server }) => {
  const answer = await page.goto('/');
  expect(answer?.status()).toBe(200);
  expect(page.url()).toBe(`${server.url}/pt`);
  expect((await answer?.request().redirectedFrom()?.response())?.status()).toBe(302);
});
