// <button data-behaviour="copy" data-copy="#id" data-done="Copied"><span>Copy</span></button>
// or data-copy-text="the text itself". Otherwise copies the text of the element, of the visible tab when it is a snippet, or the value when it is a control.
import { announce } from "./announce.js";

function textOf(source) {
  if (source.matches("input, textarea")) return source.value;
  const shown = [...source.querySelectorAll("pre")].find((pre) => pre.offsetParent);
  return (shown ?? source).textContent.trim();
}

export default function copy(button) {
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  let timer;
  if (!navigator.clipboard) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", async () => {
    const source = button.dataset.copy && document.querySelector(button.dataset.copy);
    const text = button.dataset.copyText ?? (source && textOf(source));
    if (text == null) return;
    await navigator.clipboard.writeText(text);
    label.textContent = button.dataset.done ?? "✓";
    announce(label.textContent);
    clearTimeout(timer);
    timer = setTimeout(() => { label.textContent = before; }, 1600);
  });
}
