//! Menus, side bar, drawers, tree, keys. Everything hangs on data- attributes; what opened a layer gets the focus back.
import { all, onContent } from "./dom";

/** Who opened what: a drawer or the side bar gives the focus back when it closes. */
const openers = new Map<Element, HTMLElement>();

function opened(layer: Element, by: HTMLElement): void {
  openers.set(layer, by);
  layer.querySelector<HTMLElement>("button, a, input, select, textarea")?.focus();
}

function giveBack(layer: Element): void {
  const by = openers.get(layer);
  openers.delete(layer);
  if (by?.isConnected) by.focus();
}

function closeMenus(except?: Element | null): void {
  for (const menu of all<HTMLDetailsElement>("details.hj-menu[open]")) if (menu !== except) menu.open = false;
}

function setSide(open: boolean, by?: HTMLElement): void {
  const side = document.getElementById("side");
  if (!side || side.classList.contains("is-open") === open) return;
  side.classList.toggle("is-open", open);
  for (const button of all("[data-toggle-side]")) button.setAttribute("aria-expanded", String(open));
  if (open && by) opened(side, by);
  else giveBack(side);
}

function closeDrawer(drawer: HTMLElement): void {
  drawer.hidden = true;
  for (const row of all("tr[aria-selected='true'][data-row]")) row.removeAttribute("aria-selected");
  giveBack(drawer);
}

function openTree(how: string): void {
  all<HTMLDetailsElement>(".hj-tree details").forEach((node, place) => {
    node.open = how === "open" || place === 0;
  });
}

function onlyGaps(button: HTMLElement): void {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  for (const row of all(".hj-mx tbody tr[data-gap]")) row.classList.toggle("is-off", on && row.dataset["gap"] === "0");
}

/** What a click on `[data-KEY]` does. */
const acts: Record<string, (element: HTMLElement, value: string, event: Event) => void> = {
  toggleSide: (element) => setSide(!document.getElementById("side")?.classList.contains("is-open"), element),
  print: () => window.print(),
  tree: (_, value) => openTree(value),
  onlyGap: (element) => onlyGaps(element),
  open: (element, value, event) => {
    const layer = document.getElementById(value);
    if (!layer) return;
    event.preventDefault();
    layer.hidden = false;
    opened(layer, element);
  },
  close: (element, value, event) => {
    const layer = value ? document.getElementById(value) : element.closest<HTMLElement>(".hj-drawer");
    if (!layer) return;
    event.preventDefault();
    closeDrawer(layer);
  },
};

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  closeMenus(target.closest("details.hj-menu"));
  const side = document.getElementById("side");
  if (side?.classList.contains("is-open") && !side.contains(target) && !target.closest("[data-toggle-side]"))
    setSide(false);
  for (const [key, act] of Object.entries(acts)) {
    const attribute = `data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const element = target.closest<HTMLElement>(`[${attribute}]`);
    if (element) return act(element, element.dataset[key] ?? "", event);
  }
  const segment = target.closest(".hj-seg button[aria-pressed]");
  if (segment) {
    for (const button of all("button", segment.closest(".hj-seg")!)) {
      button.setAttribute("aria-pressed", String(button === segment));
    }
  }
});

document.addEventListener("keydown", (event) => {
  const at = event.target as HTMLElement;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable;
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector<HTMLElement>('[data-focus-key="/"]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key !== "Escape") return;
  // Esc closes the topmost thing only: a menu before a drawer, a drawer before the side bar.
  const menu = document.querySelector<HTMLDetailsElement>("details.hj-menu[open]");
  const drawer = document.querySelector<HTMLElement>(".hj-drawer:not([hidden])");
  if (menu) {
    menu.open = false;
    menu.querySelector<HTMLElement>("summary")?.focus();
  } else if (drawer) closeDrawer(drawer);
  else setSide(false);
});

// A drawer filled by the server was opened by the link or row that asked for it.
document.addEventListener("htmx:afterSwap", (event) => {
  const by = (event as CustomEvent<{ requestConfig?: { elt: HTMLElement } }>).detail.requestConfig?.elt;
  const part = event.target as Element;
  const drawer = part.closest<HTMLElement>(".hj-drawer") ?? part.querySelector<HTMLElement>(".hj-drawer");
  if (!drawer || !by || drawer.contains(by)) return;
  drawer.hidden = false;
  opened(drawer, by);
});

onContent((root) => {
  for (const matrix of all(".hj-mx", root)) {
    matrix.addEventListener("mouseover", (event) => {
      const cell = (event.target as Element).closest<HTMLElement>("td[data-c]");
      for (const lit of all(".x", matrix)) lit.classList.remove("x");
      if (cell) for (const mate of all(`[data-c="${CSS.escape(cell.dataset["c"]!)}"]`, matrix)) mate.classList.add("x");
    });
  }
});
