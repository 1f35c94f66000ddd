// The switch between light, dark and the device's own theme. The head of each page puts a choice made before into effect.
const root = document.documentElement;
const choices = [...document.querySelectorAll("[data-theme-choice]")];

function chosen() {
  try {
    return localStorage.getItem("theme") ?? "system";
  } catch {
    return "system";
  }
}

function show(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const choice of choices) choice.setAttribute("aria-pressed", String(choice.dataset.themeChoice === theme));
  // The browser's own bars take the color of the page.
  const isDark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    meta.media = theme === "system" ? `(prefers-color-scheme: ${meta.dataset.theme})` : meta.dataset.theme === (isDark ? "dark" : "light") ? "all" : "not all";
  }
}

for (const choice of choices) {
  choice.addEventListener("click", () => {
    const theme = choice.dataset.themeChoice;
    try {
      if (theme === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", theme);
    } catch {
      // Where nothing is kept, the choice holds for this page.
    }
    show(theme);
  });
}

// Another tab, or a page that comes back as it was left.
addEventListener("storage", () => show(chosen()));
addEventListener("pageshow", () => show(chosen()));
show(chosen());
document.querySelector(".theme").hidden = false;
