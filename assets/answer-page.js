// What the other parts share: the page, what the server says of it, and how a piece of it is made.
// `given` is the first line of the joined script: words, and what texts are looked at with.

export const { longest, patterns, words } = given;
export const id = (name) => document.getElementById(name);
export const form = id("formular");
export const page = JSON.parse((form ?? id("utkast"))?.dataset.script ?? "{}");
export const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function element(tag, className, ...content) {
  const made = Object.assign(document.createElement(tag), { className });
  made.append(...content);
  return made;
}

export function pressable(className, text, deed) {
  const made = Object.assign(element("button", className, text), { type: "button" });
  made.addEventListener("click", deed);
  return made;
}

export const statements = () => Array.from(form.querySelectorAll(".scale"), (scale) => scale.closest("fieldset"));
export const unanswered = (within) => within.filter((field) => !field.querySelector("input:checked"));
