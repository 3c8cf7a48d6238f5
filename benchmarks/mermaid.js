// Lets the real Mermaid parse and draw pictures in a browser:
//
//     npm install mermaid puppeteer-core && node benchmarks/mermaid.js graphs.json [/usr/bin/chromium]
//
// `graphs.json` is a list, as `python benchmarks/pages.py --graphs` writes it: texts, and pairs of a text and a label
// that a reader has to see in its picture as it stands. Exit code 1 when one fails.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { createRequire } = require("node:module");

const installed = createRequire(join(process.cwd(), "package.json"));
const puppeteer = installed("puppeteer-core");
const [graphs, browser = "/usr/bin/chromium"] = process.argv.slice(2);

async function main() {
  const launched = await puppeteer.launch({ executablePath: browser, args: ["--no-sandbox"], protocolTimeout: 0 });
  const page = await launched.newPage();
  await page.setContent("<body></body>");
  await page.addScriptTag({ path: join(process.cwd(), "node_modules/mermaid/dist/mermaid.min.js") });
  const listed = JSON.parse(readFileSync(graphs, "utf8"));
  const texts = [...new Map(listed.map((entry) => (Array.isArray(entry) ? [entry[0], entry] : [entry, [entry]]))).values()];
  const failures = await page.evaluate(async (all) => {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
    const failed = [];
    for (const [number, [text, label]] of all.entries()) {
      try {
        const { svg } = await mermaid.render(`graph${number}`, text);
        const picture = document.createElement("div");
        picture.innerHTML = svg;
        const seen = [...picture.querySelectorAll(".nodeLabel")].map((node) => node.textContent.trim());
        if (label !== undefined && !seen.includes(label)) failed.push(`shows ${JSON.stringify(seen)}\n${text}`);
      } catch (error) {
        failed.push(`${error.message}\n${text}`);
      }
    }
    return failed;
  }, texts);
  await launched.close();
  failures.slice(0, 5).forEach((failure) => console.log(failure));
  console.log(`${texts.length} pictures, ${failures.length} that Mermaid cannot draw as they are meant`);
  process.exitCode = failures.length ? 1 : 0;
}

main();
