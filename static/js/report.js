// The quick report: times by one touch, "unknown yet" instead of a value, and a lost connection that loses nothing.
import { save } from "./draft.js";

const TIMEOUTS = ["htmx:sendError", "htmx:timeout"];
const loaded = performance.now();

// The server's clock, not the phone's; the field holds Beijing time wherever the phone thinks it is.
function beijing(form, minutesAgo) {
  const now = Date.parse(form.dataset.serverNow) + (performance.now() - loaded) - minutesAgo * 60_000;
  return new Date(now + 8 * 60 * 60_000).toISOString().slice(0, 16);
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

for (const lost of TIMEOUTS) {
  document.addEventListener(lost, (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (!form || event.target !== form) return;
    save(form);
    const notice = document.querySelector("[data-lost-notice]");
    notice.hidden = false;
    notice.focus();
  });
}
document.addEventListener("htmx:beforeRequest", (event) => {
  const notice = document.querySelector("[data-lost-notice]");
  if (notice && event.target.matches("form[data-draft]")) notice.hidden = true;
});
document.addEventListener("htmx:afterSettle", () => document.querySelector("[data-focus-me]")?.focus());
