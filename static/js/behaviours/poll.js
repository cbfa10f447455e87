// <div id="scan" data-behaviour="poll" data-poll="10" data-fragment="scan" data-announce="4 of 14 files">
// Every 10 s the part with this id is fetched anew from the same address (data-poll-url for another one), in full or
// as the named fragment. It stops when the new part no longer carries data-poll. Nothing happens in hidden tabs.
import { announce } from "./announce.js";

const visible = () => document.hidden
  ? new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }))
  : Promise.resolve();
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

// XMLHttpRequest hands over a document without script running; making one from text is forbidden by Trusted Types
const fetchPage = (url, fragment) => new Promise((done, failed) => {
  const request = new XMLHttpRequest();
  request.open("GET", url);
  request.responseType = "document";
  if (fragment) request.setRequestHeader("X-Fragment", fragment);
  request.onload = () => done(request.status === 200 ? request.response : null);
  request.onerror = failed;
  request.send();
});

async function fetchPart(part) {
  const page = await fetchPage(part.dataset.pollUrl ?? location.href, part.dataset.fragment);
  if (!page) return null;
  const fresh = page.getElementById(part.id);
  const sprite = page.querySelector("[data-sprite]");
  if (fresh && sprite && !fresh.contains(sprite)) fresh.append(sprite);
  return fresh;
}

export default async function poll(part) {
  if (!part.dataset.poll || !part.id) return;
  for (let failures = 0; part.isConnected && failures < 5;) {
    await pause(Number(part.dataset.poll) * 2 ** failures);
    await visible();
    const fresh = await fetchPart(part).catch(() => null);
    if (!fresh) {
      failures += 1;
      continue;
    }
    const hadFocus = part.contains(document.activeElement) && document.activeElement.id;
    part.replaceWith(fresh);
    if (hadFocus) document.getElementById(hadFocus)?.focus();
    if (fresh.dataset.announce) announce(fresh.dataset.announce);
    fresh.dispatchEvent(new CustomEvent("fragment:arrived", { bubbles: true }));
    return; // the new part polls by itself while it carries data-poll
  }
}
