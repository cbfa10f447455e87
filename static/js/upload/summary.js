// The line that says how the whole upload is getting on. Screen readers hear it, so it changes every 5 s at most.
import { counted, fill, size, time } from "./words.js";

const EVERY = 5000;

export class Summary {
  constructor(form, values) {
    Object.assign(this, { say: values.say, last: -EVERY, timer: null, marks: [] });
    this.status = form.querySelector("[data-status]");
    this.total = form.querySelector("[data-total]");
    this.left = form.querySelector("[data-left]");
    this.commit = form.querySelector("[data-commit]");
  }

  // Rows that stand on the page without a transfer were sent, or begun, before it was opened.
  update(transfers, rows) {
    const others = rows.filter((row) => !transfers.some((transfer) => transfer.path === row.dataset.path));
    const bytes = [...transfers.map((transfer) => transfer.file.size), ...others.map((row) => Number(row.dataset.size))];
    const whole = bytes.reduce((sum, each) => sum + each, 0);
    this.total.textContent = counted(this.say, "total", bytes.length, { size: size(whole) });
    const moving = transfers.filter(({ state }) => ["waiting", "sending", "paused"].includes(state)).length
      + others.filter((row) => row.dataset.state !== "received").length;
    const stopped = transfers.filter(({ state }) => state === "stopped").length;
    this.commit.disabled = moving + stopped > 0;
    this.left.textContent = moving ? counted(this.say, "moving", moving)
      : stopped ? counted(this.say, "halted", stopped) : "";
    if (!transfers.length) return; // the page itself says how things stood when it was opened
    this.next = () => this.sentence(transfers, moving + stopped ? 0 : bytes.length);
    this.timer ??= setTimeout(() => this.speak(), Math.max(0, this.last + EVERY - performance.now()));
  }

  speak() {
    this.timer = null;
    this.last = performance.now();
    const text = this.next();
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  sentence(transfers, finished) {
    if (finished) return counted(this.say, "done", finished);
    const sum = (key) => transfers.reduce((total, transfer) => total + key(transfer), 0);
    const sent = sum((transfer) => transfer.sent);
    const all = sum((transfer) => transfer.file.size);
    return fill(this.say.overall, { sent: size(sent), size: size(all), left: this.estimate(sent, all - sent) }).trim();
  }

  estimate(sent, rest) {
    const now = performance.now();
    this.marks = [...this.marks.filter((mark) => now - mark.now < 30000), { now, sent }];
    const [first] = this.marks;
    const perSecond = ((sent - first.sent) / (now - first.now)) * 1000;
    if (!(perSecond > 0)) return "";
    const speed = Number(((perSecond * 8) / 1e6).toPrecision(2));
    return fill(this.say.left, { time: time(rest / perSecond, this.say), speed });
  }
}
