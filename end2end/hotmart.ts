import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pause } from './mail.ts';
import type { Server } from './server.ts';

const START_MS = 20_000;
const IMPORT_MS = 180_000;

export type Sale = { code: string; email: string; product: string };

/** Where cargo puts what `make test-browser` has built. */
const built = (name: string) => resolve(import.meta.dirname, process.env.AJUDA_BIN ?? '../target/debug/ajuda', '..', name);

/** A server that answers as Hotmart's API does, with made-up sales of the four years before now. */
export class Hotmart {
  private constructor(readonly url: string, private readonly data: string[], private readonly child: ChildProcess) {}

  static async start(sales = 300): Promise<Hotmart> {
    const program = built('ajuda-hotmart-sandbox');
    if (!existsSync(program)) throw new Error(`${program} is not there: cargo build -p ajuda-hotmart-sandbox`);
    const data = ['--seed', '7', '--sales', String(sales), '--now', new Date().toISOString()];
    const words = ['serve', '--listen', '127.0.0.1:0', '--calls-per-minute', '1000000', ...data];
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    for (const until = Date.now() + START_MS; Date.now() < until; await pause(50)) {
      const url = /^listening on (\S+)$/m.exec(printed)?.[1];
      if (url !== undefined) return new Hotmart(url, data, child);
    }
    child.kill();
    throw new Error('the sandbox of Hotmart never printed its address');
  }

  /** What a server needs to ask here. */
  get settings(): Record<string, string> {
    return { AJUDA_ORDERS_BASE_URL: this.url, AJUDA_ORDERS_CALLS_PER_MINUTE: '1000000' };
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

  connect(server: Server, name: string): void {
    this.orders(server, 'connect', '--name', name, '--client-id', 'id-1', '--client-secret-stdin');
  }

  /** Waits until everything is read. */
  async imported(server: Server): Promise<void> {
    for (const until = Date.now() + IMPORT_MS; Date.now() < until; await pause(500)) {
      const { accounts } = JSON.parse(this.orders(server, 'status', '--json')) as { accounts: { complete: boolean }[] };
      if (accounts.every(({ complete }) => complete)) return;
    }
    throw new Error(`the import did not end:\n${server.log()}`);
  }

  /** What the operator types. */
  private orders(server: Server, ...words: string[]): string {
    const env = { PATH: process.env.PATH ?? '', HOME: server.data, AJUDA_PUBLIC_URL: server.url, ...this.settings };
    return execFileSync(built('ajuda'), ['orders', '--data', server.data, ...words], { cwd: server.data, env, input: 's3cret\n' }).toString();
  }

  /** New orders of each day, as a complete import must have them. */
  totals(): Record<string, { new: { count: number; sums: Record<string, string> } }> {
    const printed = execFileSync(built('ajuda-hotmart-sandbox'), ['totals', ...this.data], { maxBuffer: 1 << 26 }).toString();
    return (JSON.parse(printed) as { new_orders_by_day: Record<string, { new: { count: number; sums: Record<string, string> } }> }).new_orders_by_day;
  }

  async stop(): Promise<void> {
    const over = new Promise((done) => this.child.once('exit', done));
    this.child.kill();
    await over;
  }
}
