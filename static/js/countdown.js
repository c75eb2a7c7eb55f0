// Ticks `<time data-countdown="ISO">` down and `<time data-since="ISO">` up, and `<time data-clock>` on, by the server's clock, not the device's.
//
// The server's time stands in `data-server-now` on the element or around it, and must be fresh when it is set.
// Minutes decide: a limit of 11:00 is met until 11:00:59, so "over" shows from 11:01.
const MINUTE_MS = 60_000;
const ANNOUNCED_AT_MIN = [30, 15, 5, 0];
const clocks = new WeakMap();
const thresholds = new WeakMap();

// A drill's clock runs faster, or stands; `[data-pace]` on its bar says how fast, and every clock says so.
function pace() {
  return Number(document.querySelector("[data-pace]")?.dataset.pace ?? 1);
}

function paceWord() {
  return document.querySelector("[data-pace]")?.dataset.paceWord ?? "";
}

export function serverNow(element) {
  const holder = element.closest("[data-server-now]");
  const told = holder.dataset.serverNow;
  let clock = clocks.get(holder);
  if (clock?.told !== told) {
    clock = { told, at: Date.parse(told), from: performance.now() };
    clocks.set(holder, clock);
  }
  return clock.at + (performance.now() - clock.from) * pace();
}

export function spell(ms) {
  const seconds = Math.floor(ms / 1000);
  const pad = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${pad(minutes)}:${pad(rest)}`;
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function announce(element, leftMs) {
  const passed = Math.min(...ANNOUNCED_AT_MIN.filter((minutes) => leftMs <= minutes * MINUTE_MS));
  const before = thresholds.get(element);
  thresholds.set(element, passed);
  // What was already so when the page came needs no announcement.
  if (before === undefined || passed >= before || !element.dataset.label) return;
  const region = document.querySelector("[data-announcements]");
  if (region) region.textContent = `${element.dataset.label} ${element.textContent}`;
}

function tickDown(element) {
  const due = Date.parse(element.dataset.countdown);
  const now = serverNow(element);
  const overFrom = Math.floor(due / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const over = now >= overFrom;
  if (over && thresholds.has(element) && !element.classList.contains("is-over")) {
    document.body.dispatchEvent(new CustomEvent("countdown:over"));
  }
  element.classList.toggle("is-over", over);
  const words = { ...document.documentElement.dataset, ...element.dataset }[over ? "overWord" : "leftWord"];
  setText(element, `${words} ${spell(over ? now - due : Math.max(0, due - now))}${paceWord()}`);
  announce(element, due - now);
}

function tickClock(element) {
  const options = { timeZone: "Asia/Shanghai", hourCycle: "h23" };
  setText(element, new Date(serverNow(element)).toLocaleTimeString(document.documentElement.lang, options) + paceWord());
}

export function tick() {
  document.querySelectorAll("time[data-clock]").forEach(tickClock);
  document.querySelectorAll("time[data-countdown]").forEach(tickDown);
  document.querySelectorAll("time[data-since]").forEach((element) => {
    setText(element, spell(Math.max(0, serverNow(element) - Date.parse(element.dataset.since))) + paceWord());
  });
}

tick();
setInterval(tick, 1000);
