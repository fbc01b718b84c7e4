// Keeps of Tabler's style sheet what the product uses and drops the rest: 600 KB become a tenth.
// A rule stays if every class it names is one of ours below; rules without a class (the reset, the variables) stay.
import { readFileSync } from "node:fs";
import postcss from "postcss";

/** Classes of Tabler that our pages use (and the states that its own selectors attach to them). */
const USED = new Set([
  "btn",
  "btn-primary",
  "btn-sm",
  "disabled",
  "active",
  "show",
  "form-control",
  "form-select",
  "form-check-input",
  "form-control-sm",
  "form-select-sm",
  "is-invalid",
  "is-valid",
  "was-validated",
]);

/** Whether every class in the selector is used; `:not(.x)` and the like count as mentions too. */
function isUsed(selector) {
  const classes = selector.match(/\.-?[_a-zA-Z][\w-]*/g) ?? [];
  return classes.every((name) => USED.has(name.slice(1)));
}

/** Custom properties that no remaining rule reads go as well, until none is left over. */
function dropUnreadVariables(root) {
  for (;;) {
    const read = new Set();
    root.walkDecls((decl) => {
      for (const [, name] of decl.value.matchAll(/var\(\s*(--[\w-]+)/g)) read.add(name);
    });
    let dropped = 0;
    root.walkDecls(/^--/, (decl) => {
      if (!read.has(decl.prop)) {
        decl.remove();
        dropped += 1;
      }
    });
    if (dropped === 0) return;
  }
}

function trim(css) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    if (rule.parent?.type === "atrule" && /keyframes$/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter(isUsed);
    if (kept.length === 0) rule.remove();
    else rule.selectors = kept;
  });
  const animations = new Set();
  root.walkDecls(/^animation(-name)?$/, (decl) => decl.value.split(/[\s,]+/).forEach((word) => animations.add(word)));
  root.walkAtRules(/keyframes$/, (rule) => {
    if (!animations.has(rule.params)) rule.remove();
  });
  dropUnreadVariables(root);
  let empty;
  do {
    empty = 0;
    root.walk((node) => {
      if ((node.type === "rule" || (node.type === "atrule" && node.nodes)) && node.nodes.length === 0) {
        node.remove();
        empty += 1;
      }
    });
  } while (empty > 0);
  return root.toString();
}

/** esbuild plugin: Tabler's style sheet passes through {@link trim}. */
export const trimTabler = {
  name: "trim-tabler",
  setup(build) {
    build.onLoad({ filter: /@tabler[\\/]core[\\/]dist[\\/]css[\\/]tabler\.css$/ }, ({ path }) => ({
      contents: trim(readFileSync(path, "utf8")),
      loader: "css",
    }));
  },
};
