//! Colour and type size. The server keeps them with the account and writes them on <html>; nothing is stored here.
//! `<form data-appearance method="post">` with buttons `name="theme|size" value="…"` works as a plain form; here it
//! is sent in the background and takes effect at once.

const ATTRIBUTE: Record<string, string> = { theme: "data-bs-theme", size: "data-size" };

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const button = event.submitter as HTMLButtonElement | null;
  const attribute = button && ATTRIBUTE[button.name];
  if (!form.matches("[data-appearance]") || !button || !attribute) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, button) as unknown as Record<string, string>);
  fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" })
    .then((answer) => {
      // An opaque redirect is the server's usual "done, back to the page".
      if (!answer.ok && answer.type !== "opaqueredirect") throw new Error(String(answer.status));
      document.documentElement.setAttribute(attribute, button.value);
      for (const other of form.querySelectorAll<HTMLButtonElement>(`button[name="${button.name}"]`)) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      document.dispatchEvent(new Event("hj:theme"));
      window.dispatchEvent(new Event("resize"));
    })
    .catch(() => {
      // Let the browser do it the plain way: the server then shows what is wrong.
      const choice = document.createElement("input");
      choice.type = "hidden";
      choice.name = button.name;
      choice.value = button.value;
      form.append(choice);
      form.submit();
    });
});
