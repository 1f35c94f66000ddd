// Every action of the page with its key, found by its name: Ctrl-K. It lists the links and buttons that have a key, and presses the one that is chosen.
const dialog = document.querySelector("#palette");
const field = dialog.querySelector("input");
const list = dialog.querySelector("ul");
const none = dialog.querySelector("p");
const isTyped = (element) => element.matches("input, select");
const nameOf = (element) => {
  if (isTyped(element)) return element.labels?.[0]?.textContent || element.getAttribute("aria-label") || element.placeholder;
  return (element.querySelector("span") ?? element).textContent;
};
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function actions() {
  const known = new Set();
  return [...document.querySelectorAll("[data-key]")].flatMap((element) => {
    const name = nameOf(element)?.trim();
    if (!name || element.hidden || known.has(element.dataset.key)) return [];
    known.add(element.dataset.key);
    return [{ element, name, key: element.dataset.key }];
  });
}

function show(press) {
  const sought = fold(field.value.trim());
  const found = actions().filter(({ name }) => fold(name).includes(sought));
  none.hidden = found.length > 0;
  list.replaceChildren(...found.map(({ element, name, key }) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "palette-action" });
    const keys = Object.assign(document.createElement("kbd"), { textContent: [...key].join(" ") });
    button.append(Object.assign(document.createElement("span"), { textContent: name }), keys);
    button.addEventListener("click", () => {
      dialog.close();
      press(element);
    });
    item.append(button);
    return item;
  }));
}

export function open(press) {
  field.value = "";
  field.oninput = () => show(press);
  field.onkeydown = (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      list.querySelector("button")?.click();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      list.querySelector("button")?.focus();
    }
  };
  list.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement) + step;
    (at < 0 ? field : buttons[Math.min(at, buttons.length - 1)]).focus();
  };
  show(press);
  dialog.showModal();
  field.focus();
}
