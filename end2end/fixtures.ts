import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect, type BrowserContext } from '@playwright/test';
import { startServer, type Server } from './server.ts';

export { expect };
export { audit } from './audit.ts';

type Problem = { text: string; status?: number };

/** What a test expects although it usually is a fault. It may be said before or after the fact. */
export class Allowed {
  private readonly statuses = new Set<number>();
  private readonly messages: RegExp[] = [];

  /** Answers with this status are what the test is about: a page that is gone, a form that is refused. */
  status(...statuses: number[]): this {
    for (const status of statuses) this.statuses.add(status);
    return this;
  }

  /** A message on the console, or a failed request, that the test expects. */
  message(pattern: RegExp): this {
    this.messages.push(pattern);
    return this;
  }

  covers(problem: Problem): boolean {
    return (problem.status !== undefined && this.statuses.has(problem.status)) || this.messages.some((pattern) => pattern.test(problem.text));
  }
}

type PerTest = { allowed: Allowed };
export type PerWorker = {
  server: Server;
  /** `postgres://…`, an empty database; empty: the embedded one. */
  database: string;
  /** Settings of the server, `AJUDA_…`. Tests with other settings have another server. */
  settings: Record<string, string>;
};

/**
 * `page` fails its test on anything that a reader's browser would complain about: an error or a warning on the console, a script error,
 * a violation of the content security policy, an answer of 400 or more that the test has not allowed, a request to another host.
 */
export const test = base.extend<PerTest, PerWorker>({
  database: ['', { option: true, scope: 'worker' }],

  settings: [{}, { option: true, scope: 'worker' }],

  // One server for each worker: tests share its tickets, so a test looks only for what it made itself.
  server: [
    async ({ database, settings }, use) => {
      const server = await startServer({ env: { ...settings, ...(database ? { DATABASE_URL: database } : {}) } });
      await use(server);
      const embedded = existsSync(join(server.data, 'ajuda.db'));
      await server.stop();
      if (database && embedded) throw new Error('the tickets went into the embedded database');
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  allowed: async ({}, use) => use(new Allowed()),

  context: async ({ context, server, allowed }, use, testInfo) => {
    const seen = await watch(context, server.url);
    await use(context);
    const problems = seen.filter((problem) => !allowed.covers(problem));
    if (problems.length > 0 || testInfo.status !== testInfo.expectedStatus) {
      console.error(`The server's last lines:\n${server.log()}`);
    }
    expect([...new Set(problems.map(({ text }) => text))], 'what the browser complained about').toEqual([]);
  },
});

/** Collects what goes wrong in any page of the context. */
async function watch(context: BrowserContext, origin: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  const report = (text: string, status?: number) => problems.push({ text, status });

  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Chromium's own word on an answer of 400 or more; the answer itself is looked at below.
    if (/^Failed to load resource: the server responded with a status of \d+/.test(message.text())) return;
    report(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => report(`script error: ${error.error().stack ?? error.error()}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) report(`request to another host: ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) report(`${response.status()} for ${response.url()}`, response.status());
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A page that is left, a search that is overtaken by the next key, a download.
    if (reason !== 'net::ERR_ABORTED') report(`${reason} for ${request.url()}`);
  });
  // Without JavaScript this does not run; Chromium then still reports the violation on the console.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content security policy: ${event.effectiveDirective} blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return problems;
}
