// What only a script can do at a ticket and in the list: the link into the clipboard, paper, and the way through the list that one came from, which is kept
// in the tab.
const KEPT = "desk-list";
function keep() {
  const rows = [...document.querySelectorAll(".desk-list .row-subject a")];
  if (rows.length) sessionStorage.setItem(KEPT, JSON.stringify({ list: location.pathname + location.search, tickets: rows.map((row) => row.pathname) }));
}
keep();
// Rows come and go while a list is open.
addEventListener("pagehide", keep);

const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
// After a post the address is another one than the page's.
const page = document.querySelector("[data-page]")?.dataset.page ?? location.pathname;
const at = kept?.tickets.indexOf(page) ?? -1;
if (at >= 0) {
  document.querySelector("[data-list]")?.setAttribute("href", kept.list);
  for (const link of document.querySelectorAll("[data-step]")) {
    const to = kept.tickets[at + Number(link.dataset.step)];
    if (!to) continue;
    link.href = to;
    link.hidden = false;
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  const name = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = name), 2000);
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
