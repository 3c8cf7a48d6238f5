// Lets the real Mermaid parse and draw pictures in a browser:
//
//     npm install mermaid puppeteer-core && node benchmarks/mermaid.js graphs.json [/usr/bin/chromium]
//
// `graphs.json` is a list of texts, as `python benchmarks/pages.py --graphs` writes it. Exit code 1 when one fails.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { createRequire } = require("node:module");

const installed = createRequire(join(process.cwd(), "package.json"));
const puppeteer = installed("puppeteer-core");
const [graphs, browser = "/usr/bin/chromium"] = process.argv.slice(2);

async function main() {
  const launched = await puppeteer.launch({ executablePath: browser, args: ["--no-sandbox"] });
  const page = await launched.newPage();
  await page.setContent("<body></body>");
  await page.addScriptTag({ path: join(process.cwd(), "node_modules/mermaid/dist/mermaid.min.js") });
  const texts = [...new Set(JSON.parse(readFileSync(graphs, "utf8")))];
  const failures = await page.evaluate(async (all) => {
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
    const failed = [];
    for (const [number, text] of all.entries()) {
      try {
        await mermaid.parse(text);
        if (number % 20 === 0) await mermaid.render(`graph${number}`, text);
      } catch (error) {
        failed.push(`${error.message}\n${text}`);
      }
    }
    return failed;
  }, texts);
  await launched.close();
  failures.slice(0, 5).forEach((failure) => console.log(failure));
  console.log(`${texts.length} pictures, ${failures.length} that Mermaid cannot read`);
  process.exitCode = failures.length ? 1 : 0;
}

main();
