// Whether a key belongs to something else: to a field, to the browser, to an input method, or to a key held down.
export function isTyping(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return true;
  return event.defaultPrevented || Boolean(event.target.closest?.("input, textarea, select, [contenteditable]"));
}
