// Which files are sent now: a few at a time, in the order in which they were chosen.
export const PARALLEL = 3;

export class Queue {
  constructor() {
    this.transfers = new Map();
  }

  get all() {
    return [...this.transfers.values()];
  }

  in(...states) {
    return this.all.filter((transfer) => states.includes(transfer.state));
  }

  add(transfer) {
    this.transfers.get(transfer.path)?.upload?.abort();
    this.transfers.set(transfer.path, transfer);
  }

  drop(transfer) {
    if (this.transfers.get(transfer.path) === transfer) this.transfers.delete(transfer.path);
  }

  // Starts what may start. A transfer calls it again whenever its state changes.
  pump() {
    const free = PARALLEL - this.in("sending").length;
    for (const transfer of this.in("waiting").slice(0, Math.max(0, free))) transfer.start();
  }

  pauseAll() {
    for (const transfer of this.in("waiting")) transfer.pause();
    for (const transfer of this.in("sending")) transfer.pause();
  }

  resume(transfers) {
    for (const transfer of transfers) transfer.become("waiting");
    this.pump();
  }
}
