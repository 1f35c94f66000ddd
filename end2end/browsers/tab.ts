import { setTimeout as pause } from 'node:timers/promises';

const WAIT_MS = 10_000;
const LOOK_MS = 50;
const REST_MS = 200;

/** The first of those that a selector names that is to be seen. WebKit's driver takes what is in a closed `details` for seen. */
const SEEN = `
  const [selector] = arguments;
  const nodes = selector.startsWith('/') && document.evaluate(selector, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  const found = nodes ? Array.from({ length: nodes.snapshotLength }, (_, index) => nodes.snapshotItem(index)) : [...document.querySelectorAll(selector)];
  return found.find((element) => element.checkVisibility({ visibilityProperty: true })) ?? null;`;

const TO_CENTER = `
  arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });
  return arguments[0].getBoundingClientRect().top + scrollY;`;

/** The commands of WebDriver that a journey needs. Marionette has the same, under these names and without the addresses. */
export const COMMANDS = {
  Back: ['POST', '/back'],
  ElementClear: ['POST', '/element/{id}/clear'],
  ElementSendKeys: ['POST', '/element/{id}/value'],
  ExecuteScript: ['POST', '/execute/sync'],
  GetActiveElement: ['GET', '/element/active'],
  GetCurrentURL: ['GET', '/url'],
  GetElementProperty: ['GET', '/element/{id}/property/{name}'],
  GetElementText: ['GET', '/element/{id}/text'],
  Navigate: ['POST', '/url'],
  PerformActions: ['POST', '/actions'],
  SetWindowRect: ['POST', '/window/rect'],
  TakeScreenshot: ['GET', '/screenshot'],
} as const;

/** WebDriver's names of keys. */
const KEYS = { ArrowDown: '\uE015', Enter: '\uE007' } as const;

const TIMEOUTS = { pageLoad: 20_000, script: 10_000, implicit: 0 };

/** What every session asks for. A dialog stays open: none is expected, so the next command fails on it. */
export const WISHES = { timeouts: TIMEOUTS, unhandledPromptBehavior: 'ignore' };

/** A browser that runs, with one tab. */
export interface Engine {
  send(command: keyof typeof COMMANDS, parameters?: Record<string, unknown>): Promise<unknown>;
  /** Errors of scripts since the start, where the engine tells them. */
  errors(): Promise<string[]>;
  stop(): Promise<void>;
}

/** CSS; XPath if it begins with a slash. */
type Selector = string;

export class Tab {
  constructor(
    private readonly engine: Engine,
    private readonly origin: string,
  ) {}

  async go(path: string): Promise<void> {
    await this.engine.send('Navigate', { url: this.origin + path });
  }

  /** Fails where the browser shows a page of its own, such as Firefox's “Document Expired”. */
  async back(): Promise<void> {
    await this.engine.send('Back');
  }

  /** The address without the host. */
  async path(): Promise<string> {
    return String(await this.engine.send('GetCurrentURL')).replace(this.origin, '');
  }

  async press(key: keyof typeof KEYS): Promise<void> {
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] }));
    await this.engine.send('PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** As a mouse does it: what WebDriver calls a click listens for `unload`, and Firefox then keeps no page for Back. */
  async click(selector: Selector): Promise<void> {
    const element = await this.shown(selector);
    // What arrives above it, such as suggestions, would move it away.
    for (let place: unknown, before: unknown = NaN; place !== before; await pause(REST_MS)) {
      before = place;
      place = await this.engine.send('ExecuteScript', { script: TO_CENTER, args: [element] });
    }
    const actions = [
      { type: 'pointerMove', origin: element, x: 0, y: 0 },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.engine.send('PerformActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** Key by key, behind what stands there. */
  async type(selector: Selector, text: string): Promise<void> {
    await this.engine.send('ElementSendKeys', { id: idOf(await this.shown(selector)), text });
  }

  async clear(selector: Selector): Promise<void> {
    await this.engine.send('ElementClear', { id: idOf(await this.shown(selector)) });
  }

  async text(selector: Selector): Promise<string> {
    return String(await this.engine.send('GetElementText', { id: idOf(await this.shown(selector)) }));
  }

  async value(selector: Selector): Promise<string> {
    return String(await this.engine.send('GetElementProperty', { id: idOf(await this.shown(selector)), name: 'value' }));
  }

  async hasFocus(selector: Selector): Promise<boolean> {
    const active = idOf(await this.engine.send('GetActiveElement'));
    return active === idOf(await this.shown(selector));
  }

  /** Whether it is to be seen now. */
  async shows(selector: Selector): Promise<boolean> {
    return (await this.first(selector)) !== undefined;
  }

  async resize(width: number, height: number): Promise<void> {
    await this.engine.send('SetWindowRect', { width, height });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(String(await this.engine.send('TakeScreenshot')), 'base64');
  }

  /** The first that is to be seen; waits for it. */
  async shown(selector: Selector): Promise<Element> {
    for (const until = Date.now() + WAIT_MS; Date.now() < until; await pause(LOOK_MS)) {
      const element = await this.first(selector);
      if (element !== undefined) return element;
    }
    throw new Error(`${selector} is not to be seen on ${await this.path()}`);
  }

  private async first(selector: Selector): Promise<Element | undefined> {
    // A page that is left meanwhile answers with an error.
    const element = await this.engine.send('ExecuteScript', { script: SEEN, args: [selector] }).catch(() => null);
    return (element as Element | null) ?? undefined;
  }
}

/** WebDriver's reference to an element: its only key is a long constant. */
type Element = Record<string, string>;

function idOf(element: unknown): string {
  return String(Object.values(element as Element)[0]);
}
