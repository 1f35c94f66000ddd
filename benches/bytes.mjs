// What travels to a browser that takes brotli, without the headers. Bodies are counted as they come.

import { Client } from './client.mjs';
import { count, median, table } from './text.mjs';

const FIRST_VISIT_MAX_BYTES = 20_000;
const WASM_MAX_BYTES = 120_000;

const QUESTIONS = ['reembolso', 'como pedir reembolso', 'nao consigo acesar', 'quando posso sacar', 'cobranca desconhecida', 'link de afiliado'];
const BROTLI = { headers: { 'accept-encoding': 'br' } };

export async function measureBytes(server) {
  return new Client(server.url).once(async (client) => {
    const html = await weighPages(client);
    const anArticle = (await client.get(html.article.at(-1).path)).bytes.toString();
    // Public pages have the style in themselves; a page that doesn't names the files, which come later.
    const style = await weighFiles(client, linked(anArticle, /<link rel="stylesheet" href="([^"]+)"/g));
    const requests = (await client.get('/pt/requests')).bytes.toString();
    const sheets = await weighFiles(client, linked(requests, /<link rel="stylesheet" href="([^"]+)"/g));
    const scripts = linked(anArticle, /<script type="module" src="([^"]+)"/g);
    const loader = await weighFiles(client, scripts);
    const islands = await weighIslands(client, scripts[0]);

    const pages = Object.entries(html).map(([kind, found]) => {
      const sizes = found.map((page) => page.size);
      const plain = found.some((page) => !page.compressed) ? 'sent without compression' : '';
      return [kind, count(found.length), count(median(sizes)), count(Math.max(...sizes)), plain];
    });
    const firstVisit = html.article.map((page) => page.size + style);
    const verdicts = [['first visit to an article, HTML and CSS', median(firstVisit), Math.max(...firstVisit), FIRST_VISIT_MAX_BYTES]];
    if (islands !== null) verdicts.push(['WebAssembly and glue, when an island is touched', islands, islands, WASM_MAX_BYTES]);
    return { text: print(pages, { sheets, loader, islands }, verdicts), withinBudget: verdicts.every(([, , most, budget]) => most <= budget) };
  });
}

function print(pages, { sheets, loader, islands }, verdicts) {
  const files = [['files', 'bytes'], ['CSS, for pages without it', count(sheets)], ['JavaScript, with every page', count(loader)]];
  files.push(['WebAssembly and glue, only when touched', islands === null ? 'not built' : count(islands)]);
  const budgets = verdicts.map(([what, middle, most, budget]) => [
    what, count(middle), count(most), count(budget), most <= budget ? 'within' : 'OVER BUDGET',
  ]);
  return [
    table([['HTML, Portuguese', 'pages', 'median', 'largest', ''], ...pages]),
    table(files),
    table([['budget', 'median', 'largest', 'allowed', ''], ...budgets]),
  ].join('\n\n');
}

/** Every Portuguese page of the sample, by its kind. */
async function weighPages(client) {
  const sitemap = (await client.get('/sitemap.xml')).bytes.toString();
  const paths = linked(sitemap, /<loc>https?:\/\/[^/<]+(\/pt(?:\/[^<]*)?)<\/loc>/g);
  const depth = (wanted) => paths.filter((path) => path.split('/').length - 2 === wanted);
  const kinds = {
    home: ['/pt'],
    section: depth(1).filter((path) => path !== '/pt/contact'),
    topic: depth(2),
    article: depth(3),
    search: QUESTIONS.map((question) => `/pt/search?q=${encodeURIComponent(question)}`),
    contact: ['/pt/contact'],
  };
  const weighed = {};
  for (const [kind, of] of Object.entries(kinds)) {
    if (of.length === 0) throw new Error(`the sitemap names no ${kind}`);
    weighed[kind] = [];
    for (const path of of) {
      const { bytes, headers } = await client.get(path, BROTLI);
      weighed[kind].push({ path, size: bytes.length, compressed: headers['content-encoding'] === 'br' });
    }
  }
  return weighed;
}

async function weighFiles(client, paths) {
  let size = 0;
  for (const path of paths) size += (await client.get(path, BROTLI)).bytes.length;
  return size;
}

/** Null where the program was built without islands. */
async function weighIslands(client, loader) {
  if (!loader) return null;
  try {
    return await weighFiles(client, ['ajuda.js', 'ajuda_bg.wasm'].map((name) => loader.replace(/[^/]+$/, name)));
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

const linked = (text, pattern) => [...text.matchAll(pattern)].map((found) => found[1]);
