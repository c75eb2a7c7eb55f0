// Keeps an incident's page as new as the server: when the live feed says that it changed, and every half minute besides.
import { tick } from "./countdown.js";
import "./live.js";
import { morph } from "./morph.js";

const POLL_MS = 30_000;
const PATIENCE_MS = 10_000;
const holder = document.querySelector("[data-part]");
let loading = false;
let wanted = false;

async function refresh() {
  wanted = true;
  if (loading) return;
  loading = true;
  while (wanted) {
    wanted = false;
    await load().catch(() => holder.classList.add("is-stale"));
  }
  loading = false;
}

async function load() {
  const answer = await fetch(holder.dataset.part, {
    headers: { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (answer.status === 401) document.querySelector("[data-lapsed-notice]").hidden = false;
  if (!answer.ok) throw new Error(`${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  morph(holder.firstElementChild, fresh.querySelector("[data-server-now]"));
  holder.classList.remove("is-stale");
  tick();
}

document.body.addEventListener("live:change", ({ detail }) => {
  if (detail.incidents === null || detail.incidents.includes(holder.dataset.number)) refresh();
});
setInterval(refresh, POLL_MS);
