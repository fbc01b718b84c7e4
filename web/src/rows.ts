//! Child rows of a form: `<table data-rows="rooms">` with controls named `rooms[0].purpose`, and a button
//! `data-add-row="rooms"` that adds a blank one. Without script the blank rows the server sends are all there are.
import { all, onContent } from "./dom";

const MOST = 500;

/** Adds a blank row: the last one, copied, with the next number in every name. */
function grow(table: HTMLTableElement): HTMLElement | undefined {
  const rows = table.tBodies[0]?.rows;
  const last = rows?.[rows.length - 1];
  if (!rows || !last || rows.length >= MOST) return undefined;
  const [old, next] = [rows.length - 1, rows.length];
  const row = last.cloneNode(true) as HTMLTableRowElement;
  for (const element of all("[name], [id], [aria-label]", row)) {
    for (const [attribute, from, to] of [
      ["name", `[${old}].`, `[${next}].`],
      ["id", `-${old}-`, `-${next}-`],
      ["aria-label", String(old + 1), String(next + 1)],
    ] as const) {
      const text = element.getAttribute(attribute);
      if (text) element.setAttribute(attribute, text.replace(from, to));
    }
    element.removeAttribute("aria-invalid");
    element.removeAttribute("aria-describedby");
    element.classList.remove("is-bad");
    if (element instanceof HTMLInputElement && element.type === "checkbox") element.checked = false;
    else if (element instanceof HTMLInputElement) element.value = "";
    else if (element instanceof HTMLSelectElement) element.selectedIndex = 0;
  }
  for (const error of all(".err", row)) error.remove();
  last.after(row);
  return row;
}

/** Adds rows until the control of this name is there, for a draft that had more rows than the page. */
export function growFor(form: HTMLFormElement, name: string): void {
  const found = /^(\w+)\[(\d+)\]\./.exec(name);
  const table = found && form.querySelector<HTMLTableElement>(`table[data-rows="${CSS.escape(found[1]!)}"]`);
  if (!table) return;
  while ((table.tBodies[0]?.rows.length ?? MOST) <= Number(found[2])) if (!grow(table)) return;
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-add-row]");
  const name = button?.dataset["addRow"];
  const table = name && button.closest("form")?.querySelector<HTMLTableElement>(`table[data-rows="${CSS.escape(name)}"]`);
  if (table) grow(table)?.querySelector<HTMLElement>("input:not([type=hidden]), select")?.focus();
});

onContent((root) => {
  for (const button of all("[data-add-row]", root)) button.hidden = false;
});
