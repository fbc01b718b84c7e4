//! The few helpers all islands share.

/** All elements under `from` that match, `from` itself included when it matches. */
export function all<E extends Element = HTMLElement>(selector: string, from: ParentNode = document): E[] {
  const found = Array.from(from.querySelectorAll<E>(selector));
  if (from instanceof Element && from.matches(selector)) found.unshift(from as unknown as E);
  return found;
}

/** Runs `start` for the whole page once, and again for every part that htmx brings in. */
export function onContent(start: (root: ParentNode) => void): void {
  const first = () => start(document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", first);
  else first();
  document.addEventListener("htmx:load", (event) => {
    const element = (event as CustomEvent<{ elt: Element }>).detail.elt;
    if (element !== document.body) start(element);
  });
}

/** An element with text; the text is never read as markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
