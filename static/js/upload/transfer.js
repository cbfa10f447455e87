// One file on its way: waiting, sending, paused, received or stopped. Needs the global `tus` (tus-js-client).
import { Refused } from "./session.js";

// about five minutes of trying; after that the file waits for the network, or for its Continue button
const RETRIES = [0, 1000, 2000, 4000, 8000, 15000, 30000, 30000, 60000, 60000, 60000];

export class Transfer {
  constructor(file, path, { session, block, changed }) {
    Object.assign(this, { file, path, session, block, changed });
    this.state = "waiting";
    this.sent = 0;
    this.sha256 = "";
    this.reason = "";
    this.isOffline = false;
    this.isNew = false;
    this.attempt = 0;
  }

  become(state, facts = {}) {
    Object.assign(this, { isOffline: false }, facts, { state });
    this.changed(this);
  }

  async start() {
    this.become("sending");
    const attempt = (this.attempt += 1); // a pause and a new start may overtake the answer we wait for
    try {
      const { url, changed } = await this.session.announce(this.file, this.path);
      Object.assign(this, { url, isNew: changed });
      if (attempt === this.attempt && this.state === "sending") this.send();
    } catch (error) {
      if (attempt === this.attempt) this.fail(error instanceof Refused ? error : null);
    }
  }

  send() {
    this.upload = new tus.Upload(this.file, {
      uploadUrl: this.url,
      chunkSize: this.block,
      retryDelays: RETRIES,
      headers: this.session.headers,
      storeFingerprintForResuming: false,
      onProgress: (sent) => this.become(this.state, { sent }),
      onShouldRetry: (error) => this.waits(refusal(error)?.status ?? 0),
      onAfterResponse: (_, response) => { this.sha256 = response.getHeader("X-Content-SHA256") ?? ""; },
      onSuccess: () => this.become("received", { sent: this.file.size }),
      onError: (error) => this.fail(refusal(error)),
    });
    this.upload.start();
  }

  // The line broke, the hub is being restarted, or another window sends the same file: try again.
  waits(status) {
    const isHopeful = status < 400 || status >= 500 || status === 409 || status === 423;
    if (isHopeful && this.state === "sending") this.become("sending", { isOffline: status !== 409 });
    return isHopeful;
  }

  fail(refused) {
    if (this.state !== "sending") return;
    if (refused && refused.status < 500) this.become("stopped", { reason: refused.message, status: refused.status });
    else this.become("paused", { isOffline: true });
  }

  pause() {
    this.upload?.abort();
    this.become("paused");
  }

  async remove() {
    this.upload?.abort();
    this.become("removed");
    if (this.url) await this.session.send("DELETE", this.url).catch(() => null);
  }
}

function refusal(error) {
  const response = error.originalResponse;
  if (!response?.getStatus()) return null;
  let message = "";
  try {
    message = JSON.parse(response.getBody()).detail ?? "";
  } catch {
    // not one of the hub's own answers: the page says the status
  }
  return new Refused(message, response.getStatus());
}
