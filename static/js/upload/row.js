// One row of the list: name, size, bar, one sentence, and what can be done.
import { fill, size } from "./words.js";

const ACTIONS = { waiting: ["pause"], sending: ["pause"], paused: ["resume", "remove"], received: ["remove"], stopped: ["remove"] };

export class Row {
  constructor(element, values) {
    Object.assign(this, { element, values });
  }

  static blank(values) {
    const row = document.getElementById("upload-row").content.firstElementChild.cloneNode(true);
    return new Row(row, values);
  }

  part(name) {
    return this.element.querySelector(`[${name}]`);
  }

  show(transfer) {
    const { path, file } = transfer;
    this.transfer = transfer;
    this.element.dataset.path = path;
    this.part("data-name").textContent = path;
    this.part("data-bytes").textContent = size(file.size);
    this.element.querySelector("progress").setAttribute("aria-label", path);
    for (const named of this.element.querySelectorAll("[data-named]")) named.textContent = ` ${path}`;
  }

  draw(transfer) {
    const { state } = transfer;
    const bar = this.element.querySelector("progress");
    const line = this.part("data-line");
    bar.value = transfer.file.size ? (100 * transfer.sent) / transfer.file.size : 100;
    bar.hidden = state === "received" || state === "stopped";
    bar.classList.toggle("waiting", state !== "sending");
    line.lastElementChild.textContent = this.sentence(transfer);
    if (this.element.dataset.state === state) return;
    this.element.dataset.state = state;
    line.classList.remove("soft", "ok", "bad", "info", "idle");
    line.classList.add(bar.hidden ? this.values.statuses[state] : "soft");
    line.querySelector("use").setAttribute("href", `#i-${this.values.icons[state]}`);
    this.part("data-digest").hidden = !transfer.sha256;
    this.part("data-digest").lastElementChild.textContent = transfer.sha256;
    for (const button of this.element.querySelectorAll("[data-act]")) {
      button.hidden = !ACTIONS[state].includes(button.dataset.act);
    }
  }

  sentence(transfer) {
    const { say } = this.values;
    const facts = { sent: size(transfer.sent), size: size(transfer.file.size) };
    if (transfer.state === "stopped") {
      const reason = transfer.reason || fill(say.refused, { status: transfer.status });
      return fill(say.stopped, { reason });
    }
    if (transfer.isOffline) return fill(say.offline, facts);
    if (transfer.state === "paused") return fill(say.paused, facts);
    if (transfer.state !== "sending") return say[transfer.state];
    if (transfer.isNew && !transfer.sent) return say.changed;
    return transfer.sent < transfer.file.size ? fill(say.sending, facts) : say.checking;
  }
}
