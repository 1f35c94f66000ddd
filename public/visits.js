// What was searched and read, kept in this tab alone. A contact form shows it, and sends it where its author ticks the box.
const KEPT = "visits";
const MAX = 20;

const page = document.querySelector("[data-article]");
const query = location.pathname.endsWith("/search") && new URLSearchParams(location.search).get("q")?.trim();

function kept() {
  // A search whose answer was chosen from the suggestions, which `suggest.js` leaves here.
  const asked = sessionStorage.getItem("asked");
  sessionStorage.removeItem("asked");
  const now = [
    asked && { kind: "searched", what: asked },
    query && { kind: "searched", what: query },
    page && { kind: "read", what: page.dataset.article, title: document.querySelector("h1").textContent },
  ].filter(Boolean);
  const isNow = (visit) => now.some(({ kind, what }) => kind === visit.kind && what === visit.what);
  const before = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  const visits = [...before.filter((visit) => !isNow(visit)), ...now].slice(-MAX);
  sessionStorage.setItem(KEPT, JSON.stringify(visits));
  return visits;
}

function dress(box, visits) {
  const check = box.querySelector("input");
  const texts = box.querySelector("ul").dataset;
  check.value = visits.map(({ kind, what }) => `${kind} ${what.replace(/\s+/g, " ")}`).join("\n");
  const lines = visits.map(({ kind, what, title }) => {
    const line = document.createElement("li");
    line.textContent = texts[kind].replace("{text}", () => title ?? what);
    return line;
  });
  box.querySelector("ul").replaceChildren(...lines);
  box.hidden = !visits.length;
}

const visits = kept();
document.querySelectorAll(".visits").forEach((box) => dress(box, visits));
