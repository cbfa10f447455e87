// <form data-behaviour="upload">: chosen and dropped files are sent at once, in blocks, and go on where they stopped.
import { chosen, dropped } from "../upload/folders.js";
import { List } from "../upload/list.js";
import { Queue } from "../upload/queue.js";
import { Session } from "../upload/session.js";
import { Summary } from "../upload/summary.js";
import { Transfer } from "../upload/transfer.js";
import { counted, fill, size } from "../upload/words.js";

export default function upload(form) {
  const values = JSON.parse(form.dataset.values);
  const session = new Session(form);
  const queue = new Queue();
  const summary = new Summary(form, values);
  const list = new List(form.querySelector("[data-rows]"), { values, session, queue, changed });
  const pauseAll = form.querySelector("[data-pause-all]");

  function changed(transfer) {
    if (transfer?.state === "removed") queue.drop(transfer);
    if (transfer) list.draw(transfer);
    pauseAll.hidden = !queue.in("waiting", "sending").length;
    summary.update(queue.all, list.items);
    if (transfer && transfer.state !== "sending") queue.pump();
  }

  function take(found) {
    const isJunk = ({ path }) => path.toLowerCase().split("/").some((part) => values.junk.includes(part));
    const kept = found.filter((each) => !isJunk(each));
    const count = new Set([...list.rows.keys(), ...queue.transfers.keys()]).size + kept.length;
    const isTooMany = count > values.maxFiles;
    form.querySelector("[data-note]").textContent = isTooMany
      ? fill(values.say.tooMany, { n: count, most: values.maxFiles }) : named(found.filter(isJunk));
    if (isTooMany || !kept.length) return;
    form.querySelector("[data-panel]").hidden = false;
    const folder = form.elements.folder.value.replace(/^[/ ]+|[/ ]+$/g, "");
    for (const { file, path } of kept) add(file, (folder ? `${folder}/${path}` : path).normalize("NFC"));
    for (const transfer of queue.in("waiting")) changed(transfer);
  }

  function add(file, path) {
    const transfer = new Transfer(file, path, { session, block: values.block, changed });
    queue.add(transfer);
    if (file.size <= values.maxBytes) return;
    const facts = { size: size(file.size), most: size(values.maxBytes) };
    transfer.become("stopped", { reason: fill(values.say.tooLarge, facts) });
  }

  function named(skipped) {
    const names = skipped.slice(0, 5).map(({ path }) => path).join(", ");
    return skipped.length ? counted(values.say, "skipped", skipped.length, { names }) : "";
  }

  function pick(input) {
    const found = chosen(input);
    input.value = ""; // or the form would send them once more
    take(found);
  }

  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => pick(input));
    if (input.files.length) pick(input); // somebody was faster than this script
  }
  const zone = form.querySelector("[data-drop]");
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      const isLeaving = name === "drop" || (name === "dragleave" && !zone.contains(event.relatedTarget));
      zone.classList.toggle("over", !isLeaving);
      if (name === "drop") dropped(event.dataTransfer).then(take);
    });
  }
  pauseAll.addEventListener("click", () => queue.pauseAll());
  window.addEventListener("online", () => queue.resume(queue.in("paused").filter(({ isOffline }) => isOffline)));
  if (list.rows.size) changed();
}
