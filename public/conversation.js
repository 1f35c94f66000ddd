// A ticket's page shows new answers as they come. Without this a link on the page loads it again. What is being typed is never touched.
const RETRY_MILLIS = 5000;
let source;

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
    const renewed = page.querySelector(`[data-renewed="${old.dataset.renewed}"]`);
    if (renewed) old.replaceChildren(...renewed.childNodes);
  }
  const place = document.querySelector("[data-events]");
  place.dataset.events = page.querySelector("[data-events]")?.dataset.events ?? place.dataset.events;
}

// A page that nobody looks at holds no connection.
document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
listen();
