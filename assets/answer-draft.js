// What somebody has filled in, kept in this browser until it has arrived: values of fields and nothing else.
// A personal link keeps it from visit to visit; an open link, which several may use at one computer, in its tab only.

import { form, page } from "./answer-page.js";

const ours = "svar:";
const key = page.draft && ours + named(`${location.pathname.split("/")[2]} ${page.draft.measurement}`);
const today = () => new Date().toISOString().slice(0, 10);

// Of a link: too short to tell it, and there without WebCrypto, which plain http has not.
function named(text) {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (const letter of text) {
    one = Math.imul(one ^ letter.codePointAt(), 2654435761);
    other = Math.imul(other ^ letter.codePointAt(), 1597334677);
  }
  return (one >>> 0).toString(16) + (other >>> 0).toString(16);
}

function storage() {
  try {
    return page.draft && (page.draft.shared ? sessionStorage : localStorage);
  } catch {
    return undefined; // forbidden by the browser's settings
  }
}

// Whether it could be kept. `posted`: it is on its way without this script, and the thank-you page may remove it.
export function keep(values, posted = false) {
  try {
    storage().setItem(key, JSON.stringify({ until: page.draft.until, values, posted }));
    return true;
  } catch {
    return false; // none, or full
  }
}

export function kept() {
  try {
    return JSON.parse(storage().getItem(key));
  } catch {
    return null;
  }
}

export function forget() {
  try {
    storage().removeItem(key);
  } catch { /* where nothing can be kept, nothing is */ }
}

// Of earlier measurements, and of whoever has stopped halfway.
export function sweep() {
  try {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(ours))) {
      if (!(JSON.parse(localStorage.getItem(name))?.until >= today())) { localStorage.removeItem(name); }
    }
  } catch { /* as above */ }
}

export function values() {
  const filled = Array.from(form.querySelectorAll(".statement input:checked, textarea"), ({ name, value }) => [name, value]);
  return Object.fromEntries(filled.filter(([, value]) => value));
}

export function fillIn(said) {
  for (const field of form.querySelectorAll(".statement input, textarea")) {
    if (field.type === "radio") { field.checked = said[field.name] === field.value; continue; }
    field.value = said[field.name] ?? "";
    field.dispatchEvent(new Event("input"));
  }
}

// Another tab of this browser has changed it.
export function follow(changed) {
  addEventListener("storage", (event) => {
    if (event.key === key) { changed(JSON.parse(event.newValue)?.values ?? {}); }
  });
}

const channel = page.draft && globalThis.BroadcastChannel && new BroadcastChannel(key);

export function tellOtherTabs() { channel?.postMessage("received"); }

export function onReceivedElsewhere(deed) { channel?.addEventListener("message", deed); }

// The part from which somebody changes the language: the page that comes is another, and opens there.
export function changePage(part) {
  try {
    sessionStorage.setItem(`${key}:del`, part);
  } catch { /* then at its beginning */ }
}

export function pageBefore() {
  try {
    const part = sessionStorage.getItem(`${key}:del`);
    sessionStorage.removeItem(`${key}:del`);
    return part === null ? undefined : Number(part);
  } catch {
    return undefined;
  }
}
