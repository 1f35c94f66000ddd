// The search bar while somebody types: suggestions as a combobox (WAI-ARIA), a button that clears the field, and the field over the page where it is
// narrow or the bar is out of sight. Without this file the bar is a plain form. It comes with the page, since whoever touches the field waits for it.
const form = document.querySelector("form.search");
const field = form.q;
const box = field.parentElement;
const texts = JSON.parse(form.dataset.texts);
const lang = new URL(form.action).pathname.split("/")[1];
const narrow = matchMedia("(max-width: 39.99rem)");

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const button = (kind, name, sign, press) => {
  const made = make("button", { type: "button", class: `search-${kind}`, "aria-label": name, title: name }, sign);
  made.addEventListener("click", press);
  return made;
};

const note = make("p", { class: "suggest-note" });
const list = make("div", { class: "suggest-list", id: "suggestions", role: "listbox", "aria-label": texts.suggestions });
const all = make("a", { class: "suggest-all", href: form.action });
const drop = make("div", { class: "suggest" }, note, list, all);
const status = make("p", { class: "sr", role: "status" });
box.prepend(button("close", texts.close, "←", () => (field.blur(), close())));
field.after(button("clear", texts.clear, "×", () => ((field.value = ""), field.focus(), ask())));
form.append(drop, status);
for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": false })) {
  field.setAttribute(name, value);
}

let answer; // What the search said to the newest question; null where nobody answers, undefined before.
let shown = false;
let active = -1;
let asked; // Aborts the newest question.
let watcher;

function ask() {
  asked?.abort();
  const { signal } = (asked = new AbortController());
  const q = field.value;
  answer = undefined;
  // A single letter may become anything.
  if (q.trim().length < 2) return show(false);
  // By words at every key, by meaning too once typing pauses.
  for (const [mode, pause] of [["lexical", 60], ["hybrid", 150]]) {
    setTimeout(async () => {
      if (signal.aborted) return;
      const found = await fetch(`/api/v1/search?${new URLSearchParams({ lang, limit: 6, mode, q })}`, { signal })
        .then((response) => (response.ok ? response.json() : null))
        .catch(() => null);
      if (signal.aborted || (mode === "hybrid" && found?.mode_used !== mode)) return;
      answer = found;
      fill();
      show(true);
    }, pause);
  }
}

function option(href, title, where, more) {
  const made = make("a", { class: "suggest-option", role: "option", href, "aria-selected": false, ...more }, title, " ", where);
  // For `visits.js` on the page that comes.
  made.addEventListener("click", () => sessionStorage.setItem("asked", field.value.trim()));
  return made;
}

function hitOption(hit) {
  const title = make("span", { class: "suggest-title" });
  title.innerHTML = hit.title_html; // Escaped by the search.
  if (hit.heading) title.append(make("span", { class: "suggest-heading" }, ` › ${hit.heading}`));
  const made = option(hit.url, title, make("span", { class: "suggest-where" }, `${hit.section_title} › ${hit.topic_title}`), { tabindex: -1 });
  // So that staff see which questions find their answer.
  made.addEventListener("click", () => navigator.sendBeacon("/api/v1/search/opened", new URLSearchParams({ lang, q: answer.query, token: answer.token })));
  return made;
}

function fill() {
  const hits = (answer?.hits ?? []).filter((hit) => hit.suggested).map(hitOption);
  const contact = answer?.contact ?? (answer && !hits.length && { title: form.dataset.contact, text: "", url: `/${lang}/contact` });
  if (contact) {
    const title = make("span", { class: "suggest-title" }, contact.title);
    hits.unshift(option(contact.url, title, make("span", { class: "suggest-where" }, contact.text), { class: "suggest-option suggest-contact" }));
  }
  hits.forEach((made, index) => (made.id = `suggestion-${index}`));
  list.replaceChildren(...hits);
  list.hidden = !hits.length;
  const found = answer?.total > 0;
  all.hidden = !found;
  all.href = `${form.action}?${new URLSearchParams({ q: field.value })}`;
  all.replaceChildren(texts.all.replace("{n}", answer?.total), " ", make("span", { class: "suggest-keys" }, texts.keys));
  const said = !answer ? texts.offline : !found ? texts.nothing : answer.did_you_mean ? texts.instead.replace("{n}", answer.did_you_mean.trim()) : "";
  note.textContent = said;
  note.hidden = !said;
  status.textContent = found || answer?.contact ? texts.count.replace("{n}", hits.length) : said;
  walk(-1);
}

function show(wanted) {
  shown = wanted && answer !== undefined;
  drop.hidden = !shown;
  field.setAttribute("aria-expanded", shown && !list.hidden);
  if (!shown) status.textContent = "";
}

function walk(to) {
  active = to;
  [...list.children].forEach((made, index) => made.setAttribute("aria-selected", index === to));
  const chosen = list.children[to];
  chosen ? field.setAttribute("aria-activedescendant", chosen.id) : field.removeAttribute("aria-activedescendant");
  chosen?.scrollIntoView({ block: "nearest" });
}

function close() {
  form.classList.remove("search-over");
  watcher?.destroy();
  watcher = undefined;
  walk(-1);
  show(false);
}

// Over the page: on a telephone, and where the bar is out of sight. The Back button of a telephone closes it, where the browser lets it.
function lift() {
  const { top, bottom } = box.getBoundingClientRect();
  if (form.classList.contains("search-over") || !(narrow.matches || bottom < 0 || top > innerHeight)) return;
  form.classList.add("search-over");
  if (!self.CloseWatcher) return;
  watcher = new CloseWatcher();
  watcher.onclose = () => (field.blur(), close());
}

/** Puts the cursor into the field, wherever the page is. */
function open(event) {
  event.preventDefault();
  lift();
  field.focus({ preventScroll: true });
  field.select();
}

const step = (by) => {
  // A better answer that is under way must not move what is being chosen from.
  asked?.abort();
  show(true);
  const places = list.children.length + 1;
  walk(((active + 1 + by + places) % places) - 1);
};

document.addEventListener("keydown", (event) => {
  if (event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) open(event);
});
document.querySelector(".search-open")?.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || open(event));

field.addEventListener("input", ask);
field.addEventListener("focus", lift);
field.addEventListener("keydown", (event) => {
  // Keys pressed while an input method composes a word belong to that word.
  if (event.isComposing) return;
  const over = form.classList.contains("search-over");
  const act = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: shown && list.children[active] && (() => list.children[active].click()),
    Escape: (shown || over) && (() => (over && field.blur(), close())),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
// A press on what drops down leaves the cursor in the field.
form.addEventListener("mousedown", (event) => event.target !== field && event.preventDefault());
form.addEventListener("focusout", (event) => {
  // The window alone may have lost it.
  if (document.activeElement !== field && !form.contains(event.relatedTarget)) close();
});

// Who comes back finds what they typed, and nothing open over it. Some browsers empty the field themselves.
const restore = () => {
  const { typed } = history.state ?? {};
  if (typed !== undefined && field.value === field.defaultValue) field.value = typed;
};
addEventListener("pagehide", () => history.replaceState({ ...history.state, typed: field.value }, ""));
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  close();
  restore();
});

close();
restore();
if (document.activeElement === field) {
  lift();
  ask();
}
