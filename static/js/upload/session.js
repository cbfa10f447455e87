// The hub's side of an upload: one session per page, and one announced address per file.
import { sampleOf } from "./sample.js";

const PATIENCE = [500, 1000, 2000, 4000, 8000, 15000, 30000];
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function patiently(request) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await request();
      if (response.status < 500 || attempt >= PATIENCE.length) return response;
    } catch (error) {
      if (attempt >= PATIENCE.length) throw error;
    }
    await pause(PATIENCE[attempt]);
  }
}

export class Session {
  constructor(form) {
    this.form = form;
    this.files = form.dataset.files;
    this.headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };
  }

  async send(method, url, headers = {}) {
    const all = { ...this.headers, "Tus-Resumable": "1.0.0", ...headers };
    const response = await patiently(() => fetch(url, { method, headers: all, credentials: "same-origin" }));
    if (response.ok) return response;
    const said = await response.json().catch(() => ({}));
    throw new Refused(said.detail ?? "", response.status);
  }

  begin() {
    if (this.files) return Promise.resolve(this.files);
    this.beginning ??= this.send("POST", this.form.dataset.begin).then((response) => response.json()).then((places) => {
      // from now on this page is the page of the upload: a reload finds it again
      history.replaceState(null, "", places.page);
      for (const form of [this.form, document.getElementById("other")]) form.action = places.page;
      this.files = places.files;
      return places.files;
    }).finally(() => { this.beginning = null; });
    return this.beginning;
  }

  // Answers the file's address; a file that was begun and has changed since is begun anew.
  async announce(file, path) {
    const files = await this.begin();
    const name = btoa(String.fromCharCode(...new TextEncoder().encode(path)));
    const headers = { "Upload-Length": String(file.size), "Upload-Metadata": `path ${name}` };
    const response = await this.send("POST", files, headers);
    const url = response.headers.get("Location");
    const sample = response.headers.get("Upload-Sample");
    const offset = Number(response.headers.get("Upload-Offset"));
    if (!sample || sample === await sampleOf(file, offset)) return { url, changed: false };
    await this.send("DELETE", url);
    const again = await this.send("POST", files, headers);
    return { url: again.headers.get("Location"), changed: true };
  }
}
