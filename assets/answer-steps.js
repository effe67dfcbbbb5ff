// One part of the form at a time: the opening, a part for each category, the end. All of them stay in the page, and
// nothing of an answer enters the address or the history: an entry there knows the number of a part.

import { element, form, id, pressable, say, statements, unanswered, words } from "./answer-page.js";

const usualPace = 15, weight = 5; // seconds for a statement, and how many of somebody's own outweigh it
const longestPause = 60; // whoever is away longer has not been answering

let parts = [], at = 0, ended = false, told = false, held = false, leaving = "";
let before = performance.now(), spent = 0, timed = 0, answered = 0;
const progress = element("p", "answer__progress"), bar = element("ol", "answer__bar"), status = id("lage");
const overview = element("div", "steps__overview"), greeting = element("div", "steps__greeting"), title = document.title;
const back = Object.assign(pressable("button button--secondary", words.back, () => go(at - 1)), { id: "bakat" });
const next = Object.assign(pressable("button", "", onward), { id: "framat" });

export const part = () => at;
export const isAtEnd = () => at === end();
const end = () => parts.length - 1;
const fields = (part) => parts[part].flatMap((each) => [each, ...each.querySelectorAll(".statement")])
  .filter((each) => each.matches(".statement"));
const open = (part) => unanswered(fields(part));
const heading = (part) => (part ? parts[part][0].querySelector("h2") : document.querySelector("h1"));

// `under`: what stands below the buttons in every part. Returns to the part of a page that is loaded again.
export function begin(under, start) {
  parts = [opening(), ...Array.from(form.querySelectorAll(":scope > section"), (each) => [each])];
  parts[end()].push(id("slutgiltigt"));
  parts.forEach((_, part) => { Object.assign(heading(part), { tabIndex: -1 }).setAttribute("aria-describedby", "steg"); });
  build(under);
  addEventListener("popstate", moved);
  document.addEventListener("click", followed);
  history.scrollRestoration = "manual";
  history.replaceState({ part: Math.min(start, end()), depth: history.state?.depth ?? 0 }, "");
  answered = statements().length - unanswered(statements()).length;
  turn(history.state.part);
}

// All that stands before the first category, but for the heading and what is wrong.
function opening() {
  const pieces = Array.from(document.querySelectorAll("#innehall > *, #formular > *"));
  const wanted = pieces.slice(0, pieces.indexOf(id("respondenttyp")) + 1);
  const shown = wanted.filter((each) => !each.matches("form, h1, input, [role=alert]"));
  return [...shown, ...document.querySelectorAll(".preview__unit")];
}

function build(under) {
  const submit = form.querySelector("[type=submit]"), buttons = element("div", "steps__buttons", back, next, submit);
  bar.ariaHidden = "true";
  bar.append(...parts.slice(1).map(() => element("li", "")));
  progress.id = "steg";
  id("innehall").prepend(element("div", "steps__progress", bar, progress), greeting);
  parts[end()][0].append(overview);
  form.append(buttons, under);
  document.documentElement.classList.add("has-steps");
}

function turn(part) {
  at = part;
  ended ||= at === end();
  told = false;
  greeting.replaceChildren();
  status.replaceChildren();
  parts.forEach((each, number) => each.forEach((piece) => piece.classList.toggle("is-away", number !== at)));
  document.querySelector("h1").classList.toggle("visually-hidden", at > 0);
  progress.parentNode.classList.toggle("is-away", at === 0);
  back.classList.toggle("is-away", at === 0);
  next.classList.toggle("is-away", at === end());
  form.querySelector("[type=submit]").classList.toggle("is-away", at !== end());
  document.title = at ? `${say(words.part, { n: at, all: end() })}: ${heading(at).textContent} – ${title}` : title;
  update();
}

// Everything at once, as without the script: where a part of it is not possible in this browser.
export function whole() {
  document.documentElement.classList.remove("has-steps");
  document.querySelectorAll(".is-away").forEach((piece) => piece.classList.remove("is-away"));
  for (const piece of [progress.parentNode, back, next]) { piece?.remove(); }
  parts = [];
}

// To a part, as one step in the browser's history; back to where one came from is one step back there.
export function go(part, target) {
  if (history.state?.from === part && !target) { return history.back(); }
  history.pushState({ part, from: at, depth: (history.state?.depth ?? 0) + 1 }, "");
  turn(part);
  lead(target ?? heading(part));
}

export function onward() {
  if (open(at).length && !told) {
    told = true;
    return update();
  }
  const later = parts.findIndex((_, part) => part > at && part < end() && open(part).length);
  go(ended ? (later < 0 ? end() : later) : at + 1);
}

