// Keyboard shortcuts: whatever carries `data-shortcut` is reached by its keys ("/", or "g b" one after the other), and `?`
// lists them all. They can be turned off on this device, for those whose voice input or hands would trigger them.
const OFF = "shortcuts-off";
const CHORD_MS = 1_500;
const TYPING = "input, textarea, select, [contenteditable]";

const isOff = () => localStorage.getItem(OFF) === "1";
let begun = "";
let begunAt = 0;

function go(target) {
  if (target.matches(TYPING)) {
    target.focus();
    target.select?.();
  } else {
    target.click();
  }
}

function list(dialog) {
  const shown = [...document.querySelectorAll("[data-shortcut]")].map((each) => {
    const term = document.createElement("dt");
    const said = document.createElement("dd");
    for (const key of each.dataset.shortcut.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      term.append(cap, " ");
    }
    said.textContent = each.dataset.shortcutLabel ?? each.textContent.trim();
    return [term, said];
  });
  dialog.querySelector("[data-shortcut-list]").replaceChildren(...shown.flat());
}

function help() {
  const dialog = document.querySelector("[data-shortcuts]");
  if (!dialog || dialog.open) return;
  list(dialog);
  dialog.querySelector("[data-shortcuts-off]").checked = isOff();
  dialog.showModal();
}

export function listenForKeys() {
  document.querySelector("[data-shortcuts-off]")?.addEventListener("change", ({ target }) => {
    localStorage.setItem(OFF, target.checked ? "1" : "0");
  });
  document.querySelector("[data-open-shortcuts]")?.addEventListener("click", help);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]") || isOff()) return;
    if (event.key === "?") {
      event.preventDefault();
      help();
      return;
    }
    const chord = event.timeStamp - begunAt < CHORD_MS ? `${begun} ${event.key}` : event.key;
    const target = document.querySelector(`[data-shortcut="${CSS.escape(chord)}"]`)
      ?? document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
    [begun, begunAt] = [event.key, event.timeStamp];
    if (!target) return;
    event.preventDefault();
    begun = "";
    go(target);
  });
}
