// Loads the page again when a file of the articles was saved. The address of this script names what the page was made from.
const shown = new URL(import.meta.url).searchParams.get("version");

setInterval(async () => {
  try {
    const answer = await fetch("/preview/version");
    if (answer.ok && (await answer.text()) !== shown) location.reload();
  } catch {
    // The preview was stopped; it may come back.
  }
}, 1000);
