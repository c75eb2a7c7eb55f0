// Keeps the moving part of a page as new as the server: refreshes when the live feed says so, by polling when the feed
// is cut, and says plainly when the page stands still.
//
// The part is `<div data-live-part="ADDRESS">` around one element with `data-server-now`, where ADDRESS answers with the
// part or with the whole page; with `data-only="NUMBER"` changes of other incidents are passed over. What is said about the feed stands in `[data-feed-notices]`.
import { setText, spell, tick } from "./countdown.js";
import { version } from "./live.js";
import { morph } from "./morph.js";

const CHECK_MS = 1_000;
const POLL_MS = 5_000;
// With the feed alive a pulse comes every 15 seconds; if none does, the page looks by itself.
const QUIET_MS = 20_000;
const STALE_MS = 30_000;
// Whoever logs in again in another tab need not come back to this one.
const ENDED_MS = 30_000;
const PATIENCE_MS = 10_000;

const holder = document.querySelector("[data-live-part]");
const notices = document.querySelector("[data-feed-notices]");
const part = holder.querySelector("[data-server-now]");
let feedLost = null; // not yet known
let failed = false;
let ended = false;
let loading = false;
let wanted = false;
let triedAt = performance.now();
let freshAt = triedAt;

function asOf() {
  const options = { timeZone: "Asia/Shanghai", hourCycle: "h23" };
  return new Date(part.dataset.serverNow).toLocaleTimeString(document.documentElement.lang, options);
}

function show() {
  const stale = failed || performance.now() - freshAt > STALE_MS;
  let state = "live";
  if (ended) state = "ended";
  else if (stale) state = "cut";
  else if (feedLost) state = "polling";
  else if (feedLost === null) state = "loading";
  holder.classList.toggle("is-stale", state === "cut" || state === "ended");
  for (const span of notices.querySelectorAll("[data-as-of]")) setText(span, asOf());
  for (const span of notices.querySelectorAll("[data-age]")) setText(span, spell(performance.now() - freshAt));
  if (notices.dataset.state === state) return;
  notices.dataset.state = state;
  for (const notice of notices.querySelectorAll("[data-when]")) notice.hidden = notice.dataset.when !== state;
}

async function load() {
  const address = new URL(holder.dataset.livePart, location.href);
  // A page that is its own source would carry the version into its links.
  if (address.pathname !== location.pathname) address.searchParams.set("v", version);
  const answer = await fetch(address, {
    redirect: "manual",
    cache: "no-store",
    headers: { "X-Watching": "1" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  ended = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
  if (ended) return;
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-server-now]");
  // A screen that nobody sits before takes over what the server has learnt since.
  if (fresh.dataset.release !== part.dataset.release) location.reload();
  morph(part, fresh);
  freshAt = performance.now();
  failed = false;
  tick();
}

async function refresh() {
  wanted = true;
  if (loading) return;
  loading = true;
  holder.ariaBusy = "true";
  while (wanted) {
    wanted = false;
    triedAt = performance.now();
    try {
      await load();
    } catch {
      failed = true;
    }
  }
  loading = false;
  holder.ariaBusy = "false";
  show();
}

document.body.addEventListener("live:change", ({ detail }) => {
  const others = holder.dataset.only && detail.kind === "change" && !detail.incidents.includes(holder.dataset.only);
  if (!others) refresh();
});
document.body.addEventListener("countdown:over", refresh);
document.body.addEventListener("live:state", ({ detail }) => {
  if (detail.lost && !feedLost) refresh();
  feedLost = detail.lost;
  show();
});
setInterval(() => {
  const pause = ended ? ENDED_MS : feedLost || failed ? POLL_MS : QUIET_MS;
  if (performance.now() - triedAt > pause) refresh();
  show();
}, CHECK_MS);
show();
