//! Ticked rows and lists that send their form: `[data-check-all]` ticks the rows of its table, `[data-row-check]` marks its
//! row, `[data-checked-count]` counts what its form holds, `select[data-submit]` sends its form when changed.
import { all } from "./dom";

function count(form: HTMLFormElement | null): void {
  if (!form) return;
  const ticked = Array.from(form.elements).filter((box) => box.matches("[data-row-check]:checked")).length;
  for (const place of all("[data-checked-count]", form)) place.textContent = String(ticked);
}

document.addEventListener("change", (event) => {
  const at = event.target as HTMLInputElement;
  if (at.matches("select[data-submit]")) at.form?.requestSubmit();
  if (at.matches("[data-row-check]")) count(at.form);
  if (!at.matches("[data-check-all]")) return;
  const boxes = all<HTMLInputElement>("[data-row-check]", at.closest("table")!);
  for (const box of boxes) {
    box.checked = at.checked;
    box.closest("tr")?.setAttribute("aria-selected", String(at.checked));
  }
  count(boxes[0]?.form ?? null);
});