function moved({ state }) {
  if (leaving) { return location.replace(leaving); }
  if (!state || held) { return history.pushState({ part: at, from: at, depth: (state?.depth ?? 0) + 1 }, ""); }
  turn(state.part);
  lead(heading(at));
}

export function firstOpen() {
  const first = parts.findIndex((_, number) => open(number).length);
  return first < 0 ? end() : Math.max(first, 1);
}

// Above the part that is shown, until another is.
export function greet(title, sentence, ...buttons) {
  const notice = element("div", "notice notice--info", element("p", "notice__title", title));
  notice.append(...(sentence ? [element("p", "", sentence)] : []), element("div", "steps__choices", ...buttons));
  greeting.replaceChildren(Object.assign(notice, { tabIndex: -1 }));
  return notice;
}

// A link within the page leads to its part.
function followed(event) {
  const target = id(event.target.closest?.("a[href^='#']")?.hash.slice(1));
  if (!target) { return; }
  event.preventDefault();
  const part = parts.findIndex((each) => each.some((piece) => piece.contains(target)));
  return part < 0 || part === at ? lead(target) : go(part, target);
}

function lead(target) {
  target.focus({ preventScroll: true });
  if (target === heading(at)) { scrollTo(0, 0); } else { target.scrollIntoView(); }
}

// While an answer is on its way nobody leaves the end.
export function hold(holding) {
  held = back.inert = holding;
}

// To the thank-you page, over everything that the form has put into the history.
export function leaveBehind(address) {
  const { depth } = history.state ?? {};
  leaving = address;
  if (depth) { history.go(-depth); }
  setTimeout(() => location.replace(address), depth ? 1000 : 0);
}

// What the page says of how far one has come.
export function update() {
  const all = statements(), left = unanswered(all).length;
  measure(all.length - left);
  const said = [say(words.part, { n: at, all: end() }), say(words.answered, { n: all.length - left, all: all.length })];
  progress.replaceChildren(element("span", "", said.join(" · ")), ...(left ? [" ", element("span", "", time(left))] : []));
  Array.from(bar.children).forEach((each, number) => {
    each.className = number + 1 === at ? "is-here" : "";
    each.classList.toggle("is-done", number + 1 < end() ? !open(number + 1).length : ended && !left);
  });
  next.textContent = at ? words.next : words.start;
  all.filter((field) => field.querySelector("input:checked")).forEach((field) => field.querySelector(".statement__open")?.remove());
  remark();
  summarise();
}

function measure(now) {
  if (now > answered) {
    spent += Math.min((performance.now() - before) / 1000, longestPause);
    timed += now - answered;
  }
  [answered, before] = [now, performance.now()];
}

function time(left) {
  const minutes = Math.round(left * (usualPace * weight + spent) / (weight + timed) / 60);
  return minutes < 1 ? words.under_a_minute : say(minutes === 1 ? words.a_minute : words.minutes, { n: minutes });
}

// What is left in this part, to whoever goes on from it.
function remark() {
  const missing = told ? open(at) : [];
  if (told) { status.replaceChildren(...(missing.length ? [lacking(missing, at ? words.go_on : words.go_on_role)] : [])); }
  for (const field of missing.filter((each) => !each.querySelector(".statement__open"))) {
    field.querySelector("legend").after(element("p", "statement__open", words.open));
  }
}

function lacking(missing, more) {
  const roleOnly = missing.length === 1 && missing[0].id === "respondenttyp";
  const sentence = roleOnly ? words.role_open : say(missing.length === 1 ? words.one_open : words.some_open, { n: missing.length });
  const link = element("a", "", missing.length === 1 ? words.to_it : words.to_the_first);
  link.href = `#${missing[0].id}`;
  return element("p", "notice notice--warning", element("span", "", `${sentence} `, link, `. ${more}`));
}

function summarise() {
  const missing = unanswered(Array.from(form.querySelectorAll(".statement")));
  const list = element("ul", "steps__parts", ...parts.slice(1, -1).map((_, number) => summary(number + 1)));
  const all = missing.length ? lacking(missing, "") : element("p", "notice notice--success", words.all_answered);
  if (at === end()) { overview.replaceChildren(element("h3", "", words.your_answers), all, list); }
}

function summary(part) {
  const missing = open(part).length, all = fields(part).length;
  const link = Object.assign(element("a", "", heading(part).textContent), { href: `#${heading(part).id}` });
  return element("li", missing ? "is-open" : "", link, element("span", "", say(words.answered, { n: all - missing, all })));
}
