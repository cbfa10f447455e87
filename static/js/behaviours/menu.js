// <details data-behaviour="menu">: closes with Escape, which leads back to its summary, and when people turn elsewhere.
export default function menu(details) {
  const summary = details.querySelector("summary");

  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    summary.focus();
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
  });
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
}
