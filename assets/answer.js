// The respondent's form, where a browser runs scripts: one part at a time, kept in this browser until it has arrived,
// sealed here. The form is whole without it. Served as one file with all answer-*.js, which stand above this.

import { changePage, fillIn, follow, forget, keep, kept, onReceivedElsewhere, pageBefore, sweep, values } from "./answer-draft.js";
import { element, form, id, page, pressable, say, statements, unanswered, words } from "./answer-page.js";
import { connected, count, isOnItsWay, received, sealsHere, settle, submitted, tidyUp } from "./answer-sending.js";
import { begin, firstOpen, go, greet, isAtEnd, onward, part, update, whole } from "./answer-steps.js";

const keeping = element("p", "steps__kept");
const remove = pressable("steps__remove", words.remove, removeAll);
let untouched = {}, posted = false;

const isBegun = (said) => Object.keys(said).some((name) => name !== "respondenttyp");

function start() {
  const switched = pageBefore(), anew = new URLSearchParams(location.search).has("ny");
  if (anew && !history.state && switched === undefined) { forget(); } // somebody else at this computer
  const draft = kept()?.values ?? {}, returned = isBegun(values()) || id("fel");
  untouched = returned ? {} : values();
  if (!returned) { fillIn({ ...untouched, ...draft }); }
  form.querySelectorAll("textarea").forEach(count);
  form.querySelector("h2").after(element("p", "steps__keys", say(words.keys, { key: letter().toUpperCase() })));
  sealsHere(Boolean(globalThis.crypto?.subtle));
  begin(keeping, history.state?.part ?? switched ?? (returned ? Infinity : 0));
  save();
  if (part() === 0 && isBegun(draft) && switched === undefined) { welcome(); }
  listen();
}

function listen() {
  form.addEventListener("submit", submit);
  form.addEventListener("input", () => { settle(); save(); update(); });
  form.addEventListener("keydown", pressed);
  follow((said) => { fillIn(said); save(); update(); });
  onReceivedElsewhere(elsewhere);
  for (const turn of ["online", "offline"]) { addEventListener(turn, save); }
  addEventListener("online", connected);
  addEventListener("beforeunload", (event) => { if (isOnItsWay() || wouldBeLost()) { event.preventDefault(); } });
  addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } }); // it may have arrived meanwhile
  form.querySelectorAll("[name=byt]").forEach(page.kept ? linkTo : postTo);
}

// What is kept here need not travel to be shown in another language.
function linkTo(button) {
  const { formAction: href, lang, textContent } = button;
  const link = Object.assign(element("a", "", textContent), { href, lang, hreflang: lang });
  link.addEventListener("click", () => changePage(part()));
  button.replaceWith(link);
}

function postTo(button) {
  button.addEventListener("click", () => { posted = true; });
}

// By Enter too, which goes on and never sends half a form.
async function submit(event) {
  if (event.submitter?.name === "byt") { return; }
  if (isAtEnd()) {
    await submitted(event);
    posted = !event.defaultPrevented;
  } else {
    event.preventDefault();
    onward();
  }
}

const wouldBeLost = () => !page.kept && !page.preview && !posted && isBegun(values());

function save() {
  const said = values();
  const anything = isBegun(said) || said.respondenttyp !== untouched.respondenttyp;
  page.kept = keep(said);
  if (!anything) { forget(); }
  keeping.replaceChildren(...(page.preview ? [] : [sentence(), ...(page.kept && anything ? [" ", remove] : [])]));
}

function sentence() {
  if (!page.kept) { return words.not_kept; }
  if (navigator.onLine === false) { return words.offline; }
  return page.draft.shared ? words.kept_in_tab : words.kept;
}

function welcome() {
  const all = statements(), n = all.length - unanswered(all).length;
  const onwards = pressable("button", words.carry_on, () => go(firstOpen()));
  const again = pressable("button button--quiet", words.remove, removeAll);
  greet(words.welcome, say(words.welcome_more, { n, all: all.length }), onwards, again);
}

function removeAll() {
  const before = values();
  tidyUp(untouched);
  save();
  if (part()) { go(0); }
  greet(words.removed, "", pressable("button button--secondary", words.undo, () => restore(before))).focus();
  update();
}

function restore(said) {
  fillIn(said);
  save();
  update();
  welcome();
}

function elsewhere() {
  if (page.draft.shared) { return greet(words.elsewhere, words.elsewhere_more).focus(); }
  received();
  location.replace(`${location.pathname}/tack${location.search}`);
}

// In a scale its figures choose, and the first letter of Vet ej.
function pressed(event) {
  const scale = event.target.closest(".scale");
  if (!scale || event.ctrlKey || event.altKey || event.metaKey) { return; }
  const chosen = Array.from(scale.querySelectorAll("input")).find((input) => isMeant(input, event.key));
  chosen?.click();
  chosen?.focus();
}

const isMeant = (input, key) => key.toLowerCase() === (input.value === "vet_ej" ? letter() : input.value);

const letter = () => form.querySelector("[value=vet_ej]").labels[0].textContent.trim()[0].toLowerCase();

// Instead of the form: an answer has arrived, or cannot be received now.
function standStill(place) {
  const draft = kept();
  if (page.arrived === "yes" || (page.arrived === "if_posted" && draft?.posted)) { return forget(); }
  if (page.arrived !== "no" || !isBegun(draft?.values ?? {})) { return; }
  const removal = pressable("button button--secondary", words.remove, () => { forget(); place.replaceChildren(words.removed); });
  const notice = element("div", "notice notice--warning", element("p", "notice__title", words.unsent));
  notice.append(element("p", "", say(words.unsent_more, { until: page.draft.written })), removal);
  place.append(notice);
}

sweep();
if (form && page.to) {
  try {
    start();
  } catch (problem) {
    whole();
    sealsHere(false);
    console.warn(problem);
  }
} else if (id("utkast")) { standStill(id("utkast")); }
