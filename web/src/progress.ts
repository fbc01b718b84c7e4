//! Progress of a job: `<div class="hj-prog" data-progress="/jobs/ID/events">` holds `[data-text]`, `[data-percent]` and
//! a `<progress max="100">`. The server sends events as JSON:
//!   event "progress"  { "percent": 0…100, "text": "…" }
//!   event "end"       { "state": "done" | "failed", "text": "…", "href": "…" }   (href: where the result is)
//! The job goes on without this page; when the line is cut the browser reconnects by itself.
import { all, make, onContent } from "./dom";
import { words } from "./words";

interface Step {
  percent?: number;
  text?: string;
}
interface End {
  state: "done" | "failed";
  text?: string;
  href?: string;
}

function follow(box: HTMLElement): void {
  if (box.dataset["following"]) return;
  box.dataset["following"] = "yes";
  const text = box.querySelector<HTMLElement>("[data-text]");
  const percent = box.querySelector<HTMLElement>("[data-percent]");
  const bar = box.querySelector("progress");
  const source = new EventSource(box.dataset["progress"]!);

  const show = ({ percent: done, text: said }: Step) => {
    if (said !== undefined && text) text.textContent = said;
    if (done === undefined) return;
    if (percent) percent.textContent = `${Math.round(done)}%`;
    if (bar) bar.value = done;
  };

  source.addEventListener("progress", (event) => show(JSON.parse((event as MessageEvent<string>).data) as Step));
  source.addEventListener("end", (event) => {
    source.close();
    const end = JSON.parse((event as MessageEvent<string>).data) as End;
    show(end.state === "done" ? { percent: 100, ...pick(end) } : pick(end));
    box.classList.add(end.state === "done" ? "is-done" : "is-failed");
    box.dispatchEvent(new CustomEvent("hj:job-end", { bubbles: true, detail: end }));
    if (!end.href) return;
    if (box.hasAttribute("data-follow")) location.assign(end.href);
    else {
      const link = make("a", "", end.text ?? end.href);
      link.href = end.href;
      if (text) text.replaceChildren(link);
      else box.append(link);
    }
  });
  source.addEventListener("error", () => {
    // The page may have been swapped away: then nobody listens any more.
    if (!box.isConnected) source.close();
    else if (text && source.readyState !== EventSource.OPEN) text.textContent = words.progressLost;
  });
}

function pick(end: End): Step {
  return end.text === undefined ? {} : { text: end.text };
}

onContent((root) => all("[data-progress]", root).forEach(follow));
