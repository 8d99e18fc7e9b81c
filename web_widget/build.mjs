// Bundles the widget into dist/readiness-advisor.js: one file, no source map, the same bytes every time.
// `node build.mjs --check` builds in memory and fails where the committed file differs.
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const OUT = fileURLToPath(new URL("dist/readiness-advisor.js", import.meta.url));
const LIMIT_KB = 45;

/** Style sheets are imported as minified strings, for `CSSStyleSheet.replaceSync`. */
const cssAsText = {
  name: "css-as-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { code } = await esbuild.transform(source, { loader: "css", minify: true, target: TARGETS });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const TARGETS = ["chrome109", "firefox115", "safari16.4"];

const result = await esbuild.build({
  entryPoints: [fileURLToPath(new URL("src/index.ts", import.meta.url))],
  bundle: true,
  minify: true,
  format: "iife",
  target: TARGETS,
  charset: "utf8",
  legalComments: "none",
  plugins: [cssAsText],
  write: false,
});

const code = result.outputFiles[0].contents;
const kilobytes = gzipSync(code, { level: 9 }).length / 1000;
console.log(`readiness-advisor.js: ${(code.length / 1000).toFixed(1)} kB, ${kilobytes.toFixed(1)} kB gzip`);
if (kilobytes > LIMIT_KB) fail(`The bundle is over its limit of ${LIMIT_KB} kB gzip.`);

if (process.argv.includes("--check")) {
  const committed = await readFile(OUT).catch(() => Buffer.alloc(0));
  if (!committed.equals(code))
    fail("web_widget/dist/readiness-advisor.js is not what the source builds. Run `npm run build` and commit it.");
} else {
  await mkdir(new URL("dist/", import.meta.url), { recursive: true });
  await writeFile(OUT, code);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
