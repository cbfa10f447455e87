// <div class="drop" data-behaviour="drop"><input type="file" multiple></div>
// Files dropped on the area land in its file input, which then says so with a change event.
export default function drop(area) {
  const input = area.querySelector("input[type=file]");
  if (!input) return;
  const light = (on) => area.classList.toggle("over", on);

  for (const name of ["dragenter", "dragover"]) {
    area.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      light(true);
    });
  }
  area.addEventListener("dragleave", (event) => {
    if (!area.contains(event.relatedTarget)) light(false);
  });
  area.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    light(false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
