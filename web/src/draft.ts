//! A half-filled form survives a reload, a crash and a lost connection.
//!
//! `<form data-draft="premises/ID" data-draft-version="7">` is kept in this browser under the account that `<html
//! data-account="…">` names, field by field as far as touched, until the server says it was saved (an element with
//! `data-draft-saved="KEY"` on the next page, or the event `draft-saved`) or the user discards it.
//! Never kept: passwords, files, hidden fields, anything under `data-secret`. If the record has been changed by
//! somebody else since (another version), nothing is filled in before the user has looked: a draft must not quietly
//! undo another person's work.
import { all, make, onContent } from "./dom";
import { growFor } from "./rows";
import { words } from "./words";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Value = string | boolean | string[];

interface Draft {
  at: number;
  version: string;
  fields: Record<string, Value>;
}

const KEPT_DAYS = 30;
const PREFIX = "hj-draft/";
const account = document.documentElement.dataset["account"] ?? "";

/** Storage may be full or forbidden; then nothing is kept and the form works as before. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const place = (key: string) => `${PREFIX}${account}/${key}`;

function load(key: string): Draft | undefined {
  const draft = quietly(() => JSON.parse(localStorage.getItem(place(key)) ?? "null") as Draft | null);
  return draft && typeof draft.fields === "object" ? draft : undefined;
}

const drop = (key: string) => quietly(() => localStorage.removeItem(place(key)));

/** Drafts nobody came back for. */
function dropOld(): void {
  quietly(() => {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const at = (JSON.parse(localStorage.getItem(name) ?? "{}") as Partial<Draft>).at ?? 0;
      if (Date.now() - at > KEPT_DAYS * 86_400_000) localStorage.removeItem(name);
    }
  });
}

/** The fields that may be kept, each with a name that is the same after a reload. */
function controls(form: HTMLFormElement): Map<string, Control> {
  const seen = new Map<string, number>();
  const found = new Map<string, Control>();
  for (const element of Array.from(form.elements)) {
    if (!(
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement
    ))
      continue;
    if (!element.name || element.closest("[data-secret], [data-no-draft]")) continue;
    if (/^(password|file|hidden|submit|button|reset|image)$/.test(element.type)) continue;
    if (element.type === "radio" || element.type === "checkbox") {
      found.set(`${element.name}=${element.value}`, element);
      continue;
    }
    const nth = seen.get(element.name) ?? 0;
    seen.set(element.name, nth + 1);
    found.set(nth === 0 ? element.name : `${element.name}#${nth}`, element);
  }
  return found;
}

function value(control: Control): Value {
  if (control instanceof HTMLSelectElement) return Array.from(control.selectedOptions, (option) => option.value);
  if (control.type === "radio" || control.type === "checkbox") return (control as HTMLInputElement).checked;
  return control.value;
}

/** What the server wrote into the field. */
function original(control: Control): Value {
  if (control instanceof HTMLSelectElement) {
    const chosen = Array.from(control.options).filter((option) => option.defaultSelected);
    if (chosen.length === 0 && !control.multiple && control.options[0]) return [control.options[0].value];
    return chosen.map((option) => option.value);
  }
  if (control.type === "radio" || control.type === "checkbox") return (control as HTMLInputElement).defaultChecked;
  return control.defaultValue;
}

function put(control: Control, kept: Value): void {
  if (control instanceof HTMLSelectElement) {
    for (const option of Array.from(control.options))
      option.selected = Array.isArray(kept) && kept.includes(option.value);
  } else if (typeof kept === "boolean") (control as HTMLInputElement).checked = kept;
  else if (typeof kept === "string") control.value = kept;
}

const same = (a: Value, b: Value) => JSON.stringify(a) === JSON.stringify(b);

function keep(form: HTMLFormElement): void {
  const key = form.dataset["draft"];
  if (!key || form.dataset["draftWaits"]) return;
  const before = load(key)?.fields ?? {};
  // A field once touched stays in the draft: a form that came back with problems holds the entries as its originals.
  const fields: Record<string, Value> = { ...before };
  for (const [name, control] of controls(form)) {
    const now = value(control);
    if (name in before || !same(now, original(control))) fields[name] = now;
  }
  if (Object.keys(fields).length === 0) return;
  const draft: Draft = { at: Date.now(), version: form.dataset["draftVersion"] ?? "", fields };
  quietly(() => localStorage.setItem(place(key), JSON.stringify(draft)));
}

