// What every page shares: errors get the focus, a form is sent once, and drafts are kept on this device until they are.
import { clearDrafts, keepDrafts, restoreAfterLogin } from "./draft.js";
import { listenForKeys } from "./keys.js";
import { watchSession } from "./session.js";

document.querySelector("[data-focus-me]")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return; // sent by htmx, which guards itself
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") {
    form.dataset.sent = "1";
    form.ariaBusy = "true";
    // After the browser has read the form: a disabled button would not be sent.
    setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((button) => { button.disabled = true; }));
  }
  if ("clearsDrafts" in form.dataset) clearDrafts();
});

// Back from the next page, or a request that never left: the form can be sent again.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
  form.ariaBusy = null;
  delete form.dataset.sent;
  form.querySelectorAll("button[type=submit]").forEach((button) => { button.disabled = false; });
}));

keepDrafts();
restoreAfterLogin();
watchSession();
listenForKeys();

// A fragment refused because the login has lapsed: say so, and leave what is typed where it is.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 401) return;
  const notice = document.querySelector("[data-lapsed-notice]");
  if (notice) notice.hidden = false;
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-go-back]")) history.back();
});
