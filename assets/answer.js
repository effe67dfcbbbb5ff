// The respondent's form: seals the answer in this browser, and sends it until it has arrived, once.
// The form is whole without it: then, and where a browser has no WebCrypto, it is posted as it is and the server seals.

const utf8 = (text) => new TextEncoder().encode(text);
const sorted = (table) => Object.fromEntries(Object.entries(table).sort());

// An envelope as crypto/sealing.py fixes it to the byte. Key pair and nonce are arguments for the sake of tests.
export async function seal(to, sheet, pair, nonce = crypto.getRandomValues(new Uint8Array(12))) {
  const { subtle } = crypto, curve = { name: "ECDH", namedCurve: "P-256" };
  const { publicKey, privateKey } = pair ?? await subtle.generateKey(curve, false, ["deriveBits"]);
  const box = Uint8Array.from(atob(to.box), (sign) => sign.charCodeAt());
  const peer = await subtle.importKey("raw", box, curve, false, []);
  const secret = await subtle.deriveBits({ name: "ECDH", public: peer }, privateKey, 256);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: utf8("dimios-dash"), info: utf8("envelope/1") };
  const stretched = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const key = await subtle.deriveKey(hkdf, stretched, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const additionalData = utf8([to.measurement, to.unit, to.channel].join("|"));
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, padded(sheet));
  return new Blob([await subtle.exportKey("raw", publicKey), nonce, sealed]);
}

function padded({ answers, role_type, texts }) {
  const content = utf8(JSON.stringify({ answers: sorted(answers), role_type, texts: sorted(texts) }));
  const plaintext = new Uint8Array(16384);
  new DataView(plaintext.buffer).setUint32(0, content.length);
  plaintext.set(content, 4); // throws where it does not fit; seven texts of 500 characters do
  return plaintext;
}

// As domain/free_text.py tidies, and counts.
export function tidied(text) {
  const visible = text.replace(/\r\n?/g, "\n").replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]|\p{Cs}/gu, "");
  return visible.replace(/^[\s\ufeff]+|[\s\ufeff]+$/g, "");
}

export const length = (text) => [...text].length;

// As domain/personal_data.py finds, by its patterns.
export function personal(text, patterns) {
  const found = [];
  for (const [kind, pattern] of patterns) {
    for (const [, what] of text.matchAll(new RegExp(pattern, "gu"))) {
      if (!found.some((earlier) => earlier.what.includes(what))) { found.push({ kind, what }); }
    }
  }
  return found;
}

const id = (name) => document.getElementById(name);
const form = id("formular"), state = id("lage"), button = form?.querySelector("[type=submit]");
const { longest, patterns, words, ...page } = JSON.parse(form?.dataset.script ?? "{}");
const meant = new Set(Array.from(form?.querySelectorAll("[name=sett]") ?? [], ({ value }) => value));
const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function element(tag, className, ...content) {
  const made = Object.assign(document.createElement(tag), { className });
  made.append(...content);
  return made;
}

// The sheet, and what is wrong with it in the form's order.
function read() {
  const said = new FormData(form), problems = [];
  const sheet = { answers: {}, role_type: Number(said.get("respondenttyp")), texts: {} };
  for (const field of form.querySelectorAll(".statement, textarea")) {
    const value = said.get(field.id), role = field.id === "respondenttyp";
    if (field.matches("textarea")) {
      const text = tidied(value), remark = remarkOn(text);
      if (text) { sheet.texts[field.id.replace("forslag_", "")] = text; }
      if (remark) { problems.push({ field, title: `${field.labels[0].textContent}: ${remark}`, remark }); }
    } else if (value === null) {
      const title = role ? words.your_role : field.querySelector("legend").textContent;
      problems.push({ field, title, remark: role ? words.choose_role : words.choose });
    } else if (!role) {
      sheet.answers[field.id] = value === "vet_ej" ? 0 : Number(value);
    }
  }
  return { sheet, problems };
}

// What is pointed out once is meant, if it comes again.
function remarkOn(text) {
  if (length(text) > longest) { return say(words.too_long, { n: length(text) }); }
  const found = personal(text, patterns), known = found.every(({ what }) => meant.has(what));
  found.forEach(({ what }) => meant.add(what));
  return known ? "" : say(words.personal, { found: found.map((each) => say(words.found, each)).join(", ") });
}

// Says what is wrong as the server would: a list at the top, and a remark at each field.
function show(problems) {
  document.querySelectorAll("#fel, [id$='-fel']").forEach((old) => old.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => mark(field));
  if (!problems.length) { return; }
  const missing = problems.filter(({ field }) => field.matches("fieldset")).length;
  const list = element("ul", "");
  for (const { field, title, remark } of problems) {
    list.append(element("li", "", Object.assign(element("a", "", title), { href: `#${field.id}` })));
    mark(field, remark);
  }
  const title = missing ? say(missing === 1 ? words.one_missing : words.some_missing, { n: missing }) : words.look_through;
  const heading = element("h2", "error-summary__title", title);
  const summary = element("div", "error-summary", heading, element("p", "", words.not_sent), list);
  id("innehall").prepend(Object.assign(summary, { id: "fel", role: "alert", tabIndex: -1 }));
  summary.focus({ preventScroll: true });
  summary.scrollIntoView();
}

