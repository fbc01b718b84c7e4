// Builds web/dist: every file named after its content, and manifest.json that tells the server the names.
// Runs on Node 18 and later; `cargo xtask assets` calls it.
import { createHash } from "node:crypto";
import { readFileSync, mkdirSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { trimTabler } from "./build/tabler.mjs";

const web = dirname(fileURLToPath(import.meta.url));
const dist = join(web, "dist");

const result = await esbuild.build({
  absWorkingDir: web,
  entryPoints: { app: "src/app.ts", charts: "src/charts.ts", styles: "css/app.css", print: "css/print.css" },
  outdir: dist,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "iife",
  target: ["chrome100", "firefox100", "safari15.4"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  plugins: [trimTabler],
});

/** Served name → content. The order is the order of the manifest. */
const files = new Map();
const served = { "app.js": "app.js", "charts.js": "charts.js", "styles.css": "app.css", "print.css": "print.css" };
for (const file of result.outputFiles) {
  files.set(served[file.path.slice(dist.length + 1)], Buffer.from(file.contents));
}
for (const name of ["sprite.svg", "mark.svg"]) {
  files.set(name, readFileSync(join(web, "img", name)));
}
files.set("licenses.txt", Buffer.from(licenses(Object.keys(result.metafile.inputs))));

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const manifest = {};
for (const [name, content] of [...files].sort()) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
  const dot = name.lastIndexOf(".");
  manifest[name] = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  writeFileSync(join(dist, manifest[name]), content);
  console.log(`  ${manifest[name].padEnd(24)} ${(content.length / 1024).toFixed(1).padStart(7)} KiB`);
}
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

/** The licence texts of the packages that went into the bundles: they travel with the files that carry their code. */
function licenses(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const found = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) packages.add(found[1]);
  }
  const texts = [...packages].sort().map((name) => {
    const home = join(web, "node_modules", name);
    const about = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const parts = ["LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE"].map((f) => join(home, f)).filter(existsSync);
    const text = parts.map((f) => readFileSync(f, "utf8").trim()).join("\n\n") || headOf(name, inputs);
    return `${name} ${about.version} (${about.license})\n\n${text}`;
  });
  return texts.join(`\n\n${"-".repeat(72)}\n\n`) + "\n";
}

/** A package without a licence file states its licence in the head of its files; MIT's conditions stand in full beside ours. */
function headOf(name, inputs) {
  const file = inputs.find((input) => input.startsWith(`node_modules/${name}/`));
  const head = readFileSync(join(web, file), "utf8").match(/\/\*!?([\s\S]*?)\*\//)?.[1] ?? "";
  const owner = head.replace(/^\s*\*? ?/gm, "").trim();
  if (!/MIT/.test(owner))
    throw new Error(`${name} has no licence file and names none in ${file}: add its text to build.mjs`);
  return `${owner}\n\n${readFileSync(join(web, "build", "mit.txt"), "utf8").trim()}`;
}
