// What is wrong with the page at hand, one line each. Run by every journey on every page it visits.
const wrong = [];
const shown = (element) => element.checkVisibility({ visibilityProperty: true });
const outline = (element) => element.outerHTML.slice(0, 160).replace(/\s+/g, " ");
const words = (element) => (element?.textContent ?? "").trim();

// A label that no file of words holds shows as its key in brackets.
const texts = [document.title, document.body.innerText];
for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
  for (const name of ["aria-label", "title", "placeholder", "alt"]) texts.push(element.getAttribute(name) ?? "");
for (const text of texts) for (const found of text.match(/\[[a-z][a-z0-9]*(-[a-z0-9]+)+\]/g) ?? []) wrong.push(`no words for ${found}`);

const heads = document.querySelectorAll("h1");
if (heads.length !== 1) wrong.push(`${heads.length} h1`);
if (document.querySelector(".hj-problem h1")) wrong.push(`a problem page: ${words(document.querySelector(".hj-problem"))}`);
if (document.title === "") wrong.push("no title");

const ids = new Set();
for (const element of document.querySelectorAll("[id]")) {
  if (ids.has(element.id)) wrong.push(`two elements with the id ${element.id}`);
  ids.add(element.id);
}
const named = (element) =>
  element.getAttribute("aria-label") ||
  (element.getAttribute("aria-labelledby") ?? "").split(" ").some((id) => words(document.getElementById(id))) ||
  Array.from(element.labels ?? []).some((label) => words(label)) ||
  element.getAttribute("title");
for (const control of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
  if (!named(control)) wrong.push(`a control without a label: ${outline(control)}`);
for (const act of document.querySelectorAll("button, a[href], summary"))
  if (!words(act) && !named(act)) wrong.push(`an act without a name: ${outline(act)}`);
for (const image of document.querySelectorAll("img:not([alt])")) wrong.push(`a picture without words: ${outline(image)}`);
for (const image of document.querySelectorAll("svg[role=img], figure[role=img]"))
  if (!named(image) && !image.querySelector("title")) wrong.push(`a drawing without words: ${outline(image)}`);
for (const table of document.querySelectorAll("table"))
  if (!table.caption && !named(table)) wrong.push(`a table without a caption: ${outline(table)}`);
for (const element of document.querySelectorAll("[aria-describedby], [aria-controls]"))
  for (const name of ["aria-describedby", "aria-controls"])
    for (const id of (element.getAttribute(name) ?? "").split(" ").filter(Boolean))
      if (!document.getElementById(id)) wrong.push(`${name} names nothing: ${outline(element)}`);

const wide = document.scrollingElement.scrollWidth - window.innerWidth;
if (wide > 1) {
  const sticking = Array.from(document.querySelectorAll("main *")).find((e) => shown(e) && e.getBoundingClientRect().right > innerWidth + 1);
  wrong.push(`${wide} px too wide${sticking ? `: ${outline(sticking)}` : ""}`);
}
return wrong;
