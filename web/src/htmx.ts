//! htmx under the strict policy: no style of its own, no evaluated text, no foreign address, no page kept in storage.
//! A request that fails says so on the page; a 422 carries the form with its problems and is shown like an answer.
import htmx from "htmx.org";
import { all, make } from "./dom";
import { words } from "./words";

Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  // "Back" asks the server again: a kept copy could show what a later user of this machine must not see.
  historyCacheSize: 0,
  historyRestoreAsHxRequest: false,
  attributesToSettle: ["class", "width", "height"],
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

/** Shows what went wrong above the page's content, where it stays until the next attempt. */
function tell(text: string): void {
  const main = document.querySelector("main");
  if (!main) return;
  main.querySelector("#request-problem")?.remove();
  const note = make("div", "hj-note red", text);
  note.id = "request-problem";
  note.setAttribute("role", "alert");
  main.prepend(note);
}

document.addEventListener("htmx:beforeRequest", () => document.getElementById("request-problem")?.remove());
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  // The server's own page explains better than we can (signed out, no permission): go there.
  if (xhr.status === 401) location.reload();
  else tell(words.refused(xhr.status));
});
document.addEventListener("htmx:sendError", () => tell(words.unreachable));

// After a form came back with problems the eye and the keyboard go to the list of problems. htmx tells every new element.
document.addEventListener("htmx:afterSwap", (event) => {
  const { xhr } = (event as CustomEvent<{ xhr?: XMLHttpRequest }>).detail;
  if (xhr?.status !== 422) return;
  const part = event.target as Element;
  const place = all("[data-problems]", part)[0] ?? all(".is-bad", part)[0];
  place?.focus();
});

// An upload shows how much has left this machine: the form's own <progress data-upload>.
document.addEventListener("htmx:xhr:progress", (event) => {
  const { elt, lengthComputable, loaded, total } = (
    event as CustomEvent<{ elt: Element; lengthComputable: boolean; loaded: number; total: number }>
  ).detail;
  const bar = elt.querySelector<HTMLProgressElement>("progress[data-upload]");
  if (!bar || !lengthComputable || total === 0) return;
  bar.max = total;
  bar.value = loaded;
});