function mark(field, remark) {
  const note = `${field.id}-fel`, about = id(`${field.id}-om`);
  field.classList.toggle("statement--error", Boolean(remark) && field.matches("fieldset"));
  field.setAttribute("aria-describedby", [about?.id, remark && note].filter(Boolean).join(" "));
  if (!remark) { return field.removeAttribute("aria-invalid"); }
  field.setAttribute("aria-invalid", "true");
  (about ?? field.querySelector("legend")).after(Object.assign(element("p", "field__error", remark), { id: note }));
}

let to = page.to, sheet, envelope; // on its way: sent again, unchanged, until the server has said something
let busy = false, unsent = false, unsure = false, wait = 2, timer, end = "";

async function submitted(event) {
  if (!page.seals) { return; }
  event.preventDefault();
  if (busy) { return; }
  if (!envelope) {
    const filled = read();
    show(filled.problems);
    if (filled.problems.length) { return; }
    sheet = filled.sheet;
    tell("info", words.sending);
    await sealUp();
  }
  if (envelope) { deliver(); }
}

async function sealUp() {
  busy = unsent = true;
  lock(true);
  try {
    envelope = await seal(to, sheet);
  } catch {
    sealsHere(false);
    letGo("warning", words.unable, words.unable_more);
  }
}

async function deliver() {
  clearTimeout(timer);
  busy = true;
  const body = new FormData();
  for (const name of ["measurement", "unit", "box"]) { body.append(name, to[name]); }
  body.append("envelope", envelope);
  try {
    const signal = AbortSignal.timeout?.(30000);
    const answer = await fetch(`${location.pathname}/kuvert${location.search}`, { method: "POST", body, signal });
    heard(answer.ok, await answer.json());
  } catch {
    later();
  }
}

function heard(received, { answered, again, unit, title, sentences }) {
  if (received || (answered && unsure)) { return leave("/tack", end); }
  if (answered) { return leave("", ""); }
  return again ? sealAnew(again, unit) : letGo("error", title, ...sentences, words.stays);
}

// The connection is lost, or the server is starting. The answer may have arrived: the next attempt will tell.
function later() {
  busy = false;
  unsure = true;
  button.textContent = words.try_again;
  tell("warning", words.lost, words.lost_more);
  timer = setTimeout(deliver, wait * 1000);
  wait = Math.min(wait * 2, 60);
}

async function sealAnew(again, unit) {
  if (again.unit !== to.unit) {
    end = "#flyttad"; // where the page says it once more
    id("enhet").textContent = unit;
    tell("info", say(words.moved, { unit }));
  }
  to = again;
  await sealUp();
  if (envelope) { timer = setTimeout(deliver, 1000); }
}

// Nothing is on its way any more; everything on the page can be changed, and sent again.
function letGo(kind, ...sentences) {
  busy = unsure = false;
  envelope = sheet = undefined;
  button.textContent = page.send;
  lock(false);
  tell(kind, ...sentences);
}

function leave(page, end) {
  unsent = false;
  form.reset();
  location.replace(location.pathname + page + location.search + end); // nobody comes back to the form
}

function lock(locked) {
  form.querySelectorAll(":scope > section, :scope > fieldset").forEach((part) => { part.inert = locked; });
}

function tell(kind, title, ...sentences) {
  const notice = element("div", `notice notice--${kind}`, element("p", "notice__title", title));
  notice.append(...sentences.map((sentence) => element("p", "", sentence)));
  if (state.textContent === notice.textContent) { return; } // said once, however often it is tried
  state.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}

function sealsHere(seals) {
  page.seals = seals;
  document.querySelectorAll("[data-sealed-by]").forEach((sentence) => {
    sentence.hidden = (sentence.dataset.sealedBy === "browser") !== seals;
  });
}

function count(area) {
  const counter = area.parentNode.appendChild(element("p", "field__hint"));
  const update = () => { counter.textContent = say(words.length, { n: length(tidied(area.value)) }); };
  area.addEventListener("input", update);
  update();
}

// Asked for anew in another language: nothing is sent for it where the browser seals.
function linkTo(button) {
  const { formAction: href, lang, textContent } = button;
  button.replaceWith(Object.assign(element("a", "", textContent), { href, lang, hreflang: lang }));
}

if (words) {
  form.querySelectorAll("[name=byt]").forEach(linkTo);
  page.send = button.textContent;
  form.querySelectorAll("textarea").forEach(count);
  sealsHere(Boolean(globalThis.crypto?.subtle));
  form.addEventListener("submit", submitted);
  addEventListener("online", () => { if (envelope && !busy) { deliver(); } });
  addEventListener("beforeunload", (event) => { if (unsent) { event.preventDefault(); } });
}
