// The quick report: times by one touch, "unknown yet" instead of a value, and a lost connection that loses nothing.
import { forgetOld, save } from "./draft.js";

// Which notice says that the report has not come through: the connection is gone, or the server could not take it.
const TROUBLE = { "htmx:sendError": "[data-lost-notice]", "htmx:timeout": "[data-lost-notice]", "htmx:responseError": "[data-fault-notice]" };
const SERVER_FAULT = 500;
const TOO_LARGE = 413;
const MINUTE_MS = 60_000;
let shown = null;
let shownAt = 0;

// A refused form comes back as a new one, with a younger time of the server and its errors on top.
function meet() {
  forgetOld();
  const form = document.querySelector("form[data-draft]");
  if (form === shown) return;
  shown = form;
  shownAt = performance.now();
  document.querySelector("[data-focus-me]")?.focus();
}

// The server's clock, not the phone's; the field holds Beijing time wherever the phone thinks it is.
function beijing(form, minutesAgo) {
  const now = Date.parse(form.dataset.serverNow) + (performance.now() - shownAt) - minutesAgo * MINUTE_MS;
  return new Date(now + 8 * 60 * MINUTE_MS).toISOString().slice(0, 16);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-minutes-ago]");
  if (!button) return;
  const field = document.getElementById(button.dataset.sets);
  field.value = beijing(button.form, Number(button.dataset.minutesAgo));
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// A value and "unknown yet" exclude each other: the later touch wins.
document.addEventListener("input", (event) => {
  const group = event.target.closest("[data-or-unknown]");
  if (!group) return;
  const unknown = group.querySelector("[data-unknown]");
  if (event.target === unknown) {
    if (unknown.checked) group.querySelectorAll("[data-known]").forEach((field) => { field.value = ""; });
  } else if (event.target.value !== "") unknown.checked = false;
  const form = event.target.form;
  if (form.dataset.draft) save(form);
});

for (const [trouble, selector] of Object.entries(TROUBLE)) {
  document.addEventListener(trouble, ({ target: form, detail }) => {
    if (!form.matches("form[data-draft]")) return;
    if (trouble === "htmx:responseError" && detail.xhr.status < SERVER_FAULT) return;
    save(form);
    const notice = document.querySelector(selector);
    notice.hidden = false;
    notice.focus();
  });
}
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target;
  if (!form.matches("form[data-draft]")) return;
  document.querySelectorAll("[data-lost-notice], [data-fault-notice], [data-large-notice]").forEach((notice) => { notice.hidden = true; });
  const files = [...form.querySelectorAll("[type=file]")].flatMap((field) => [...field.files]);
  if (files.reduce((total, file) => total + file.size, 0) > Number(form.dataset.mostBytes)) {
    event.preventDefault();
    tooLarge();
  }
});
// The answer to a body that is too large is a page of its own: the form stays where it is.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== TOO_LARGE) return;
  event.detail.shouldSwap = false;
  tooLarge();
});
function tooLarge() {
  const notice = document.querySelector("[data-large-notice]");
  notice.hidden = false;
  notice.focus();
}
document.addEventListener("htmx:afterSettle", meet);
meet();
