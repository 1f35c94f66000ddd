// Pages of the desk stay true while they are open. All tabs of a browser share one stream: one of them holds it, by a lock that the browser passes on when
// that tab closes, and tells the others. Each tab knows the number of the last event that it shows, so the next holder goes on from there.
const place = document.querySelector("[data-live]");
const { staff, ticket } = place.dataset;
const SOON_MILLIS = 300;
const RETRY_MILLIS = 3000;
const HERE_EVERY_MILLIS = 20000;
const GONE_AFTER_MILLIS = 45000;
const channel = new BroadcastChannel(`desk-live-${staff}`);
let seq = Number(place.dataset.live);
let source;

/** What came, from the stream or from the tab that holds it. */
function take({ kind, data, at }) {
  if (at) seq = Math.max(seq, at);
  if (kind === "counts") counts(data);
  else if (kind === "presence") presence(data);
  else if (kind === "reload") soon();
  else if (kind === "news" && (!ticket || data.tickets.includes(ticket))) soon();
  else if (kind === "over") location.reload();
}

function hold() {
  return new Promise(() => {
    const open = () => {
      source = new EventSource(`/desk/events?after=${seq}`);
      for (const kind of ["news", "reload", "counts", "presence", "over"]) {
        source.addEventListener(kind, (event) => {
          const told = { kind, data: JSON.parse(event.data), at: Number(event.lastEventId) };
          take(told);
          channel.postMessage(told);
          if (kind === "over") source.close();
        });
      }
      source.addEventListener("error", () => {
        // A refusal ends an EventSource for good.
        if (source.readyState === EventSource.CLOSED) setTimeout(open, RETRY_MILLIS);
      });
    };
    open();
    // A page that began behind what was told already looks again.
    channel.postMessage({ kind: "at", at: seq });
  });
}

channel.addEventListener("message", ({ data: told }) => {
  if (told.kind === "hello") {
    if (source) channel.postMessage({ kind: "at", at: seq });
  } else if (told.kind === "at") {
    if (told.at > seq) {
      seq = told.at;
      soon();
    }
  } else {
    take(told);
  }
});
if (navigator.locks) navigator.locks.request(`desk-live-${staff}`, hold).catch(() => {});
else hold();
channel.postMessage({ kind: "hello" });

function counts(views) {
  for (const place of document.querySelectorAll("[data-count]")) place.textContent = views[place.dataset.count] ?? place.textContent;
}

// Who else is there: each says so again and again, and is gone when they no longer do.
const there = new Map();
function presence({ ticket: of, staff: who, name, doing }) {
  if (who === staff) return;
  const key = `${of} ${who}`;
  clearTimeout(there.get(key)?.timer);
  if (doing === "leave") there.delete(key);
  else there.set(key, { of, name, doing, timer: setTimeout(() => (there.delete(key), shown(of)), GONE_AFTER_MILLIS) });
  shown(of);
}
function shown(of) {
  const words = [...there.values()].filter((one) => one.of === of).map(({ name, doing }) => {
    return (doing === "write" ? place.dataset.writes : place.dataset.looks).replace("{name}", name);
  });
  for (const line of document.querySelectorAll(`[data-present="${CSS.escape(of)}"]`)) line.textContent = words.join(" · ");
}

if (ticket) {
  let isWriting = false;
  const say = (doing) => fetch("/desk/presence", { method: "POST", body: new URLSearchParams({ ticket, doing }), keepalive: true }).catch(() => {});
  const here = () => document.hidden || say(isWriting ? "write" : "look");
  setInterval(() => {
    here();
    isWriting = false;
  }, HERE_EVERY_MILLIS);
  document.addEventListener("visibilitychange", here);
  document.querySelector("#reply")?.addEventListener("input", () => {
    if (isWriting) return;
    isWriting = true;
    here();
  });
  addEventListener("pagehide", () => say("leave"));
}

// The page as it stands now: what is shown is renewed, what is typed, marked or chosen stays.
let timer;
let isRenewing = false;
let isAgain = false;
function soon() {
  if (isRenewing) return (isAgain = true);
  timer ??= setTimeout(() => {
    timer = null;
    isRenewing = true;
    renew().catch(() => {}).finally(() => {
      isRenewing = false;
      if (isAgain) {
        isAgain = false;
        soon();
      }
    });
  }, SOON_MILLIS);
}

async function renew() {
  // Where a form came back, the address is the form's, which only takes.
  const address = new URL(place.dataset.page ?? location.href, location.href);
  for (const name of ["done", "acted", "failed", "undo", "nothing", "bad_tag"]) address.searchParams.delete(name);
  const answer = await fetch(address.pathname + address.search, { headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (ticket) conversation(page);
  else rows(page);
}

function conversation(page) {
  const [old, now] = [document, page].map((of) => of.querySelector(".thread"));
  if (!old || !now) return;
  const known = old.children.length;
  const come = [...now.children].slice(known);
  old.append(...come);
  for (const part of [".ticket-line", ".desk-actions", "#held", ".desk-side"]) {
    const [before, after] = [document, page].map((of) => of.querySelector(part));
    const isInUse = before?.contains(document.activeElement) || before?.querySelector("[open]") || isTyped(before);
    if (before && after && !isInUse && !before.isEqualNode(after)) before.replaceWith(after);
  }
  const news = come.find((entry) => entry.matches(".said"));
  if (news) point(news);
}

/** Whether something is typed or chosen that was not sent yet. */
function isTyped(part) {
  return [...(part?.querySelectorAll("input:not([type=hidden]), select") ?? [])].some((field) => {
    if (!field.matches("select")) return field.value !== field.defaultValue;
    return field.selectedIndex !== Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
  });
}

/** Near the reply stands the way to what is new. */
function point(news) {
  const form = document.querySelector("#reply");
  if (!form) return;
  form.querySelector(".desk-new")?.remove();
  const line = document.createElement("p");
  line.className = "notice desk-new";
  line.setAttribute("role", "status");
  const link = Object.assign(document.createElement("a"), { href: `#${news.id}`, textContent: place.dataset.new });
  link.addEventListener("click", () => line.remove());
  line.append(link);
  form.prepend(line);
}

function rows(page) {
  const [old, now] = [document, page].map((of) => of.querySelector(".ticket-rows, .desk-empty"));
  const bar = document.querySelector(".desk-acts");
  // Somebody is about to act on what they see.
  if (!old || !now || bar?.contains(document.activeElement) || bar?.querySelector("[open]")) return;
  const marked = new Set([...document.querySelectorAll("[name=ticket]:checked")].map((mark) => mark.value));
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const sought = focused && (focused.matches("a") ? `a[href="${CSS.escape(focused.getAttribute("href"))}"]` : `[value="${CSS.escape(focused.value)}"]`);
  old.replaceWith(now);
  // An empty list has no buttons for those that are marked.
  const buttons = bar ? null : page.querySelector(".desk-acts");
  if (buttons) now.before(buttons);
  for (const mark of now.querySelectorAll("[name=ticket]")) mark.checked = marked.has(mark.value);
  if (sought) now.querySelector(sought)?.focus({ preventScroll: true });
  for (const [key] of there) shown(key.split(" ")[0]);
}
