import { connect, type Socket } from 'node:net';

type Waiting = { done(value: unknown): void; fail(error: Error): void };

/** Firefox's protocol: `LENGTH:JSON` on a socket, `[0, id, command, parameters]` there and `[1, id, error, result]` back. */
export class Marionette {
  private last = 0;
  private unread = Buffer.alloc(0);
  private readonly waiting = new Map<number, Waiting>();

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.waiting.forEach(({ fail }) => fail(new Error('Firefox is gone'))));
  }

  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((done, fail) => socket.once('connect', done).once('error', fail));
    return new Marionette(socket);
  }

  readonly call = (command: string, parameters: Record<string, unknown> = {}): Promise<unknown> => {
    const id = ++this.last;
    const text = JSON.stringify([0, id, command, parameters]);
    this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((done, fail) => this.waiting.set(id, { done, fail }));
  };

  private take(chunk: Buffer): void {
    this.unread = Buffer.concat([this.unread, chunk]);
    for (;;) {
      const start = this.unread.indexOf(':') + 1;
      const end = start + Number(this.unread.subarray(0, start - 1));
      if (start === 0 || this.unread.length < end) return;
      this.answer(JSON.parse(this.unread.subarray(start, end).toString()));
      this.unread = this.unread.subarray(end);
    }
  }

  private answer(message: unknown): void {
    // Its first word is a greeting.
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message as [number, number, { error: string; message: string } | null, unknown];
    const call = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) call?.fail(new Error(`${error.error}: ${error.message}`));
    else call?.done(result !== null && typeof result === 'object' && 'value' in result ? result.value : result);
  }
}
