// <button data-behaviour="shortcuts"> opens <dialog id="shortcuts">, as the key "?" does. Its links with data-keys="m" are
// followed by "g" and that letter. No key does anything while somebody types, and none is taken from the browser.
import { isTyping } from "./typing.js";

const PATIENCE = 1500; // milliseconds between "g" and the letter

export default function shortcuts(button) {
  const dialog = document.getElementById("shortcuts");
  let waitsUntil = 0;
  button.addEventListener("click", () => dialog.showModal());

  document.addEventListener("keydown", (event) => {
    if (isTyping(event)) return;
    if (event.key === "?") {
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
      return;
    }
    const waits = event.timeStamp < waitsUntil;
    waitsUntil = event.key === "g" ? event.timeStamp + PATIENCE : 0;
    const link = waits && dialog.querySelector(`a[data-keys="${CSS.escape(event.key)}"]`);
    if (!link) return;
    event.preventDefault();
    waitsUntil = 0;
    link.click();
  });
}
