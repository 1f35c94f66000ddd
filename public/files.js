// Files for the form by drop and paste, and the names of those that are chosen. Without it, the control alone does.
const bytesOf = (size) => (size < 1024 ** 2 ? `${Math.ceil(size / 1024)} kB` : `${(size / 1024 ** 2).toFixed(1)} MB`);

function list(input) {
  const names = input.parentElement.querySelector(".chosen-files") ?? document.createElement("ul");
  names.className = "chosen-files";
  names.replaceChildren(
    ...[...input.files].map((file) => {
      const line = document.createElement("li");
      line.dir = "auto";
      line.textContent = `${file.name} · ${bytesOf(file.size)}`;
      return line;
    }),
  );
  input.after(names);
}

// Those that are there already stay.
function add(input, files) {
  const all = new DataTransfer();
  for (const file of [...input.files, ...files]) all.items.add(file);
  input.files = all.files;
  list(input);
}

for (const input of document.querySelectorAll(".field-files input[type=file]")) {
  const field = input.closest(".field-files");
  input.addEventListener("change", () => list(input));
  field.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  field.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    add(input, event.dataTransfer.files);
  });
  // A screenshot is pasted wherever the form has the focus.
  input.form.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    add(input, event.clipboardData.files);
  });
}
