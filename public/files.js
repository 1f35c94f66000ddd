// Files of a form, chosen, dropped or pasted: each is sent by itself as soon as it is there, with its picture, its progress and a button that
// takes it out again, and the form then only names it. So it is still the browser that sends the form and shows whatever is answered; without
// this script the control takes the files.
const PICTURE_SIDE = 96;

/** A small drawing: the content policy lets no picture be shown that is not from this site. */
async function picture(file) {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, PICTURE_SIDE / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, bitmap.width * scale);
  canvas.height = Math.max(1, bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  canvas.setAttribute("aria-hidden", "true");
  bitmap.close();
  return canvas;
}

function size(bytes) {
  const [value, unit] = bytes < 1024 ? [bytes, "B"] : bytes < 1_024_000 ? [Math.round(bytes / 1024), "kB"] : [Math.round((bytes * 10) / 1024 ** 2) / 10, "MB"];
  return `${value.toLocaleString(document.documentElement.lang)} ${unit}`;
}

const isHeic = (file) => /^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name);

/** A telephone's photograph as a JPEG, where this browser can read it. */
async function asJpeg(file) {
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.9));
  return new File([blob], file.name.replace(/\.hei[cf]$/i, "") + ".jpg", { type: "image/jpeg" });
}

const readsAs = (file, accept) => !file.type || file.type.startsWith("text/") || accept.includes(file.type);

