// nginx as a peer: Debian's, on files that hold the same bytes, with its settings and what it writes in a folder of its own.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from './client.mjs';
import { removeFolder, start, workFolder } from './work.mjs';

// Debian keeps it out of the path of those who are not root.
const PROGRAM = ['/usr/sbin/nginx', '/usr/bin/nginx'].find(existsSync) ?? 'nginx';
const WORKERS = 2;
const START_MAX_MS = 10_000;

/** Serves files: `{ path, type, coding, bytes }`. With `gzip` as coding nginx chooses the form itself (gzip_static), as it would with a site's own files. */
export async function startNginx(files) {
  const folder = workFolder('nginx');
  mkdirSync(join(folder, 'files'));
  const port = await freePort();
  const locations = files.map((file, index) => location(folder, file, index));
  writeFileSync(join(folder, 'nginx.conf'), settings(folder, port, locations));
  const child = start(PROGRAM, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], { stdio: 'ignore' });
  const stop = async () => {
    child.kill('SIGQUIT');
    await child.ended;
    removeFolder(folder);
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilServing(child, url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

function location(folder, { path, type, coding, bytes, plain }, index) {
  const name = join(folder, 'files', String(index));
  writeFileSync(name, coding === 'gzip' ? plain : bytes);
  if (coding === 'gzip') writeFileSync(`${name}.gz`, bytes);
  const coded = coding === 'gzip' ? 'gzip_static on; gzip_vary on;' : coding ? `add_header Content-Encoding ${coding};` : '';
  return `location = ${path} { alias ${name}; types { } default_type "${type}"; ${coded} }`;
}

/** As Debian sets it up, and no slower: files stay open, and a connection as long as it is used. */
function settings(folder, port, locations) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`);
  return `
daemon off;
worker_processes ${WORKERS};
pid ${folder}/nginx.pid;
${process.getuid() === 0 ? 'user root;' : ''}
events { worker_connections 768; }
http {
  ${temporary.join('\n  ')}
  access_log ${folder}/access.log combined buffer=64k;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  server {
    listen 127.0.0.1:${port};
    ${locations.join('\n    ')}
  }
}
`;
}

/** A port that is free now. */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function untilServing(child, url) {
  let ended;
  child.ended.then((how) => (ended = how));
  const until = Date.now() + START_MAX_MS;
  while (ended === undefined && Date.now() < until) {
    try {
      await new Client(url).once((client) => client.get('/', { wanted: 404 }));
      return;
    } catch {
      await pause(50);
    }
  }
  throw new Error(`nginx did not start${ended === undefined ? '' : `: it ended with ${ended}`}`);
}
