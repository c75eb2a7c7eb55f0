// Warns before the login ends, in time to go on with it, and keeps what was typed for after the next login.
//
// A page that is watched puts the end off no more than an open door would; typing does.
import { dropKept, keepForLogin } from "./draft.js";

const WARN_S = 120;
const ASK_AGAIN_MS = 15_000;
const TYPED_LATELY_MS = 60_000;

const { session, sessionLeft } = document.body.dataset;
const notice = document.querySelector("[data-session-notice]");
const lapsed = document.querySelector("[data-lapsed-notice]");
let endsAt = Date.now() + Number(sessionLeft) * 1000;
let askedAt = 0;
let typedAt = 0;
let over = false;

// What is sent after the login has ended comes to the login page first, and back without its content.
addEventListener("submit", () => (over ? keepForLogin() : dropKept()));

async function ask(method) {
  askedAt = Date.now();
  const csrf = JSON.parse(document.body.getAttribute("hx-headers"));
  const headers = method === "POST" ? csrf : { "X-Watching": "1" };
  const answer = await fetch(session, { method, headers, cache: "no-store", redirect: "manual" });
  over = answer.status === 401;
  if (over) lapsed.hidden = false;
  if (!answer.ok) return;
  const told = await answer.json();
  endsAt = Date.now() + told.left_s * 1000;
  for (const part of notice.querySelectorAll("[data-session-when]")) {
    part.hidden = (part.dataset.sessionWhen === "idle") !== told.may_go_on;
  }
}

function show() {
  const leftS = Math.max(0, Math.round((endsAt - Date.now()) / 1000));
  const warn = leftS < WARN_S && !over;
  if (warn && notice.hidden) keepForLogin();
  if (!warn && !over && !notice.hidden) dropKept();
  notice.hidden = !warn;
  notice.querySelector("[data-session-left]").textContent =
    `${Math.floor(leftS / 60)}:${String(leftS % 60).padStart(2, "0")}`;
}

// Another tab may have put the end off, so the server is asked before anything is said.
async function watch() {
  if (endsAt - Date.now() < WARN_S * 1000 && Date.now() - askedAt > ASK_AGAIN_MS) {
    const method = Date.now() - typedAt < TYPED_LATELY_MS ? "POST" : "GET";
    try {
      await ask(method);
    } catch {
      // Not reached; asked again in a while.
    }
    if (over) keepForLogin();
  }
  if (askedAt) show();
}

export function watchSession() {
  if (!session) return;
  document.addEventListener("input", () => { typedAt = Date.now(); });
  notice.querySelector("[data-session-go-on]").addEventListener("click", () => ask("POST").then(show, () => {}));
  setInterval(watch, 1000);
}
