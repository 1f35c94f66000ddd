// Keys of the desk: each presses the link or button that says so (`data-key`), and that is on the page already. In fields they type. They are
// matched by character, so that `?` and `/` work on every keyboard. A person can switch them off, since some who speak to their computer have to.
const inField = (target) => target.closest?.("input, select, textarea, [contenteditable]");
const shown = (element) => element && element.getClientRects().length > 0;
const named = (keys) => [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].find((one) => shown(one) || one.closest("details:not([open])"));
const help = document.querySelector("#keys");
// Loaded ahead: what is typed right behind Ctrl-K is meant for it.
const palette = document.querySelector("#palette") && import("./palette.js").catch(() => null);
let first = "";

function press(element) {
  if (element.matches("summary")) {
    element.parentElement.open = true;
    return element.parentElement.querySelector("textarea, button, a")?.focus();
  }
  const folded = element.closest("details:not([open])");
  if (folded) folded.open = true;
  if (element.hash) return document.querySelector(element.hash)?.focus();
  if (element.matches("input, select")) return element.focus();
  element.click();
}

// What is pressed at a ticket of the list is done to that one, where none is marked.
function found(keys, mark) {
  if (named(keys)) return true;
  if (!mark || document.querySelector("[name=ticket]:checked")) return false;
  mark.checked = true;
  return named(keys) ? true : (mark.checked = false);
}

function move(step) {
  const rows = [...document.querySelectorAll(".row-subject a")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
    // Not the first button of the form, which only finds.
    const button = target.closest?.("form.desk-write")?.querySelector(".button-row button[name=do]");
    if (!button) return;
    event.preventDefault();
    return button.click();
  }
  if (key === "k" && (event.ctrlKey || event.metaKey) && palette) {
    event.preventDefault();
    return palette.then((loaded) => loaded?.open(press));
  }
  if (key === "Escape" && inField(target)) return target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || key.length !== 1 || inField(target) || document.querySelector("dialog[open]")) return;
  const keys = first + key;
  first = "";
  const mark = document.activeElement?.closest(".ticket-row")?.querySelector("[name=ticket]");
  if (key === "j" || key === "k") move(key === "j" ? 1 : -1);
  else if (key === "?") help?.showModal();
  else if (key === "x") mark?.click();
  else if (found(keys, mark)) press(named(keys));
  else if (keys === "g") {
    first = "g";
    setTimeout(() => (first = ""), 1500);
  } else return;
  event.preventDefault();
});
