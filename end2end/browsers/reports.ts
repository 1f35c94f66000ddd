import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

const PATH = '/content-policy-report';

export type Reporting = {
  /** Where to reach the server so that violations are told. */
  url: string;
  /** What the content security policy has kept from being loaded or run. */
  reports: string[];
  stop(): void;
};

/** Stands before the server and asks browsers to report violations of its content security policy: not every engine's driver tells them. */
export async function reporting(server: string): Promise<Reporting> {
  const reports: string[] = [];
  const front = createServer((asked, answer) => {
    if (asked.url === PATH) {
      let body = '';
      asked.on('data', (chunk: Buffer) => (body += chunk.toString()));
      asked.on('end', () => { reports.push(body); answer.writeHead(204).end(); });
      return;
    }
    const passed = request(server + asked.url, { method: asked.method, headers: asked.headers }, (got) => {
      const policy = got.headers['content-security-policy'];
      answer.writeHead(got.statusCode!, { ...got.headers, ...(policy && { 'content-security-policy': `${policy}; report-uri ${PATH}` }) });
      got.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
  const { port } = front.address() as AddressInfo;
  const stop = () => { front.closeAllConnections(); front.close(); };
  return { url: `http://127.0.0.1:${port}`, reports, stop };
}
