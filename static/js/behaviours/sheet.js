// <form class="sheet" id="filters" data-behaviour="sheet">: while it is the target of the address it takes the focus,
// keeps it inside, and Escape goes the way of its closing link.
export default function sheet(form) {
  const close = form.querySelector(".sheet-close");
  const isOpen = () => location.hash === `#${form.id}` && getComputedStyle(form).position === "fixed";
  const stops = () => [...form.querySelectorAll("a[href], button, input, summary")].filter((each) => each.checkVisibility?.() ?? true);

  function opened() {
    if (isOpen()) close.focus();
  }
  window.addEventListener("hashchange", opened);
  opened();

  form.addEventListener("keydown", (event) => {
    if (!isOpen()) return;
    if (event.key === "Escape") {
      close.click();
      document.querySelector(`[href="#${form.id}"]`)?.focus();
    }
    if (event.key !== "Tab") return;
    const all = stops();
    const edge = event.shiftKey ? all[0] : all[all.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? all[all.length - 1] : all[0]).focus();
  });
}
