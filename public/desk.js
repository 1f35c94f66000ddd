// What the desk's pages do beyond links and forms: menus close as menus do, the theme can be switched, and what is typed is kept as a draft on the
// server.
for (const type of ["focusin", "pointerdown"]) {
  document.addEventListener(type, (event) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  }, { passive: true });
}
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

if (document.querySelector(".theme")) import("./theme.js").catch(() => {});
if (document.querySelector("#keys")) import("./keys.js").catch(() => {});
if (document.querySelector("[data-draft]")) import("./drafts.js").catch(() => {});
if (document.querySelector(".desk-write")) import("./insert.js").catch(() => {});
if (document.querySelector(".desk-list, .desk-ticket")) import("./tools.js").catch(() => {});
if (document.querySelector("[data-live]")) import("./live.js").catch(() => {});
