// A ticket's page shows new answers as they come. Without this a link on the page loads it again. A form that
// somebody has begun with is never touched. Whoever comes back to the page by Back finds what they typed and did not
// send, and nothing of what they sent.
const RETRY_MILLIS = 5000;
const MARKS_MAX = 20;
let source;
const isInForm = (element) => Boolean(element?.closest?.(".reply form"));
// A field can have the focus before this script runs.
let isBegun = isInForm(document.activeElement);

const stop = () => source?.close();

function listen() {
  stop();
  const place = document.querySelector("[data-events]");
  if (!place || document.hidden) return;
  source = new EventSource(place.dataset.events);
  source.addEventListener("news", () => {
    stop();
    renew().then(listen, () => setTimeout(listen, RETRY_MILLIS));
  });
}

async function renew() {
  const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const hold = holdField();
  const waited = document.querySelector(".withheld");
  let come = [];
  for (const old of document.querySelectorAll("[data-renewed]")) {
    if (old.dataset.renewed === "reply" && isBegunWith(old)) continue;
    const renewed = page.querySelector(`[data-renewed="${old.dataset.renewed}"]`);
    if (!renewed) continue;
    if (old.dataset.renewed === "conversation") come = grow(old, renewed);
    // What is replaced would take the focus with it.
    else if (!old.contains(document.activeElement)) old.replaceChildren(...renewed.childNodes);
  }
  const place = document.querySelector("[data-events]");
  place.dataset.events = page.querySelector("[data-events]")?.dataset.events ?? place.dataset.events;
  hold();
  point(come.find((child) => child.matches(".message-staff")) ?? (waited ? null : document.querySelector(".withheld")));
  hold();
}

/** What was said stays as it is, under the reader's eyes, finger or voice; behind it stands what is new. */
function grow(list, renewed) {
  const known = list.querySelectorAll(":scope > .message").length;
  const [gone, come] = [list, renewed].map((of) => [...of.children].slice(known));
  if (gone.length === come.length && gone.every((child, index) => child.isEqualNode(come[index]))) return [];
  gone.forEach((child) => child.remove());
  list.append(...come);
  return come;
}

/** The field in which somebody types stays where it is on the screen, whatever comes above it. Returns what does so. */
function holdField() {
  const field = document.activeElement;
  if (!isInForm(field)) return () => {};
  const before = field.getBoundingClientRect().top;
  // What a browser has moved by itself is counted in.
  return () => scrollBy({ top: field.getBoundingClientRect().top - before, behavior: "instant" });
}

/** Near a field in which somebody types stands the way to what is new and out of sight. */
function point(news) {
  const pointer = document.querySelector("[data-new-answer]");
  if (!news?.id || !pointer || !isInForm(document.activeElement)) return;
  // The end of a long one may well be seen.
  const { top } = news.getBoundingClientRect();
  if (top >= 0 && top < innerHeight) return;
  const link = pointer.querySelector("a");
  link.href = `#${news.id}`;
  link.onclick = () => (pointer.hidden = true);
  pointer.hidden = false;
}

/** Begun with, also by the browser, which puts back what stood there before a reload. */
function isBegunWith(place) {
  const fields = [...place.querySelectorAll("input:not([type=hidden]), textarea")];
  return isBegun || fields.some((field) => field.files?.length || field.checked !== field.defaultChecked || (!field.files && field.value !== field.defaultValue));
}

for (const type of ["focusin", "pointerdown", "input", "dragenter"]) {
  document.addEventListener(type, (event) => (isBegun ||= type === "dragenter" || isInForm(event.target)), { passive: true });
}

// What was typed and not sent is kept in this tab, since some browsers put nothing back into a page that they may not
// keep; of what was sent only a mark of its text is, by which it is known again.
const marks = {
  // The ticket, whatever the language of the page.
  key: `sent:${location.pathname.split("/").pop()}`,
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? { taken: [] };
    } catch {
      return { taken: [] };
    }
  },
  write(kept) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {}
  },
};

const formOf = (place) => place.querySelector("form[data-reply]");

/** FNV-1a, with the length. */
function markOf(form) {
  const text = form.querySelector("textarea").value.replace(/\r\n?/g, "\n").trim();
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
  return text && `${text.length}-${hash >>> 0}`;
}

document.addEventListener("input", ({ target }) => {
  if (target.matches("form[data-reply] textarea")) marks.write({ ...marks.read(), draft: target.value });
});
// The word that goes with a rating, in the same way.
document.addEventListener("input", ({ target }) => {
  if (target.matches("textarea[name=remark]")) marks.write({ ...marks.read(), remark: target.value });
});
document.addEventListener("submit", ({ target }) => {
  if (target.querySelector("textarea[name=remark]")) marks.write({ ...marks.read(), remark: undefined });
});

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target !== formOf(document)) return;
  marks.write({ ...marks.read(), sent: markOf(event.target) });
});

// The page to which sending leads says what became of it: the form again, or the conversation with one message more.
const form = formOf(document);
const { sent, taken, draft, remark } = marks.read();
const isArrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
if (sent && form && "refused" in form.dataset) marks.write({ taken, draft, remark });
else if (sent && isArrived) marks.write({ taken: [...taken, sent].slice(-MARKS_MAX), remark });

const openAtFirst = new Set(document.querySelectorAll("details[open]"));

addEventListener("pageshow", ({ persisted }) => {
  const word = document.querySelector("textarea[name=remark]");
  if (word && !word.value) word.value = marks.read().remark ?? "";
  const form = formOf(document);
  const mark = form && markOf(form);
  const { taken, draft } = marks.read();
  if (draft && form && !mark) {
    form.querySelector("textarea").value = draft;
    form.closest("details")?.setAttribute("open", "");
    isBegun = true;
  } else if (mark && taken.includes(mark)) {
    form.reset();
    form.querySelector("textarea").value = "";
    form.querySelector(".kept-files ul")?.replaceChildren();
    form.querySelector(".kept-files")?.setAttribute("hidden", "");
    isBegun = false;
  }
  if (!persisted) return;
  for (const open of document.querySelectorAll("details[open]")) {
    open.open = openAtFirst.has(open) || Boolean(draft && form && open.contains(form));
  }
  // Whoever logged out in the meantime finds nothing that a browser kept.
  renew().then(listen, (error) => (error.message === "404" ? location.reload() : listen()));
});

// A page that nobody looks at holds no connection.
document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
listen();
