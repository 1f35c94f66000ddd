import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 10_000;
const ARRIVE_MS = 20_000;

export type Mail = { subject: string; to: string; text: string };

/** A real mail server that puts what it gets into a Maildir. */
export class MailServer {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly kill: () => void,
  ) {}

  static async start(): Promise<MailServer> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'ajuda-mail-'));
    const args = ['--nosetuid', '--listen', `127.0.0.1:${port}`, '--class', 'aiosmtpd.handlers.Mailbox', join(folder, 'maildir')];
    const child = spawn('/usr/bin/aiosmtpd', args, { stdio: 'ignore' });
    for (const until = Date.now() + START_MS; Date.now() < until; await pause(50)) {
      if (await listens(port)) return new MailServer(port, folder, () => child.kill('SIGKILL'));
    }
    throw new Error('the mail server did not start; on Debian: apt-get install python3-aiosmtpd');
  }

  /** The newest email to an address, when there are so many. */
  async newest(to: string, count: number): Promise<Mail> {
    for (const until = Date.now() + ARRIVE_MS; Date.now() < until; await pause(100)) {
      const mails = this.received().filter((mail) => mail.to.includes(to));
      if (mails.length >= count) return mails.at(-1)!;
    }
    throw new Error(`no email number ${count} to ${to} within ${ARRIVE_MS / 1000} s`);
  }

  /** In the order of arrival. */
  private received(): Mail[] {
    const folder = join(this.folder, 'maildir', 'new');
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder).map((name) => join(folder, name));
    files.sort((one, two) => statSync(one).mtimeMs - statSync(two).mtimeMs);
    return files.map((file) => read(readFileSync(file, 'utf8')));
  }

  stop(): void {
    this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** As much of an email as these tests need: every email of the program is text and HTML, one after the other. */
function read(raw: string): Mail {
  const header = (name: string) => new RegExp(`^${name}: (.*(?:\n[ \t].*)*)`, 'im').exec(raw)?.[1] ?? '';
  const part = raw.slice(raw.search(/^Content-Type: text\/plain/im));
  const start = part.indexOf('\n\n') + 2;
  const head = part.slice(0, start);
  const body = part.slice(start).split(/\n--/)[0]!;
  return { subject: header('Subject'), to: header('To'), text: decoded(head, body) };
}

function decoded(head: string, body: string): string {
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(head)) return body;
  const bytes = body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

export function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); done(true); });
    socket.once('error', () => done(false));
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
