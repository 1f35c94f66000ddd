// Wakes the islands of a page when they are needed: on the first touch of one, never before. Pages work without them.
let woken;

const wake = () => (woken ??= start());

async function start() {
  const islands = await import("./ajuda.js");
  await islands.default({ module_or_path: new URL("ajuda_bg.wasm", import.meta.url) });
  islands.hydrate();
  for (const element of document.querySelectorAll("leptos-island")) {
    await islands[element.dataset.component]?.(element);
  }
}

const failed = () => (woken = undefined);

for (const type of ["focusin", "pointerdown"]) {
  document.addEventListener(type, (event) => event.target.closest?.("leptos-island") && wake().catch(failed), { passive: true });
}

// A field that already has the focus when the page arrives.
if (document.activeElement?.closest("leptos-island")) wake().catch(failed);

// The menu of languages closes as menus do: on Escape, and when the focus or a press goes elsewhere.
const menu = document.querySelector(".menu");
if (menu) {
  for (const type of ["focusin", "pointerdown"]) {
    document.addEventListener(type, (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    }, { passive: true });
  }
  addEventListener("pageshow", (event) => {
    if (event.persisted) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// The switch of the theme, in the footer of every page.
if (document.querySelector(".theme")) import("./theme.js").catch(() => {});

// A page that holds the style in itself: the file is fetched for the pages that don't, when nothing else is under way.
if (!document.querySelector("link[rel=stylesheet]") && !navigator.connection?.saveData) {
  const keep = () => ["main.css", "brand.css"].forEach((name) => fetch(new URL(name, import.meta.url), { priority: "low" }).catch(() => {}));
  addEventListener("load", () => setTimeout(keep, 2000), { once: true });
}

// What an article's page does beyond its text.
if (document.querySelector(".article-page")) import("./article.js").catch(() => {});

// What was searched and read, for contact forms.
if (document.querySelector("[data-article], .search-page, .visits")) import("./visits.js").catch(() => {});

// The link beside a heading is copied as well, where the browser lets us. Without this the address bar has it.
const copied = document.querySelector(".copied");
if (copied && navigator.clipboard) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.(".anchor");
    if (!link) return;
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      return;
    }
    copied.textContent = copied.dataset.text;
    setTimeout(() => copied.replaceChildren(), 3000);
  });
}

// How long a form was open, for those that ask; what it was open before it came back with a problem is its default value.
document.addEventListener("submit", (event) => {
  const field = event.target.querySelector?.("input[type=hidden][name=seconds]");
  if (field) field.value = Math.round(performance.now() / 1000) + (Number(field.defaultValue) || 0);
  // By which a message that is sent twice is known to be one. Not `randomUUID`, which is there under https alone.
  const id = event.target.querySelector?.("input[type=hidden][name=form_id]");
  if (id && !id.value) id.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
});

// A contact form: its script comes as soon as the form can be seen.
const form = document.querySelector(".contact-form");
if (form) {
  const dress = () => {
    import("./form.js").catch(() => {});
    // Before anybody presses something: its control is higher than the browser's own.
    if (form.querySelector(".field-files")) import("./files.js").catch(() => {});
  };
  const fold = form.closest("details");
  if (!fold || fold.open || location.hash === "#contact") dress();
  else fold.addEventListener("toggle", dress, { once: true });
}

// The message arrived: what this tab still has of it goes.
if (/\/sent$/.test(location.pathname)) {
  try {
    sessionStorage.removeItem(sessionStorage.getItem("draft-sending"));
    sessionStorage.removeItem("draft-sending");
  } catch {
    // Nothing was kept.
  }
}

// The reply of a ticket's page takes files too.
if (document.querySelector(".reply .field-files")) import("./files.js").catch(() => {});

// Any other form that takes files: its script comes when the form is touched, or files are dragged over the page. Not when a button is pressed, which it would
// move away from under the finger.
for (const type of ["focusin", "pointerdown", "dragenter"]) {
  document.addEventListener(type, (event) => {
    if (event.target.closest?.("button")) return;
    const place = type === "dragenter" ? document : event.target.closest?.("form");
    if (place?.querySelector(".field-files")) import("./files.js").catch(() => {});
  }, { passive: true });
}
