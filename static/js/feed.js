// The live feed: one EventSource that never gives up. Loaded by pages, and as the worker that all tabs share.
const EVENTS = ["change", "resync", "pulse", "cut"];
// The server says something every 15 seconds; a stream silent for longer is dead without knowing it.
const SILENT_MS = 40_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

export function follow(tell, address = "/events/") {
  let source = null;
  let heardAt = 0;
  let pause = FIRST_PAUSE_MS;

  const lose = () => {
    source.close();
    source = null;
    tell({ name: "cut" });
    setTimeout(open, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };

  const open = () => {
    heardAt = Date.now();
    source = new EventSource(address);
    source.onerror = lose;
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        heardAt = Date.now();
        pause = FIRST_PAUSE_MS;
        tell({ name, ...JSON.parse(event.data) });
      });
    }
  };

  setInterval(() => {
    if (source && Date.now() - heardAt > SILENT_MS) lose();
  }, 5_000);
  open();
}

// HTTP/1.1 allows six connections to a host, so all tabs of a browser hear one stream.
const worker = typeof SharedWorkerGlobalScope !== "undefined" && self instanceof SharedWorkerGlobalScope;
if (worker) {
  const ports = new Set();
  let last = null;
  addEventListener("connect", ({ ports: [port] }) => {
    ports.add(port);
    port.onmessage = () => ports.delete(port);
    if (last) port.postMessage(last);
  });
  follow((news) => {
    last = news;
    for (const port of ports) port.postMessage(news);
  });
}
