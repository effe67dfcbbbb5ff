// Sends the answer until it has arrived, once, sealed in this browser where it can; and says what is wrong with it.

import { fillIn, forget, keep, tellOtherTabs, values } from "./answer-draft.js";
import { element, form, id, longest, page, patterns, say, words } from "./answer-page.js";
import { length, personal, seal, tidied } from "./answer-sealing.js";
import { hold, leaveBehind } from "./answer-steps.js";

const state = id("lage"), button = form?.querySelector("[type=submit]"), send = button?.textContent;
const meant = new Set(Array.from(form?.querySelectorAll("[name=sett]") ?? [], ({ value }) => value));

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
      problems.push({ field, title, remark: role ? words.choose_role : say(words.choose, page.scale) });
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
  found.forEach(({ what }) => pointOut(what));
  return known ? "" : say(words.personal, { found: found.map((each) => say(words.found, each)).join(", ") });
}

// Where the server seals, it is told too.
function pointOut(what) {
  meant.add(what);
  form.append(Object.assign(element("input", ""), { type: "hidden", name: "sett", value: what }));
}

// Says what is wrong as the server would: a list at the top, and a remark at each field.
function show(problems) {
  document.querySelectorAll("#fel, [id$='-fel']").forEach((old) => old.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => mark(field));
  if (!problems.length) { return; }
  const list = element("ul", "");
  for (const { field, title, remark } of problems) {
    list.append(element("li", "", Object.assign(element("a", "", title), { href: `#${field.id}` })));
    mark(field, remark);
  }
  const heading = element("h2", "error-summary__title", summed(problems.map(({ field }) => field)));
  const summary = element("div", "error-summary", heading, element("p", "", words.not_sent), list);
  id("innehall").prepend(Object.assign(summary, { id: "fel", role: "alert", tabIndex: -1 }));
  summary.focus({ preventScroll: true });
  summary.scrollIntoView();
}

function summed(fields) {
  const n = fields.filter((field) => field.matches("fieldset")).length;
  return n ? say(n === 1 ? words.one_missing : words.some_missing, { n }) : words.look_through;
}

// What has been answered since is wrong no more.
export function settle() {
  for (const field of form.querySelectorAll(".statement--error")) {
    if (!field.querySelector("input:checked")) { continue; }
    id(`${field.id}-fel`)?.remove();
    mark(field);
    document.querySelector(`#fel a[href="#${field.id}"]`)?.parentNode.remove();
  }
  const summary = document.querySelector("#fel.error-summary");
  const left = Array.from(summary?.querySelectorAll("a") ?? [], ({ hash }) => id(hash.slice(1)));
  if (left.length) { summary.querySelector("h2").textContent = summed(left); } else { summary?.remove(); }
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
let busy = false, unsent = false, unsure = false, wait = 2, timer, thanks = "";

export async function submitted(event) {
  if (busy) { return event.preventDefault(); }
  if (!envelope) {
    const filled = read();
    show(filled.problems);
    if (filled.problems.length) { return event.preventDefault(); }
    sheet = filled.sheet;
    if (page.preview) { return tried(event); }
    if (!page.seals) { return keep(values(), true); }
    event.preventDefault();
    tell("info", words.sending);
    await sealUp();
  }
  event.preventDefault();
  if (envelope) { deliver(); }
}

function tried(event) {
  event.preventDefault();
  leaveBehind(`${location.pathname}/tack${location.search}`);
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
  if (received || (answered && unsure)) { return leave("/tack", thanks); }
  if (answered) { return leave("", ""); }
  return again ? sealAnew(again, unit) : letGo("error", title, ...sentences, page.kept ? words.stays_kept : words.stays);
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
    thanks = `${location.search ? "&" : "?"}flyttad=ja#flyttad`; // where the page says it once more
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
  unsent = !page.kept;
  envelope = sheet = undefined;
  button.textContent = send;
  lock(false);
  tell(kind, ...sentences);
}

function leave(page, ending) {
  unsent = false;
  received();
  tellOtherTabs();
  leaveBehind(location.pathname + page + location.search + ending); // nobody comes back to the form
}

// Here or in another tab: nothing of it stays in this browser.
export function received() {
  forget();
  fillIn({});
}

// Everything as it was, with nothing pointed out.
export function tidyUp(said) {
  show([]);
  state.replaceChildren();
  fillIn(said);
}

function lock(locked) {
  form.querySelectorAll(":scope > section, :scope > fieldset, .languages").forEach((part) => { part.inert = locked; });
  hold(locked);
}

function tell(kind, title, ...sentences) {
  const notice = element("div", `notice notice--${kind}`, element("p", "notice__title", title));
  notice.append(...sentences.map((sentence) => element("p", "", sentence)));
  if (state.textContent === notice.textContent) { return; } // said once, however often it is tried
  state.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}

export function sealsHere(seals) {
  page.seals = seals;
  const sentence = id("forseglas"), { browser, server = sentence.textContent } = sentence.dataset;
  Object.assign(sentence.dataset, { server }); // what stands there without a script
  sentence.textContent = seals ? browser : server;
}

export function count(area) {
  const counter = area.parentNode.appendChild(element("p", "field__hint"));
  const update = () => { counter.textContent = say(words.length, { n: length(tidied(area.value)) }); };
  area.addEventListener("input", update);
  update();
}

export function connected() {
  if (envelope && !busy) { deliver(); }
}

export const isOnItsWay = () => unsent;