/** Fills the draft in; answers how many fields changed and what found no field. */
function fill(form: HTMLFormElement, draft: Draft): { changed: number; lost: string[] } {
  for (const name of Object.keys(draft.fields)) growFor(form, name);
  const known = controls(form);
  const lost: string[] = [];
  let changed = 0;
  for (const [name, kept] of Object.entries(draft.fields)) {
    const control = known.get(name);
    if (!control) {
      if (typeof kept === "string" && kept !== "") lost.push(kept);
    } else if (!same(value(control), kept)) {
      put(control, kept);
      changed += 1;
    }
  }
  return { changed, lost };
}

function note(form: HTMLFormElement, text: string, buttons: [string, () => void][]): void {
  form.querySelector(":scope > .hj-note[data-draft-note]")?.remove();
  const box = make("div", "hj-note yellow");
  box.setAttribute("role", "status");
  box.dataset["draftNote"] = "";
  box.append(make("span", "grow", text));
  const acts = make("span", "acts");
  for (const [label, act] of buttons) {
    const button = make("button", "btn btn-sm", label);
    button.type = "button";
    button.addEventListener("click", () => {
      box.remove();
      act();
    });
    acts.append(button);
  }
  box.append(acts);
  form.prepend(box);
}

/** `06-22 08:00`, as everywhere in the product; the moment is this machine's. */
function when(at: number): string {
  const moment = new Date(at);
  const two = (figure: number) => String(figure).padStart(2, "0");
  const day = `${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

function restore(form: HTMLFormElement): void {
  const key = form.dataset["draft"];
  const draft = key ? load(key) : undefined;
  if (!key || !draft) return;
  const discard: [string, () => void] = [
    words.draftDiscard,
    () => {
      delete form.dataset["draftWaits"];
      drop(key);
      form.reset();
    },
  ];
  const apply = () => {
    delete form.dataset["draftWaits"];
    const { changed, lost } = fill(form, draft);
    if (changed === 0 && lost.length === 0) return;
    const text =
      words.draftRestored(when(draft.at), changed) + (lost.length ? ` ${words.draftLost(lost.join("、"))}` : "");
    note(form, text, [discard]);
  };
  if (draft.version === (form.dataset["draftVersion"] ?? "")) return apply();
  // Until the user decides, typing must not mix the old draft with the new record.
  form.dataset["draftWaits"] = "yes";
  note(form, words.draftElsewhere(when(draft.at)), [[words.draftApply, apply], discard]);
}

function start(): void {
  const timers = new WeakMap<HTMLFormElement, number>();
  const formOf = (event: Event) =>
    (event.target as Element | null)?.closest<HTMLFormElement>("form[data-draft]") ?? null;
  const keepSoon = (event: Event) => {
    const form = formOf(event);
    if (!form) return;
    window.clearTimeout(timers.get(form));
    timers.set(
      form,
      window.setTimeout(() => form.isConnected && keep(form), 250),
    );
  };
  const keepTouched = () =>
    all<HTMLFormElement>("form[data-draft]")
      .filter((form) => timers.has(form))
      .forEach(keep);
  document.addEventListener("input", keepSoon);
  document.addEventListener("change", keepSoon);
  document.addEventListener("submit", keepTouched, true);
  window.addEventListener("pagehide", keepTouched);
  document.addEventListener("draft-saved", (event) => saved((event as CustomEvent<{ value: string }>).detail.value));
  dropOld();
  onContent((root) => {
    for (const sign of all("[data-draft-saved]", root)) saved(sign.dataset["draftSaved"]!);
    all<HTMLFormElement>("form[data-draft]", root).forEach(restore);
  });
  function saved(key: string): void {
    drop(key);
    for (const form of all<HTMLFormElement>(`form[data-draft="${CSS.escape(key)}"]`)) timers.delete(form);
  }
}

// Without an account there is nobody to give a draft back to.
if (account) start();
