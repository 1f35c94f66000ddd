import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, listens, pause } from './mail.ts';

const PROGRAM = '/usr/sbin/dovecot';
const PASSWORD = 'open-sesame';
const START_MS = 20_000;
const isRoot = process.getuid?.() === 0;

/** A real IMAP server with one mailbox, as the tests of the server have it. */
export class Mailbox {
  private delivered = 0;
  private constructor(private readonly port: number, private readonly folder: string, private readonly child: ChildProcess) {}

  static async start(): Promise<Mailbox> {
    const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), 'ajuda-imap-'))];
    for (const name of ['maildir/new', 'maildir/cur', 'maildir/tmp', 'run', 'state']) mkdirSync(join(folder, name), { recursive: true });
    const told = (option: string) => execFileSync('id', [option]).toString().trim();
    const [user, group] = isRoot ? ['nobody', 'nogroup'] : [told('-un'), told('-gn')];
    writeFileSync(join(folder, 'dovecot.conf'), settings(folder, port, user!, group!));
    chmodSync(folder, 0o755);
    if (isRoot) execFileSync('chown', ['-R', 'nobody:nogroup', folder]);
    const words = [PROGRAM, '-F', '-c', join(folder, 'dovecot.conf')];
    // Dovecot refuses to read mail as root.
    if (isRoot) words.unshift('setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups');
    const child = spawn(words[0]!, words.slice(1), { stdio: 'ignore' });
    for (const until = Date.now() + START_MS; Date.now() < until; await pause(50)) {
      if (await listens(port)) return new Mailbox(port, folder, child);
    }
    child.kill();
    throw new Error('the IMAP server did not start; on Debian: apt-get install dovecot-imapd');
  }

  /** What a server needs to fetch from here. */
  get settings(): Record<string, string> {
    const values = { HOST: '127.0.0.1', PORT: String(this.port), USER: 'support', PASSWORD, SECURITY: 'none', ADDRESS: 'support@example.com' };
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [`AJUDA_IMAP_${name}`, value]));
  }

  /** Puts an email into the mailbox, as a mail server does. */
  deliver(from: string, to: string, subject: string, text: string): void {
    const name = `${String(++this.delivered).padStart(6, '0')}.email.example`;
    const head = { From: from, To: to, Subject: subject, 'Message-ID': `<${name}>`, 'Content-Type': 'text/plain; charset=utf-8' };
    const raw = [...Object.entries(head).map(([field, value]) => `${field}: ${value}`), '', text, ''].join('\r\n');
    const draft = join(this.folder, 'maildir/tmp', name);
    writeFileSync(draft, raw);
    if (isRoot) execFileSync('chown', ['nobody:nogroup', draft]);
    renameSync(draft, join(this.folder, 'maildir/new', name));
  }

  async stop(): Promise<void> {
    const over = new Promise((done) => this.child.once('exit', done));
    this.child.kill();
    await over;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function settings(folder: string, port: number, user: string, group: string): string {
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${user}
default_login_user = ${user}
default_internal_group = ${group}
first_valid_uid = 1
mail_location = maildir:${folder}/maildir
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
}
