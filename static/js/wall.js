// The wall turns its views, goes quiet at night, and never needs a hand: what it shows is kept new by livepart.js.
import { serverNow } from "./countdown.js";
import "./livepart.js";

const DWELL_MS = 20_000;
const QUIET_DWELL_MS = 60_000;
const QUIET_FROM_H = 22;
const QUIET_UNTIL_H = 6;
const OLD_MS = 20 * 60 * 60 * 1000;
const RENEWED_AT_H = 4;
const SHIFTS = 4;
const CHOICES = { quiet: ["auto", "on", "off"], theme: ["auto", "dark", "light"] };

const root = document.documentElement;
const body = document.body;
const holder = document.querySelector("[data-live-part]");
const names = [...document.querySelectorAll("[data-show]")].map((tab) => tab.dataset.show);
const dark = matchMedia("(prefers-color-scheme: dark)");
let turnedAt = performance.now();
let paused = false;

const chosen = (what) => localStorage.getItem(`wall.${what}`) ?? "auto";
const hour = () => (new Date(serverNow(holder.firstElementChild)).getUTCHours() + 8) % 24;
const isNight = () => hour() >= QUIET_FROM_H || hour() < QUIET_UNTIL_H;
const isQuiet = () => chosen("quiet") === "on" || (chosen("quiet") === "auto" && isNight());

function dress() {
  const quiet = isQuiet();
  root.classList.toggle("is-quiet", quiet);
  const theme = chosen("theme") === "auto" ? (dark.matches ? "dark" : "light") : chosen("theme");
  root.dataset.bsTheme = quiet ? "dark" : theme;
  for (const button of document.querySelectorAll("[data-cycle]")) {
    for (const word of button.children) word.hidden = word.dataset.choice !== chosen(button.dataset.cycle);
  }
}

function show(name) {
  body.dataset.view = name;
  turnedAt = performance.now();
  for (const tab of document.querySelectorAll("[data-show]")) {
    if (tab.dataset.show === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  // Nothing stands on the same dots for days.
  body.dataset.shift = (Number(body.dataset.shift ?? 0) + 1) % SHIFTS;
}

function turn(steps) {
  show(names[(names.indexOf(body.dataset.view) + steps + names.length) % names.length]);
}

function pause() {
  paused = !paused;
  turnedAt = performance.now();
  document.querySelector("[data-pause]").setAttribute("aria-pressed", paused);
}

function cycle(what) {
  const next = CHOICES[what][(CHOICES[what].indexOf(chosen(what)) + 1) % CHOICES[what].length];
  localStorage.setItem(`wall.${what}`, next);
  dress();
}

// Browsers are not made to run for months: once a night, while the server answers, the page is loaded anew.
function renew() {
  const isFresh = !holder.classList.contains("is-stale");
  if (isFresh && performance.now() > OLD_MS && hour() === RENEWED_AT_H) location.reload();
}

document.addEventListener("click", (event) => {
  const to = event.target.closest("[data-show], [data-turn], [data-pause], [data-cycle]");
  if (!to) return;
  event.preventDefault();
  if (to.dataset.show) show(to.dataset.show);
  else if (to.dataset.turn) turn(Number(to.dataset.turn));
  else if (to.dataset.cycle) cycle(to.dataset.cycle);
  else pause();
});
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || (event.key === " " && event.target.closest("button, a"))) return;
  const act = {
    ArrowLeft: () => turn(-1),
    ArrowRight: () => turn(1),
    " ": pause,
    n: () => cycle("quiet"),
    t: () => cycle("theme"),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

if (location.hash) history.replaceState(null, "", location.pathname + location.search);
dark.addEventListener("change", dress);
dress();
setInterval(() => {
  if (!paused && performance.now() - turnedAt > (isQuiet() ? QUIET_DWELL_MS : DWELL_MS)) turn(1);
  dress();
  renew();
}, 1000);
