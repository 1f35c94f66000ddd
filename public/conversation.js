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
    // A list of answers grows at its end; what else is replaced would take the focus with it.
    if (old.dataset.renewed !== "conversation" && old.contains(document.activeElement)) continue;
    const renewed = page.querySelector(`[data-renewed="${old.dataset.renewed}"]`);
    if (renewed) old.replaceChildren(...renewed.childNodes);
  }
  const place = document.querySelector("[data-events]");
  place.dataset.events = page.querySelector("[data-events]")?.dataset.events ?? place.dataset.events;
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
