// One live region for the whole page, so that screen readers hear what a script changed.
let region;

export function announce(text) {
  if (!region) {
    region = document.createElement("div");
    region.className = "sr";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  if (region.textContent !== text) region.textContent = text;
}
