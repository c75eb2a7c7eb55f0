// Keeps the moving part of a page as new as the server: refreshes when the live feed says so, by polling when the feed
// is cut, and says plainly when the page stands still.
//
// The part is `<div data-live-part="ADDRESS">` around one element with `data-server-now`; with `data-only="NUMBER"`
// changes of other incidents are passed over. What is said about the feed stands in `[data-feed-notices]`.
import { tick } from "./countdown.js";
import { version } from "./live.js";
import { morph } from "./morph.js";

const CHECK_MS = 1_000;
const POLL_MS = 5_000;
// With the feed alive a pulse comes every 15 seconds; if none does, the page looks by itself.
const QUIET_MS = 20_000;
const STALE_MS = 30_000;
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
  const options = { timeZone: "Asia/Shanghai", hour12: false };
  return new Date(part.dataset.serverNow).toLocaleTimeString("zh-CN", options);
}

function show() {
  const stale = failed || performance.now() - freshAt > STALE_MS;
  let state = "live";
  if (ended) state = "ended";
  else if (stale) state = "cut";
  else if (feedLost) state = "polling";
  else if (feedLost === null) return;
  holder.classList.toggle("is-stale", state === "cut" || state === "ended");
  for (const span of notices.querySelectorAll("[data-as-of]")) span.textContent = asOf();
  if (notices.dataset.state === state) return;
  notices.dataset.state = state;
  for (const notice of notices.querySelectorAll("[data-when]")) notice.hidden = notice.dataset.when !== state;
}

async function load() {
  const address = new URL(holder.dataset.livePart, location.href);
  address.searchParams.set("v", version);
  const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
    ended = true;
    return;
  }
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  morph(part, page.querySelector("[data-server-now]"));
  freshAt = performance.now();
  failed = false;
  tick();
}

async function refresh() {
  wanted = true;
  if (loading || ended) return;
  loading = true;
  while (wanted && !ended) {
    wanted = false;
    triedAt = performance.now();
    try {
      await load();
    } catch {
      failed = true;
    }
  }
  loading = false;
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
  if (performance.now() - triedAt > (feedLost || failed ? POLL_MS : QUIET_MS)) refresh();
  show();
}, CHECK_MS);
