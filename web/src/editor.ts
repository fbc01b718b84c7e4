//! A text with line numbers: `<div data-editor>` around a textarea gets a gutter; what the check found (`#problems
//! [data-line]`) is marked there, and a click on its place (or on `[data-at]`, the code of an entry) goes to the line without leaving what is typed.
import { all, make, onContent } from "./dom";

const gutters = new WeakMap<HTMLTextAreaElement, HTMLElement>();

/** Lines with a fault and what is wrong with each. */
function faults(): Map<number, string> {
  const found = new Map<number, string>();
  for (const place of all("#problems [data-line]")) {
    const line = Number(place.dataset["line"]);
    if (!found.has(line)) found.set(line, place.dataset["says"] ?? "");
  }
  return found;
}

function number(area: HTMLTextAreaElement): void {
  const gutter = gutters.get(area);
  if (!gutter) return;
  const lines = area.value.split("\n").length;
  const marks = faults();
  const parts: (string | Node)[] = [];
  for (let line = 1; line <= lines; line += 1) {
    const says = marks.get(line);
    if (says === undefined) parts.push(`${line}\n`);
    else {
      const mark = make("span", "bad", `✕ ${line}\n`);
      mark.title = says;
      parts.push(mark);
    }
  }
  gutter.replaceChildren(...parts);
  gutter.scrollTop = area.scrollTop;
}

/** Brings a line to the top without taking the focus. */
function scrollTo(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split("\n").length;
  area.scrollTop = Math.max(0, (line - 1) * (area.scrollHeight / lines));
}

/** Selects a line and brings it into the upper third. */
function go(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split("\n");
  const at = Math.min(Math.max(line, 1), lines.length);
  const start = lines.slice(0, at - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + lines[at - 1]!.length);
  const height = area.scrollHeight / lines.length;
  area.scrollTop = Math.max(0, (at - 1) * height - area.clientHeight / 3);
  area.scrollLeft = 0;
  area.scrollIntoView({ block: "nearest" });
}

onContent((root) => {
  for (const box of all("[data-editor]", root)) {
    const area = box.querySelector("textarea");
    if (!area || gutters.has(area)) continue;
    const gutter = make("pre", "gutter");
    gutter.setAttribute("aria-hidden", "true");
    gutters.set(area, gutter);
    box.classList.add("has-gutter");
    area.before(gutter);
    let lines = 0;
    area.addEventListener("scroll", () => (gutter.scrollTop = area.scrollTop));
    area.addEventListener("input", () => {
      const now = area.value.split("\n").length;
      if (now !== lines) number(area);
      lines = now;
    });
    number(area);
    // A draft of this browser was filled in: what was found is about another text.
    // Only once the page has loaded does htmx listen for sure.
    const check = () => area.dispatchEvent(new Event("input", { bubbles: true }));
    if (area.value !== area.defaultValue) {
      if (document.readyState === "complete") check();
      else window.addEventListener("load", check, { once: true });
    }
    const goto = Number(area.dataset["goto"] ?? "0");
    if (goto > 0) go(area, goto);
    else scrollTo(area, Number(area.dataset["from"] ?? "1"));
  }
  if (all("#problems", root).length > 0) all<HTMLTextAreaElement>("[data-editor] textarea").forEach(number);
});

document.addEventListener("click", (event) => {
  const place = (event.target as Element).closest<HTMLElement>("#problems a[data-line], a[data-at]");
  const area = document.querySelector<HTMLTextAreaElement>("[data-editor] textarea");
  if (!place || !area) return;
  const code = place.dataset["at"];
  const begins = (line: string) => line.trim() === `- code: ${code}` || line.trim() === `- id: ${code}`;
  const line = code === undefined ? Number(place.dataset["line"]) : area.value.split("\n").findIndex(begins) + 1;
  if (line < 1) return;
  event.preventDefault();
  go(area, line);
});
