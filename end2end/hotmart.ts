import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { freePort, listens, pause } from './mail.ts';
import type { Server } from './server.ts';

const START_MS = 10_000;
const IMPORT_MS = 120_000;

export type Sale = { code: string; email: string; product: string };

/** The sandbox that answers as Hotmart does, with made-up sales. */
export class Hotmart {
  private constructor(
    readonly url: string,
    private readonly kill: () => void,
  ) {}

  static async start(sales = 300): Promise<Hotmart> {
    const program = resolve(import.meta.dirname, process.env.AJUDA_SANDBOX_BIN ?? '../target/debug/ajuda-hotmart-sandbox');
    if (!existsSync(program)) throw new Error(`${program} is not there: cargo build -p ajuda-hotmart-sandbox`);
    const port = await freePort();
    const child = spawn(program, ['serve', '--listen', `127.0.0.1:${port}`, '--seed', '7', '--sales', String(sales)], { stdio: 'ignore' });
    for (const until = Date.now() + START_MS; Date.now() < until; await pause(50)) {
      if (await listens(port)) return new Hotmart(`http://127.0.0.1:${port}`, () => child.kill('SIGKILL'));
    }
    child.kill('SIGKILL');
    throw new Error('the sandbox did not start');
  }

  /** Settings by which the program asks it. */
  get env(): Record<string, string> {
    return { AJUDA_ORDERS_BASE_URL: this.url };
  }

  /** A paid sale of the last 30 days, by the API itself. */
  async sale(): Promise<Sale> {
    const keys = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'id-1', client_secret: 's3cret' });
    const basic = Buffer.from('id-1:s3cret').toString('base64');
    const asked = await fetch(`${this.url}/security/oauth/token`, { method: 'POST', body: keys, headers: { authorization: `Basic ${basic}` } });
    const { access_token } = (await asked.json()) as { access_token: string };
    const answer = await fetch(`${this.url}/payments/api/v1/sales/history`, { headers: { authorization: `Bearer ${access_token}` } });
    type Item = { purchase: { transaction: string }; buyer: { email?: string }; product: { name: string } };
    const { items } = (await answer.json()) as { items: Item[] };
    const item = items.find((one) => one.buyer.email !== undefined)!;
    return { code: item.purchase.transaction, email: item.buyer.email!, product: item.product.name };
  }

  /** Connects an account, and waits until everything is read. */
  async connect(server: Server): Promise<void> {
    this.orders(server, ['connect', '--name', 'Forno', '--client-id', 'id-1', '--client-secret-stdin'], 's3cret\n');
    for (const until = Date.now() + IMPORT_MS; Date.now() < until; await pause(500)) {
      const { accounts } = JSON.parse(this.orders(server, ['status', '--json'])) as { accounts: { complete: boolean }[] };
      if (accounts.every((account) => account.complete)) return;
    }
    throw new Error('the import did not end');
  }

  private orders(server: Server, words: string[], input = ''): string {
    const program = resolve(import.meta.dirname, process.env.AJUDA_BIN ?? '../target/debug/ajuda');
    const env = { PATH: process.env.PATH ?? '', HOME: server.data, ...this.env };
    return execFileSync(program, ['orders', '--data', server.data, ...words], { cwd: server.data, env, input }).toString();
  }

  stop(): void {
    this.kill();
  }
}
