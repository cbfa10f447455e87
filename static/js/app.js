// Progressive enhancement only: every page works without this file.
// An element names its behaviours, <button data-behaviour="copy">; each is one module, fetched when a page needs it.
const behaviours = {
  copy: () => import("./behaviours/copy.js"),
  drop: () => import("./behaviours/drop.js"),
  menu: () => import("./behaviours/menu.js"),
  poll: () => import("./behaviours/poll.js"),
  search: () => import("./behaviours/search.js"),
  sheet: () => import("./behaviours/sheet.js"),
  shortcuts: () => import("./behaviours/shortcuts.js"),
  upload: () => import("./behaviours/upload.js"),
};

const attached = new WeakMap();

async function attachOne(element, name) {
  const names = attached.get(element) ?? new Set();
  if (names.has(name) || !behaviours[name]) return;
  attached.set(element, names.add(name));
  const behaviour = await behaviours[name]();
  behaviour.default(element);
}

function attachAll(root) {
  const found = [...root.querySelectorAll("[data-behaviour]")];
  if (root.dataset?.behaviour) found.push(root);
  for (const element of found) {
    for (const name of element.dataset.behaviour.split(/\s+/)) attachOne(element, name);
  }
}

document.documentElement.classList.add("js");
attachAll(document);
// a behaviour that replaces a part of the page says so with this event
document.addEventListener("fragment:arrived", (event) => attachAll(event.target));
