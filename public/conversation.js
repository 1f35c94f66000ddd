// A ticket's page shows new answers as they come. Without this a link on the page loads it again. A form that
// somebody has begun with is never touched.
const RETRY_MILLIS = 5000;
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
  for (const old of document.querySelectorAll("[data-renewed]")) {
    if (old.dataset.renewed === "reply" && isBegunWith(old)) continue;
    const renewed = page.querySelector(`[data-renewed="${old.dataset.renewed}"]`);
    if (!renewed) continue;
    if (old.dataset.renewed === "conversation") grow(old, renewed);
    // What is replaced would take the focus with it.
    else if (!old.contains(document.activeElement)) old.replaceChildren(...renewed.childNodes);
  }
  const place = document.querySelector("[data-events]");
  place.dataset.events = page.querySelector("[data-events]")?.dataset.events ?? place.dataset.events;
}

/** What was said stays as it is, under the reader's eyes, finger or voice; behind it stands what is new. */
function grow(list, renewed) {
  const known = list.querySelectorAll(":scope > .message").length;
  const [gone, come] = [list, renewed].map((of) => [...of.children].slice(known));
  if (gone.length === come.length && gone.every((child, index) => child.isEqualNode(come[index]))) return;
  gone.forEach((child) => child.remove());
  list.append(...come);
}

/** Begun with, also by the browser, which puts back what stood there before a reload. */
function isBegunWith(place) {
  const fields = [...place.querySelectorAll("input:not([type=hidden]), textarea")];
  return isBegun || fields.some((field) => field.files?.length || field.checked !== field.defaultChecked || (!field.files && field.value !== field.defaultValue));
}

for (const type of ["focusin", "pointerdown", "input", "dragenter"]) {
  document.addEventListener(type, (event) => (isBegun ||= type === "dragenter" || isInForm(event.target)), { passive: true });
}

// A page that nobody looks at holds no connection.
document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
listen();
