import { chromium } from "@playwright/test";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-background-networking","--disable-component-update","--disable-sync"] });
const base = process.argv[2]; const pages = process.argv.slice(3);
for (const [w, scheme] of [[360,"light"],[1280,"light"],[1280,"dark"]]) {
  const c = await b.newContext({ viewport: { width: w, height: w===360?740:900 }, colorScheme: scheme, locale: "pt-BR" });
  const p = await c.newPage(); p.on("console", m => console.log(w, m.type(), m.text()));
  for (const s of pages) { const [name, path] = s.split("="); await p.goto(base + path); await p.screenshot({ path: `/tmp/shots/${name}-${w}-${scheme}.png`, fullPage: true }); }
  await c.close();
}
await b.close();
