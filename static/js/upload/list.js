// The list of files on the page: a row per file, and what its buttons do.
import { Row } from "./row.js";

const SHOWN = 200; // of more files than that, those that have been received leave the page first

export class List {
  constructor(element, { values, session, queue, changed }) {
    Object.assign(this, { element, values, session, queue, changed, rows: new Map() });
    for (const item of element.children) this.rows.set(item.dataset.path, new Row(item, values));
    element.addEventListener("click", (event) => this.click(event));
  }

  get items() {
    return [...this.element.children];
  }

  draw(transfer) {
    if (transfer.state === "removed") {
      this.take(transfer.path);
      return;
    }
    const row = this.rows.get(transfer.path) ?? this.room(transfer);
    if (row && row.transfer !== transfer) row.show(transfer);
    row?.draw(transfer);
  }

  room(transfer) {
    if (this.element.childElementCount >= SHOWN) {
      if (transfer.state === "waiting") return null;
      this.element.querySelector("[data-state=received]")?.remove();
    }
    const row = Row.blank(this.values);
    this.rows.set(transfer.path, row);
    this.element.append(row.element);
    return row;
  }

  take(path) {
    this.rows.get(path)?.element.remove();
    this.rows.delete(path);
  }

  async click(event) {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    event.preventDefault();
    const { path, url } = button.closest("li").dataset;
    const { transfer } = this.rows.get(path);
    if (button.dataset.act === "pause") transfer.pause();
    else if (button.dataset.act === "resume") this.queue.resume([transfer]);
    else await this.remove(transfer, path, url);
  }

  async remove(transfer, path, url) {
    const next = this.rows.get(path).element.nextElementSibling;
    if (transfer) await transfer.remove();
    else {
      await this.session.send("DELETE", url);
      this.take(path);
      this.changed();
    }
    (next?.querySelector("[data-act]:not([hidden])") ?? document.getElementById("files")).focus();
  }
}
