// Makes a part of the page equal to a fresh rendering of it, touching only what differs: focus, text selection,
// scroll positions and opened folds stay as they are. Rows are recognised by `data-key`.
const keyOf = (node) => node.dataset?.key ?? "";
const alike = (old, fresh) => old.nodeName === fresh.nodeName && keyOf(old) === keyOf(fresh);

export function morph(old, fresh) {
  const focused = document.activeElement;
  become(old, fresh);
  // A row that moved lost the focus on the way.
  if (focused && focused !== document.activeElement && old.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

function become(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  takeAttributes(old, fresh);
  takeChildren(old, fresh);
}

function takeAttributes(old, fresh) {
  const isReaders = (name) => name === "open" && old.localName === "details";
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isReaders(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !isReaders(name)) old.setAttribute(name, value);
  }
}

function takeChildren(old, fresh) {
  const keyed = new Map([...old.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let next = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    let found = keyOf(wanted) ? keyed.get(keyOf(wanted)) : next;
    if (!found || !alike(found, wanted)) found = null;
    if (found === next && found) next = next.nextSibling;
    else if (found) old.insertBefore(found, next);
    else old.insertBefore(markNew(wanted), next);
    if (found) become(found, wanted);
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

function markNew(node) {
  if (keyOf(node)) node.classList.add("is-new");
  return node;
}
