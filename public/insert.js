// Saved replies and articles for a reply: found while somebody types, put where the cursor is, without touching what stands there. Files are taken by
// dropping and pasting. Without this the same buttons send the form, and the page comes back with the text.
const PAUSE_MILLIS = 200;

for (const form of document.querySelectorAll(".desk-write")) {
  const text = form.elements.text;
  const path = form.action.replace(/\/[^/]*$/, "");
  // Nobody has put the cursor anywhere yet: it stands behind the draft, not before it.
  if (!text.selectionEnd) text.setSelectionRange(text.value.length, text.value.length);

  // What a browser adds this way, its own undo takes back.
  const put = (words) => {
    text.focus();
    const [before, after] = [text.value.slice(0, text.selectionStart), text.value.slice(text.selectionEnd)];
    // A link right behind an exclamation mark would be a picture.
    const gap = words.includes("\n") ? "\n\n" : " ";
    const piece = (/[^\s(]$/.test(before) ? gap : "") + words + (/^[\p{L}\p{N}]/u.test(after) ? gap : "");
    if (!document.execCommand("insertText", false, piece)) {
      text.setRangeText(piece, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  for (const panel of form.querySelectorAll("[data-panel]")) {
    const field = panel.querySelector("input");
    const list = panel.querySelector("ul");
    const state = panel.querySelector("[data-none]");
    let timer;
    let asked = 0;

    async function find() {
      const turn = ++asked;
      const answer = await fetch(`${path}/${panel.dataset.panel === "saved" ? "saved" : "articles"}?q=${encodeURIComponent(field.value)}`);
      if (!answer.ok || turn !== asked) return false;
      const found = await answer.json();
      list.replaceChildren(...found.map(row));
      state.textContent = found.length ? "" : state.dataset.none;
      return true;
    }

    const row = ({ value, title, text: about, insert }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      Object.assign(button, { className: "text-button", type: "submit", name: "insert", value, textContent: title });
      if (insert) button.dataset.insert = insert;
      const more = document.createElement("span");
      Object.assign(more, { className: "meta", textContent: about });
      item.append(button, " ", more);
      return item;
    };

    const toggled = () => {
      if (!panel.open) return;
      field.focus();
      if (!list.children.length) find().catch(() => {});
    };
    panel.addEventListener("toggle", toggled);
    // A key may have opened it before this script was there.
    toggled();
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => find().catch(() => {}), PAUSE_MILLIS);
    });
    field.addEventListener("keydown", async (event) => {
      if (event.key !== "Enter") return;
      // The first that was found, as in any field of this kind: for the words as they stand now, which the list may not show yet.
      event.preventDefault();
      clearTimeout(timer);
      if (await find().catch(() => false)) list.querySelector("button")?.click();
    });
    list.addEventListener("click", async (event) => {
      const button = event.target.closest("button[name=insert]");
      if (!button) return;
      event.preventDefault();
      if (button.dataset.insert) {
        put(button.dataset.insert);
      } else {
        const answer = await fetch(`${path}/insert`, { method: "POST", body: new URLSearchParams({ insert: button.value }) }).catch(() => null);
        // The form itself says what is wrong.
        if (!answer?.ok) return form.requestSubmit(button);
        const { text: words, said, files } = await answer.json();
        put(words);
        for (const file of files) keep(form, file);
        if (said) return (state.textContent = said);
      }
      panel.open = false;
    });
  }

  for (const type of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.toggle("is-dropping", type === "dragover");
      if (type === "drop") add(form, event.dataTransfer.files);
    });
  }
  text.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    add(form, event.clipboardData.files);
  });
}

/** A file that the server has already. */
function keep(form, { name, token }) {
  const control = form.querySelector("input[type=file]");
  if (!control) return;
  const item = document.createElement("p");
  const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "staged", value: token });
  const shown = Object.assign(document.createElement("span"), { className: "file-name", textContent: name });
  item.append(hidden, shown);
  control.before(item);
}

/** Files beside those that were chosen. */
function add(form, files) {
  const control = form.querySelector("input[type=file]");
  if (!control) return;
  const all = new DataTransfer();
  for (const file of [...control.files, ...files]) all.items.add(file);
  control.files = all.files;
}