function dress(field) {
  const input = field.querySelector("input[type=file]");
  const form = input.form;
  const pieces = field.querySelector("template");
  const words = pieces.dataset;
  const piece = (selector) => pieces.content.querySelector(selector).cloneNode(true);
  const problems = document.createElement("div");
  problems.setAttribute("role", "alert");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "sr";
  input.after(piece(".file-choose"), piece(".drop-hint"), problems, status);
  // The browser's own control speaks the browser's language.
  input.className = "sr";
  const box = field.querySelector(".kept-files") ?? input.parentNode.insertBefore(piece(".kept-files"), input);
  const list = box.querySelector("ul");
  const waiting = new Map(); // lines of files that are not there yet
  let sending; // the request under way
  let held; // the button by which the form waits to be sent
  let isChecked = false;

  const show = () => (box.hidden = !list.children.length);
  /** What the server said of the files of an earlier try holds until others are chosen. */
  function forget() {
    problems.replaceChildren();
    field.querySelector("#files-error")?.remove();
    input.removeAttribute("aria-invalid");
    form.dispatchEvent(new Event("files"));
  }
  const tell = (text, name) => {
    const line = piece(".error");
    line.querySelector("span").textContent = text.replace("{name}", () => name);
    problems.append(line);
  };
  const say = (text, name) => (status.textContent = text.replace("{name}", () => name));
  const nameOf = (line) => line.querySelector(".file-name").textContent;

  function drop(line) {
    const next = (line.nextElementSibling ?? line.previousElementSibling)?.querySelector("button") ?? input;
    say(words.removed, nameOf(line));
    waiting.delete(line);
    line.remove();
    if (sending?.line === line) sending.request.abort();
    forget();
    show();
    next.focus();
  }

  /** A line that the server wrote has a check box, which needs the form to be sent. */
  function withButton(line) {
    const button = piece(".file-remove");
    button.querySelector(".sr").textContent = nameOf(line);
    button.addEventListener("click", () => drop(line));
    line.querySelector(".check")?.remove();
    line.querySelector(".file-remove")?.remove();
    line.append(button);
    return line;
  }

  async function add(chosen) {
    forget();
    const tooMany = [];
    const files = [];
    for (const file of chosen) {
      if (!isHeic(file)) files.push(file);
      else await asJpeg(file).then((jpeg) => files.push(jpeg), () => tell(words.heic, file.name));
    }
    for (const file of files) {
      if (file.size > Number(words.bytes)) tell(words.large, file.name);
      else if (!readsAs(file, input.accept)) tell(words.kind, file.name);
      else if (list.children.length >= Number(words.max)) tooMany.push(file.name);
      else {
        const line = piece("li");
        line.querySelector(".file-name").textContent = file.name;
        line.querySelector(".meta").textContent = size(file.size);
        list.append(withButton(line));
        waiting.set(line, file);
        if (file.type.startsWith("image/")) picture(file).then((drawn) => line.querySelector("svg, img")?.replaceWith(drawn), () => {});
      }
    }
    if (tooMany.length) tell(words.many, tooMany.join(", "));
    show();
    send();
  }

  const post = (line, file) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append(input.name, file);
      request.open("POST", words.post);
      request.upload.onprogress = (event) => (line.querySelector("progress").value = event.loaded / event.total);
      request.onloadend = () => resolve(request);
      sending = { line, request };
      request.send(body);
    });

  /** One after the other; ends at the first that does not get through. */
  async function send() {
    if (sending) return;
    for (const [line, file] of waiting) {
      const { status: code, responseText } = await post(line, file);
      sending = undefined;
      if (!waiting.has(line)) continue;
      const answer = new DOMParser().parseFromString(responseText, "text/html").body.firstElementChild;
      if (code === 200) {
        // The line stays, for its picture may still be on its way.
        const drawn = line.querySelector("canvas");
        const isFocused = line.contains(document.activeElement);
        line.replaceChildren(...answer.childNodes);
        withButton(line);
        if (drawn) line.querySelector("svg, img").replaceWith(drawn);
        if (isFocused) line.querySelector("button").focus();
        waiting.delete(line);
        say(words.received, nameOf(line));
      } else if (code === 422) {
        // Its author decides whether the message goes without it.
        held = undefined;
        line.remove();
        waiting.delete(line);
        tell(answer.textContent, "");
      } else {
        line.querySelector("progress").value = 0;
        tell(code ? words.busy : words.lost, file.name);
        held = undefined;
        return;
      }
    }
    show();
    if (held && !waiting.size) submit();
  }

  /** Only while the server answers: what a browser shows otherwise could cost everything that was typed. */
  async function submit() {
    const button = held;
    try {
      await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    } catch (error) {
      if (error.name !== "TimeoutError") {
        held = undefined;
        return tell(words.offline, "");
      }
    }
    held = undefined;
    isChecked = true;
    form.requestSubmit(button);
    isChecked = false;
  }

  form.addEventListener("submit", (event) => {
    if (isChecked) return;
    event.preventDefault();
    if (held) return;
    problems.replaceChildren();
    held = event.submitter ?? form.querySelector("[type=submit]");
    if (!waiting.size) return submit();
    say(words.wait, "");
    send();
  });
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    input.value = "";
    add(chosen);
  });
  // A screenshot is pasted wherever the form has the focus; what also is a text goes where texts go.
  form.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData ?? { files: [], types: [] };
    if (!files.length || types.includes("text/plain")) return;
    event.preventDefault();
    add([...files]);
  });
  const mark = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    // Beside the form a file is not taken, and does not replace the page either.
    event.preventDefault();
    const isHere = form.contains(event.target);
    event.dataTransfer.dropEffect = isHere ? "copy" : "none";
    field.classList.toggle("dragged-over", isHere && event.type === "dragover");
    if (isHere && event.type === "drop") add([...event.dataTransfer.files]);
  };
  for (const type of ["dragover", "drop"]) document.addEventListener(type, mark);
  document.addEventListener("dragleave", () => field.classList.remove("dragged-over"));

  // Emptied by a button, or because it was sent.
  form.addEventListener("reset", () => {
    waiting.clear();
    sending?.request.abort();
    list.replaceChildren();
    forget();
    show();
  });

  for (const line of list.children) withButton(line);
  show();
  if (input.files.length) input.dispatchEvent(new Event("change"));
}

// Browsers from before 2022 keep the plain control.
if (HTMLFormElement.prototype.requestSubmit && AbortSignal.timeout) document.querySelectorAll(".field-files").forEach(dress);
