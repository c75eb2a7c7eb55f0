// Tells the page what the live feed says, as `live:change` (with `incidents`, and `own` for the office's inbox and watch)
// and `live:state` events on the document.
//
// A page that shows incidents can say, for instance, hx-trigger="live:change from:body".
import { follow } from "./feed.js";

export let version = "";

function hear(news) {
  version = news.v ?? version;
  const lost = news.name === "cut";
  document.body.dispatchEvent(new CustomEvent("live:state", { detail: { lost } }));
  if (!lost) {
    const detail = { kind: news.name, incidents: news.incidents ?? null, own: news.own ?? false };
    document.body.dispatchEvent(new CustomEvent("live:change", { detail, bubbles: true }));
  }
}

// A page with a feed of its own names it on its body.
const own = document.body.dataset.feed;

function connect() {
  if (own || !("SharedWorker" in window)) {
    follow(hear, own);
    return;
  }
  const worker = new SharedWorker(new URL("feed.js", import.meta.url), { type: "module", name: "live" });
  worker.onerror = () => follow(hear);
  worker.port.onmessage = (event) => hear(event.data);
  addEventListener("pagehide", () => worker.port.postMessage("gone"), { once: true });
}

// After every module of the page: none misses what is said first.
document.addEventListener("DOMContentLoaded", connect, { once: true });
addEventListener("pageshow", (event) => {
  if (event.persisted) connect();
});
