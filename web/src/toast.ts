//! A toast says what was done and leaves after six seconds, unless pointer or focus rests on it. Never used for errors.
//! The server renders `.hj-toast`, or sends the event `toast` with a text.
import { all, make, onContent } from "./dom";
import { words } from "./words";

const STAYS_MS = 6000;

function start(toast: HTMLElement): void {
  if (toast.dataset["started"]) return;
  toast.dataset["started"] = "yes";
  let timer = 0;
  const leave = () => toast.remove();
  const run = () => (timer = window.setTimeout(leave, STAYS_MS));
  const hold = () => window.clearTimeout(timer);
  const close = make("button", "btn btn-sm", words.close);
  close.type = "button";
  close.addEventListener("click", leave);
  toast.append(close);
  for (const event of ["mouseenter", "focusin"]) toast.addEventListener(event, hold);
  for (const event of ["mouseleave", "focusout"]) toast.addEventListener(event, run);
  run();
}

onContent((root) => all(".hj-toast", root).forEach(start));

// HX-Trigger: {"toast": "…"} arrives as an event whose detail holds the value.
document.addEventListener("toast", (event) => {
  const { value } = (event as CustomEvent<{ value: string }>).detail;
  const toast = make("div", "hj-toast", value);
  toast.setAttribute("role", "status");
  (document.getElementById("toast") ?? document.body).append(toast);
  start(toast);
});
