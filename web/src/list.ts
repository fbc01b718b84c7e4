//! Lists: rows ticked for an act on several of them, and a choice that sends its form at once.
import { all } from "./dom";

/** The boxes of the rows in this table, in their order. */
const boxes = (table: ParentNode) => all<HTMLInputElement>("[data-row-check]", table);

/** Brings selection, the box in the head and the count in the batch bar in line with the ticked rows. */
function reckon(table: Element): void {
  const rows = boxes(table);
  const ticked = rows.filter((box) => box.checked);
  for (const box of rows) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
  const head = table.querySelector<HTMLInputElement>("[data-check-all]");
  if (head) {
    head.checked = rows.length > 0 && ticked.length === rows.length;
    head.indeterminate = ticked.length > 0 && ticked.length < rows.length;
  }
  // The bar is the form that the boxes name with their `form` attribute.
  const bar = rows[0]?.form;
  if (bar) for (const count of all("[data-checked-count]", bar)) count.textContent = String(ticked.length);
}

document.addEventListener("change", (event) => {
  const field = event.target as HTMLInputElement | HTMLSelectElement;
  if (field.matches("[data-submit]")) return field.form?.requestSubmit();
  const table = field.closest("table");
  if (!table) return;
  if (field.matches("[data-check-all]")) {
    for (const box of boxes(table)) box.checked = (field as HTMLInputElement).checked;
    reckon(table);
  } else if (field.matches("[data-row-check]")) reckon(table);
});

// The browser may keep ticks over a reload, and htmx brings in new rows: count again.
document.addEventListener("htmx:load", (event) => {
  const table = (event as CustomEvent<{ elt: Element }>).detail.elt.closest("table");
  if (table) reckon(table);
});
window.addEventListener("pageshow", () => {
  for (const head of all("[data-check-all]")) reckon(head.closest("table")!);
});
