// A form with data-draft="NAME" is kept on this device as it is typed, per user, until it is accepted, given up or a day old.
// The hidden form_token is kept too: sent again after a lost answer, the report is recognised and not doubled.
// What a field with data-not-kept holds stays off the device.
const PREFIX = "draft:";
const DAY_MS = 24 * 60 * 60 * 1000;
const SKIPPED = new Set(["csrfmiddlewaretoken"]);

const key = (form) => `${PREFIX}${document.body.dataset.user}:${form.dataset.draft}`;
const drafts = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
const kept = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };

export function clearDrafts() {
  drafts().forEach((name) => localStorage.removeItem(name));
  Object.keys(sessionStorage).filter((name) => name.startsWith(PARTED)).forEach((name) => sessionStorage.removeItem(name));
}

export function keepDrafts() {
  forgetOld();
  const form = document.querySelector("form[data-draft]");
  if (form) restore(form);
  document.addEventListener("input", (event) => {
    const typed = event.target.closest?.("form[data-draft]");
    if (typed) save(typed);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-drop-draft]")) return;
    localStorage.removeItem(key(document.querySelector("form[data-draft]")));
    location.reload();
  });
}

export function save(form) {
  const isKept = (name) => !SKIPPED.has(name) && !form.querySelector(`[name="${name}"][data-not-kept]`);
  const fields = [...new FormData(form)].filter(([name, value]) => isKept(name) && typeof value === "string");
  localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), token: form.elements.form_token?.value, fields }));
}

export function forgetOld() {
  const filed = document.querySelector("[data-filed-token]")?.dataset.filedToken;
  for (const name of drafts()) {
    const draft = kept(name);
    if (!draft || Date.now() - draft.at > DAY_MS || (filed && draft.token === filed)) localStorage.removeItem(name);
  }
}

// A page that comes back from the server with its own text (errors, a login in between) is left as it is.
function restore(form) {
  const draft = kept(key(form));
  if (!draft || !("draftEmpty" in form.dataset)) return;
  const values = grouped(draft.fields);
  for (const control of form.elements) {
    if (!control.name || SKIPPED.has(control.name)) continue;
    const texts = (values.get(control.name) ?? []).map(([, value]) => value);
    if (control.type === "checkbox" || control.type === "radio") control.checked = texts.includes(control.value);
    else if (texts.length) control.value = texts[0];
  }
  form.querySelectorAll("details").forEach((fold) => { fold.open ||= filled(fold); });
  const notice = document.querySelector("[data-draft-notice]");
  notice.hidden = false;
  notice.querySelector("time").textContent =
    new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" }).format(draft.at);
}

function grouped(fields) {
  const groups = new Map();
  for (const field of fields) groups.set(field[0], [...(groups.get(field[0]) ?? []), field]);
  return groups;
}

const filled = (fold) => [...fold.querySelectorAll("input, select, textarea")].some((control) =>
  control.type === "checkbox" ? control.checked : control.type !== "radio" && control.value !== "");

// What was typed into the page's other forms outlives a login that ends, in this tab alone.
const PARTED = "parted:";
const partedKey = () => `${PARTED}${document.body.dataset.user}:${location.pathname}`;
const isLeftOut = (field) => SKIPPED.has(field.name) || field.matches("[type=password], [type=file], [type=hidden], [data-not-kept]");
const others = () => [...document.querySelectorAll("main form[method=post]:not([data-draft], [data-clears-drafts])")];
const written = (form) => [...form.elements].filter((field) => field.name && !isLeftOut(field) && changed(field));

function changed(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.localName === "select") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return "defaultValue" in field && field.value !== field.defaultValue;
}

export function keepForLogin() {
  const forms = others().map((form) => ({
    action: form.getAttribute("action") ?? "",
    fields: written(form).map((field) => [field.name, field.value, field.checked ?? null]),
  })).filter(({ fields }) => fields.length);
  if (forms.length) sessionStorage.setItem(partedKey(), JSON.stringify(forms));
}

export function dropKept() {
  sessionStorage.removeItem(partedKey());
}

export function restoreAfterLogin() {
  const held = sessionStorage.getItem(partedKey());
  if (!held) return;
  dropKept();
  for (const { action, fields } of JSON.parse(held)) {
    const form = others().find((each) => (each.getAttribute("action") ?? "") === action);
    for (const [name, value, checked] of form ? fields : []) put(form, name, value, checked);
    form?.querySelectorAll("details").forEach((fold) => { fold.open ||= filled(fold); });
  }
  document.querySelector("[data-restored-notice]").hidden = false;
}

function put(form, name, value, checked) {
  const fields = [...form.elements].filter((field) => field.name === name && !isLeftOut(field));
  if (checked === null) {
    if (fields[0]) fields[0].value = value;
    return;
  }
  const field = fields.find((each) => each.value === value);
  if (field) field.checked = checked;
}
