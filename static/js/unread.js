// Keeps the number of unread messages in the frame of every page as new as the inbox.
import "./live.js";

const POLL_MS = 20_000;
const PATIENCE_MS = 10_000;

const badge = document.querySelector("[data-unread]");
let lost = false;
// What happened while the feed was cut is not told again.
let missed = false;

async function count() {
  const answer = await fetch(badge.dataset.unread, {
    redirect: "manual",
    cache: "no-store",
    headers: { "X-Watching": "1" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) return;
  const { unread } = await answer.json();
  missed = lost;
  badge.firstElementChild.textContent = unread;
  badge.hidden = unread === 0;
}

// Not reached: asked again in a while.
const ask = () => count().catch(() => { missed = true; });

document.body.addEventListener("live:state", ({ detail }) => {
  lost = detail.lost;
  missed ||= lost;
});
document.body.addEventListener("live:change", ({ detail }) => {
  if (missed || detail.own || detail.kind === "resync") ask();
});
setInterval(() => {
  if (missed) ask();
}, POLL_MS);
