// What an article's page does beyond its text: the contents mark the part that is being read, and "Was this helpful?" is answered in place.

const links = new Map();
for (const link of document.querySelectorAll(".toc a[href^='#']")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) links.set(heading, [...(links.get(heading) ?? []), link]);
}

/** The part that was chosen from the contents, until the reader scrolls on. */
let chosen;

/** The last heading in the upper third, where people read. */
function mark() {
  const current = chosen ?? [...links.keys()].filter((heading) => heading.getBoundingClientRect().top <= innerHeight / 3).pop();
  for (const [heading, places] of links) {
    for (const link of places) {
      if (heading === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}

if (links.size > 0) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".toc a");
    chosen = link ? [...links].find(([, places]) => places.includes(link))?.[0] : chosen;
    mark();
  });
  for (const type of ["wheel", "touchmove", "keydown"]) addEventListener(type, () => (chosen = undefined), { passive: true });
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  }, { passive: true });
  mark();
}

// The folded contents close when a part of the text is chosen from them: they would cover it.
const fold = document.querySelector(".toc-fold");
fold?.addEventListener("click", (event) => {
  if (event.target.closest("a")) fold.open = false;
});

/** Sends a form as the browser would, and gives the page that answers. */
async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Puts what the page that answers says in place of a form. Where anything goes wrong, the browser sends the form itself. */
async function answerInPlace(form, button) {
  const page = await send(form, button);
  const thanks = page.querySelector("main h1");
  if (!thanks) throw new Error("no answer");
  const place = document.createElement("section");
  place.className = "feedback feedback-open";
  const done = document.createElement("p");
  done.className = "feedback-done";
  done.tabIndex = -1;
  done.textContent = thanks.textContent;
  place.append(done);
  const more = page.querySelector(".feedback-more");
  more?.querySelector(".feedback-back")?.remove();
  if (more) place.append(document.adoptNode(more));
  form.closest(".feedback").replaceWith(place);
  // The focus was in what is gone, and whoever hears the page is told what came.
  done.focus({ preventScroll: true });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".feedback, .feedback-more") || form.dataset.failed) return;
  event.preventDefault();
  answerInPlace(form, event.submitter).catch(() => {
    form.dataset.failed = "yes";
    form.requestSubmit(event.submitter);
  });
});
