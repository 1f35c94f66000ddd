// How readers fare while one host attacks: p50 and p99 of an article before and during each attack, in milliseconds, and how many of the reader's
// requests failed. Loopback only: the attacker is 127.0.0.2, the reader 127.0.0.3.
import { spawn } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

const program = process.env.AJUDA_BIN ?? 'target/release/ajuda';
const SECONDS = Number(process.env.ATTACK_SECONDS ?? 8);
const PAUSE_MS = 5;
const ATTACKER = '127.0.0.2';
const READER = '127.0.0.3';

const data = mkdtempSync(path.join(tmpdir(), 'ajuda-attacks-'));
const server = spawn(program, ['serve', '--articles', 'articles', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env.PATH, AJUDA_MODEL: 'none' } });
const port = await new Promise((resolve) => {
  let text = '';
  server.stdout.on('data', (bytes) => {
    text += bytes;
    const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text);
    if (found) resolve(Number(found[1]));
  });
});
const ARTICLE = await firstArticle();

async function firstArticle() {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/search?q=reembolso&lang=pt&limit=1`);
  return (await answer.json()).hits[0].url.split('#')[0];
}

/** What a reader waits for, one request after the other on connections that are kept, for so long. */
async function read(seconds) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4, localAddress: READER });
  const waits = [];
  let failed = 0;
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const began = performance.now();
    const isGood = await new Promise((resolve) => {
      const request = http.get({ host: '127.0.0.1', port, path: ARTICLE, agent, headers: { 'accept-encoding': 'br' }, timeout: 3000 }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode === 200));
        answer.on('error', () => resolve(false));
      });
      request.on('error', () => resolve(false));
      request.on('timeout', () => request.destroy());
    });
    waits.push(performance.now() - began);
    if (!isGood) failed += 1;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  agent.destroy();
  waits.sort((one, other) => one - other);
  const at = (share) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))].toFixed(1);
  return { p50: at(0.5), p99: at(0.99), failed, count: waits.length };
}

/** A large picture of one color whose last rows are missing: all of it is decoded before that shows. */
function damagedPng() {
  const [width, height] = [6000, 6000];
  const chunk = (name, data) => {
    const bytes = Buffer.alloc(12 + data.length);
    bytes.writeUInt32BE(data.length, 0);
    bytes.write(name, 4, 'latin1');
    data.copy(bytes, 8);
    bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
    return bytes;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((height - 10) * (1 + width * 3)));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

const sockets = new Set();
function connect(onOpen) {
  const socket = net.connect({ host: '127.0.0.1', port, localAddress: ATTACKER }, () => onOpen(socket));
  sockets.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
  return socket;
}

const head = (line, more) => `${line}\r\nHost: help\r\nSec-Fetch-Site: same-origin\r\n${more}\r\n`;
const form = (length) => head('POST /pt/contact HTTP/1.1', `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n`);

/** Each begins, and returns what ends it. */
const attacks = {
  'bodies that do not come, 1000': () => {
    const open = () => connect((socket) => socket.write(form(1_000_000) + '--b\r\n'));
    for (let number = 0; number < 1000; number += 1) open();
    const again = setInterval(() => sockets.size < 1000 && open(), 5);
    return () => clearInterval(again);
  },
  'partial heads, 70 a second': () => {
    const again = setInterval(() => connect((socket) => socket.write('GET /pt HTTP/1.1\r\nHost: h')), 1000 / 70);
    return () => clearInterval(again);
  },
  'answers that nobody reads, 100': () => {
    for (let number = 0; number < 100; number += 1) {
      connect((socket) => {
        socket.pause();
        socket.write(head(`GET ${ARTICLE} HTTP/1.1`, '').repeat(300));
      });
    }
    return () => {};
  },
  'heads of parts without end, 4': () => {
    const timers = [];
    for (let number = 0; number < 4; number += 1) {
      const begin = () => connect((socket) => {
        socket.write(form(100_000_000) + '--b\r\nContent-Disposition: form-data; name="');
        const more = setInterval(() => socket.writable && socket.write('x'.repeat(8192)), 2);
        timers.push(more);
        socket.on('close', () => { clearInterval(more); if (!ended) begin(); });
      });
      let ended = false;
      timers.push({ end: () => (ended = true) });
      begin();
    }
    return () => timers.forEach((timer) => (timer.end ? timer.end() : clearInterval(timer)));
  },
  'pictures that are refused, 8': () => {
    let isOver = false;
    const agent = new http.Agent({ keepAlive: true, maxSockets: 8, localAddress: ATTACKER });
    const body = Buffer.concat([Buffer.from('--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'), damagedPng(), Buffer.from('\r\n--b--\r\n')]);
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=b', 'content-length': body.length };
    const send = () => {
      if (isOver) return;
      const request = http.request({ host: '127.0.0.1', port, agent, method: 'POST', path: '/pt/contact/files', headers }, (answer) => { answer.resume(); answer.on('end', send); });
      request.on('error', () => setTimeout(send, 50));
      request.end(body);
    };
    for (let number = 0; number < 8; number += 1) send();
    return () => { isOver = true; agent.destroy(); };
  },
  'searches by words, 8 connections': () => {
    let isOver = false;
    const words = ['reembolso', 'como cancelar a assinatura', 'pagamento recusado cartao', 'certificado do curso', 'comissao afiliado'];
    const agent = new http.Agent({ keepAlive: true, maxSockets: 8, localAddress: ATTACKER });
    const ask = (number) => {
      if (isOver) return;
      const query = encodeURIComponent(words[number % words.length] + ' ' + number);
      http.get({ host: '127.0.0.1', port, agent, path: `/api/v1/search?lang=pt&mode=lexical&q=${query}` }, (answer) => { answer.resume(); answer.on('end', () => ask(number + 8)); }).on('error', () => ask(number + 8));
    };
    for (let number = 0; number < 8; number += 1) ask(number);
    return () => { isOver = true; agent.destroy(); };
  },
};

const names = process.argv.slice(2);
console.log('attack'.padEnd(36), 'before p50', 'p99', ' during p50', 'p99', ' failed of');
for (const [name, attack] of Object.entries(attacks).filter(([name]) => !names.length || names.some((part) => name.includes(part)))) {
  const before = await read(SECONDS / 2);
  const end = attack();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const during = await read(SECONDS);
  end();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  console.log(name.padEnd(36), before.p50.padStart(10), before.p99.padStart(6), during.p50.padStart(9), during.p99.padStart(6), String(during.failed).padStart(7), 'of', during.count);
}
server.kill();
rmSync(data, { recursive: true, force: true });
