// What a reader on a slow network waits for: until a page is drawn, and from the first touch of the search field to the first suggestion. Each
// row is the median of five visits with an empty cache; the second article and the results follow in the same visit.

import { chromium } from '../end2end/node_modules/@playwright/test/index.mjs';
import { startServer } from './server.mjs';
import { duration, median, table } from './text.mjs';

const VISITS = 5;
const FIRST = '/pt/afiliado/links/duracao-do-cookie';
const SECOND = '/pt/comprador/conta/como-funciona-o-suporte';
/** As the developer tools of Chromium have them: milliseconds of a round trip, bytes a second. */
const NETWORKS = [
  { name: 'slow 3G', latency: 2000, bytes: 50_000 },
  { name: 'fast 3G', latency: 562.5, bytes: 180_000 },
];

async function visit(browser, url, { latency, bytes }) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'pt-BR' });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send('Network.enable');
  await protocol.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: bytes, uploadThroughput: bytes });
  const drawn = async (path) => {
    await page.goto(url + path, { waitUntil: 'load' });
    await page.waitForTimeout(100);
    return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
  };
  const waits = [await drawn(FIRST), await drawn(SECOND), await drawn('/pt/search?q=reembolso')];
  await context.close();
  return waits;
}

/** The field is touched as soon as it is there, on a first visit. */
async function suggestion(browser, url, { latency, bytes }) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'pt-BR' });
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  await protocol.send('Network.enable');
  await protocol.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: bytes, uploadThroughput: bytes });
  await page.goto(`${url}/pt`, { waitUntil: 'commit' });
  await page.locator('#q').click();
  const touched = performance.now();
  await page.keyboard.type('reembolso');
  await page.getByRole('option').first().waitFor();
  const waited = performance.now() - touched;
  await context.close();
  return waited;
}

const server = await startServer({ articles: new URL('../articles', import.meta.url).pathname });
const args = ['--no-sandbox', '--disable-background-networking'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
try {
  const rows = [['', 'first article', 'second article', 'then results', 'first suggestion']];
  for (const network of NETWORKS) {
    const waits = [];
    for (let at = 0; at < VISITS; at += 1) waits.push([...(await visit(browser, server.url, network)), await suggestion(browser, server.url, network)]);
    rows.push([network.name, ...waits[0].map((_, column) => duration(median(waits.map((row) => row[column]))))]);
  }
  console.log(table(rows));
} finally {
  await browser.close();
  await server.stop();
}
