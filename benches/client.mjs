// Requests over kept connections, as a browser keeps them.

import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

const ANSWER_MAX_MS = 30_000;

export class Client {
  #agent;
  #url;

  /** `connections`: how many at most. */
  constructor(url, connections = 1) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  get(path, { headers = {}, wanted = 200 } = {}) {
    return this.#send({ method: 'GET', path, headers, wanted });
  }

  /** Posts a form as a browser does, from a page of the same site. */
  post(path, fields, { headers: own = {}, wanted }) {
    const body = new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), 'sec-fetch-site': 'same-origin', ...own };
    return this.#send({ method: 'POST', path, headers, wanted, body });
  }

  postJson(path, value, { headers: own = {}, wanted }) {
    const body = JSON.stringify(value);
    return this.#send({ method: 'POST', path, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...own }, wanted, body });
  }

  /** Any other status than the wanted one is a failure: a fast refusal must not count as a fast answer. */
  #send({ method, path, headers, wanted, body }) {
    return new Promise((done, fail) => {
      const before = performance.now();
      const sent = request(`${this.#url}${path}`, { method, headers, agent: this.#agent, timeout: ANSWER_MAX_MS }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', fail);
        answer.on('end', () => {
          const ms = performance.now() - before;
          const bytes = Buffer.concat(parts);
          if (answer.statusCode === wanted) done({ ms, bytes, headers: answer.headers });
          else fail(Object.assign(new Error(`${method} ${path} answered ${answer.statusCode} instead of ${wanted}`), { status: answer.statusCode }));
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer within ${ANSWER_MAX_MS / 1000} s`)));
      sent.on('error', fail);
      sent.end(body);
    });
  }

  /** Does something with the client and closes its connections, so that the server may stop at once. */
  async once(work) {
    try {
      return await work(this);
    } finally {
      this.#agent.destroy();
    }
  }
}
