// A contact form while it is filled in. What is typed is a draft, kept in this tab alone until it is sent, so one rule holds after a reload, another
// language and Back: what was typed and not sent is there, what was sent is gone. Messages go as soon as their field is right; the server has the last word.
const DRAFT = "draft:";
const SENDING = "draft-sending";
const KEPT = ["for", "reason", "subject", "name", "email", "code", "no_code", "message"];

/** A browser that keeps nothing still sends forms. */
const store = (() => {
  try {
    sessionStorage.removeItem(SENDING);
    return sessionStorage;
  } catch {
    return undefined;
  }
})();

const trimmed = (control) => control.value.replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "").trim();
const isChoice = (control) => control.type === "radio" || control.type === "checkbox";

function matches(pattern, code) {
  try {
    return new RegExp(`^(?:${pattern})$`).test(code.replace(/\s/g, "").toUpperCase());
  } catch {
    return true; // an expression that only the server understands
  }
}

function dress(form) {
  const key = DRAFT + form.dataset.draft;
  const fold = form.closest("details");
  const field = (name) => form.querySelector(`[data-field="${name}"]`);
  const controls = () => [...form.elements].filter((control) => KEPT.includes(control.name));
  const pieces = form.querySelector(":scope > template");
  const { email, code, form_id: formId, seconds } = form.elements;
  const sure = form.querySelector("input[name=email_sure]");
  const isBack = form.dataset.back !== undefined;
  const note = form.querySelector(".draft");
  const meant = form.querySelector(".meant");
  let isUnderWay = false;

  // ---- the draft

  const isTouched = (control) =>
    isChoice(control) ? control.checked !== control.defaultChecked
    : control.options ? [...control.options].some((option) => option.selected !== option.defaultSelected)
    : control.value !== control.defaultValue;

  function read() {
    try {
      return JSON.parse(store?.getItem(key));
    } catch {
      return null;
    }
  }

  function save() {
    const typed = {};
    for (const control of controls()) {
      if (isChoice(control) ? control.checked : control.value) typed[control.name] = control.value;
    }
    const isBegun = Object.keys(typed).length && (isBack || controls().some(isTouched));
    try {
      if (isBegun) store?.setItem(key, JSON.stringify(typed));
      else store?.removeItem(key);
    } catch {
      // No room, or not allowed: then it is not said either.
    }
    note.hidden = !read();
  }

  /** What was typed since the page came stays as it is. */
  function fill(typed) {
    for (const control of controls()) {
      const value = typed[control.name];
      if (isTouched(control)) continue;
      if (control.type === "radio") {
        // A reason stands in the list of each section that has it.
        const section = control.closest(".section-choice")?.querySelector("[name=for]").value;
        const isThere = control.name === "for" || !section || section === typed.for;
        if (value === control.value && isThere) control.checked = true;
      } else if (control.type === "checkbox") control.checked = value === control.value;
      else if (control.options) [...control.options].filter((option) => option.value === value).forEach((option) => (option.selected = true));
      else if (value || isBack) control.value = value ?? "";
    }
  }

  function empty() {
    try {
      store?.removeItem(key);
    } catch {
      // It was never kept.
    }
    form.reset();
    // What a page that came back holds was typed too.
    if (isBack) {
      for (const control of controls()) {
        if (isChoice(control)) control.checked = false;
        else control.value = "";
      }
    }
    for (const hidden of [sure, formId, seconds]) hidden.value = "";
    meant.replaceChildren();
    form.querySelectorAll(".kept-files li, #files-error").forEach((left) => left.remove());
    form.querySelectorAll(".kept-files").forEach((box) => (box.hidden = true));
    form.querySelectorAll("[data-field]").forEach((of) => show(of, ""));
    note.hidden = true;
    chosen();
  }

  note.querySelector("button").addEventListener("click", () => {
    empty();
    const status = form.querySelector("[data-deleted]");
    status.textContent = status.dataset.deleted;
    first().focus();
  });

  /** The browser may have put back what it remembers, in part and also what was sent. The draft is what holds. */
  function restore() {
    const typed = read();
    if (!typed) return empty();
    form.reset();
    fill(typed);
  }

  // ---- messages

  const reason = () => form.querySelector("[name=reason]:checked, select[name=reason] :checked:not([value=''])");
  const isCodeWanted = () => reason()?.dataset.code === "wanted" && !form.elements.no_code?.checked;

  function problem(of) {
    const { field: name, missing, short, wrong, min, pattern } = of.dataset;
    if (name === "reason") return reason() ? "" : missing;
    const control = form.elements[name];
    const typed = trimmed(control);
    if (name === "code" && reason()?.dataset.code === "never") return "";
    if (!typed) return name === "code" && !isCodeWanted() ? "" : missing;
    if (min && [...typed].length < Number(min)) return short;
    if (name === "code" && !matches(pattern, typed)) return wrong;
    if (name === "email" && !/^[!-~]+@[^\s@,;]+\.[^\s@,;.]+$/.test(typed)) return wrong;
    return "";
  }

  const slot = (of) => form.querySelector(`#${of.dataset.field}-error`);
  const isWrong = (of) => Boolean(slot(of).firstElementChild);

  function show(of, text) {
    const place = slot(of);
    if (!text) place.replaceChildren();
    else if (place.textContent !== text) {
      const line = pieces.content.querySelector(".error").cloneNode(true);
      line.querySelector("span").textContent = text;
      place.replaceChildren(line);
    }
    const control = of.matches("fieldset") ? of : form.elements[of.dataset.field];
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    count();
  }

  /** The list at the top has what is still wrong. */
  function count() {
    const list = form.querySelector("#errors");
    if (!list) return;
    let left = 0;
    let isFileCounted = false;
    for (const line of list.querySelectorAll("li")) {
      const name = line.querySelector("a").hash.slice(1);
      const of = field(name);
      line.hidden = of ? !isWrong(of) : !form.querySelector(`#${name}-error`);
      if (of && !line.hidden) line.querySelector("a").textContent = slot(of).textContent;
      if (!line.hidden && (of || !isFileCounted)) left += 1;
      isFileCounted ||= !of;
    }
    const { one, two, many, title } = list.dataset;
    list.querySelector("h2").textContent = left === 1 ? one : left === 2 ? two : many.replace("{n}", left);
    list.hidden = !left;
    const isMarked = document.title.startsWith(title);
    if (isMarked !== Boolean(left)) document.title = left ? title + document.title : document.title.slice(title.length);
  }

  const again = (name) => field(name) && isWrong(field(name)) && show(field(name), problem(field(name)));

  /** Another section has reasons of its own: one that both have stays chosen. */
  function moveReason() {
    const [old, section] = [form.querySelector("[name=reason]:checked"), form.querySelector("[name=for]:checked")];
    if (!old || !section) return;
    const same = [...section.closest(".section-choice").querySelectorAll("[name=reason]")].find((other) => other.value === old.value);
    if (same) same.checked = true;
    else old.checked = false;
  }

  function chosen() {
    if (!code) return;
    if (isCodeWanted()) code.setAttribute("aria-required", "true");
    else code.removeAttribute("aria-required");
    again("code");
  }

  // ---- an address that looks like a slip

  function ask(address) {
    const { meant: question, take, keep } = pieces.dataset;
    const typed = trimmed(email);
    const block = pieces.content.querySelector("div").cloneNode(true);
    const [taken, kept] = block.querySelectorAll("button");
    block.querySelector("p").textContent = question.replace("{email}", () => address);
    taken.textContent = take;
    kept.textContent = keep;
    taken.addEventListener("click", () => {
      email.value = address;
      email.dispatchEvent(new Event("input", { bubbles: true }));
      show(field("email"), problem(field("email")));
      email.focus();
    });
    kept.addEventListener("click", () => {
      sure.value = typed;
      meant.replaceChildren();
      email.focus();
    });
    if (problem(field("email"))) kept.remove();
    meant.replaceChildren(block);
  }

  async function checkAddress() {
    const typed = trimmed(email);
    if (!typed.includes("@") || typed === sure.value || meant.firstElementChild) return;
    try {
      const answer = await fetch(pieces.dataset.address, { method: "POST", body: new URLSearchParams({ email: typed }) });
      const address = answer.ok ? await answer.text() : "";
      if (address && trimmed(email) === typed && typed !== sure.value) ask(address);
    } catch {
      // It is asked when the form is sent.
    }
  }

  // ---- events

  form.addEventListener("input", ({ target }) => {
    if (target === email) meant.replaceChildren();
    if (target.name === "for") moveReason();
    if (["for", "reason", "no_code"].includes(target.name)) chosen();
    again(target.name === "for" ? "reason" : target.name);
    if (target.name === "no_code") again("code");
    save();
  });
  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    const of = target.closest("[data-field]");
    // Nothing moves while a button is pressed, or it would no longer be under the finger.
    if (!relatedTarget || relatedTarget.closest("button")) return;
    // Who only passes by is told nothing; a form that is sent is checked as a whole.
    if (of && target.name === of.dataset.field && !isChoice(target) && !target.options && trimmed(target)) show(of, problem(of));
    if (target === email) checkAddress();
  });
  // Files that were not taken are somebody else's to put right.
  form.addEventListener("files", count);
  // After all others: a form that waits for its files is not under way.
  document.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    save();
    isUnderWay = true;
    try {
      store?.setItem(SENDING, key);
    } catch {
      // The draft is then there until the tab is closed.
    }
  });
  // The page as it was left. Its draft is gone where it was sent in the meantime.
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !store || !isUnderWay) return;
    isUnderWay = false;
    if (read()) return;
    empty();
    if (fold) fold.open = false;
  });

  const first = () => controls().find((control) => control.checkVisibility?.() ?? true) ?? form.elements[0];
  const enter = () => {
    const { activeElement: focused } = document;
    if (fold.open && (focused === document.body || fold.contains(focused)) && !form.contains(focused)) first().focus();
  };

  const came = performance.getEntriesByType("navigation")[0]?.type;
  if (store && (came === "back_forward" || came === "reload")) restore();
  else if (!isBack) fill(read() ?? {});
  save();
  chosen();
  if (fold) {
    if (location.hash === `#${form.id}`) fold.open = true;
    fold.addEventListener("toggle", enter);
    if (!isBack) enter();
  }
}

document.querySelectorAll(".contact-form").forEach(dress);
