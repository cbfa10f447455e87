// <input type="search" data-behaviour="search">: the key "/" moves the focus there, unless somebody is typing.
import { isTyping } from "./typing.js";

export default function search(input) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || isTyping(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
