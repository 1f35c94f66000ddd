// Keeps what is typed into an answer or a note on the server, soon after each pause, so that it is there on another machine too. One save at a time; when
// another page has saved something else since, this one stops, and sending shows both texts.
const PAUSE_MILLIS = 1000;
const RETRY_MILLIS = 5000;

for (const form of document.querySelectorAll("[data-draft]")) {
  const text = form.elements.text;
  const version = form.elements.draft_version;
  const state = form.querySelector(".draft-state");
  let timer;
  let saved = text.value;
  let isSaving = false;
  let isOver = false;

  const soon = (millis) => {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(save, millis);
  };

  async function save() {
    if (isSaving || isOver || text.value === saved) return;
    isSaving = true;
    const typed = text.value;
    const body = new URLSearchParams({ kind: form.dataset.draft, text: typed, draft_version: version.value });
    for (const file of form.querySelectorAll("[name=staged]")) body.append("staged", file.value);
    try {
      const path = form.action.replace(/\/[^/]*$/, "/draft");
      const answer = await fetch(path, { method: "POST", body, redirect: "manual", keepalive: typed.length < 20000 });
      if (answer.ok) {
        version.value = (await answer.json()).version;
        saved = typed;
        state.textContent = state.dataset.saved;
      } else if (answer.status === 409) {
        isOver = true;
      }
    } catch {
      // No network: the next pause tries again.
    }
    isSaving = false;
    if (text.value !== saved) soon(RETRY_MILLIS);
  }

  text.addEventListener("input", () => {
    state.textContent = "";
    soon(PAUSE_MILLIS);
  });
  form.addEventListener("submit", () => {
    isOver = true;
    clearTimeout(timer);
  });
  addEventListener("pagehide", () => isOver || save());
}
