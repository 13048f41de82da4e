/** The form of an entry: what is chosen in it, and which of its fields make sense. */

import { localTime } from "./time.mjs";

/** @typedef {import("./entries.mjs").Entry} Entry */

const TEXTS = ["at", "times", "persons", "number", "lender", "words"];

/** Field → value → words, as the page has them. @param {HTMLFormElement} form @returns {import("./entries.mjs").Choices} */
export function choicesOf(form) {
  /** @type {import("./entries.mjs").Choices} */
  const choices = {};
  for (const box of form.querySelectorAll("input.chip__box")) {
    const { name, value } = /** @type {HTMLInputElement} */ (box);
    (choices[name] ??= {})[value] = box.nextElementSibling?.textContent ?? value;
  }
  return choices;
}

/** What the form holds; fields that make no sense are empty. @param {HTMLFormElement} form */
export function read(form) {
  const data = new FormData(form);
  for (const part of form.querySelectorAll("[data-for][hidden]")) {
    for (const field of part.querySelectorAll("input")) data.delete(field.name);
  }
  return {
    ...Object.fromEntries(data),
    said: data.getAll("said"),
    evidence: data.getAll("evidence"),
  };
}

/** @param {HTMLFormElement} form @param {Entry} entry */
export function fill(form, entry) {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input.chip__box"))) {
    const value = entry[/** @type {"kind"} */ (box.name)];
    box.checked = Array.isArray(value) ? value.includes(box.value) : value === box.value;
  }
  for (const name of TEXTS) field(form, name).value = String(entry[/** @type {"at"} */ (name)] || "");
  fit(form);
}

/** Ready for the next entry: now, and the same lender as last time. @param {HTMLFormElement} form @param {string} lender */
export function empty(form, lender) {
  form.reset();
  setNow(form);
  field(form, "lender").value = lender;
  fit(form);
}

/** The moment that is offered; what the reader chose instead differs from the field's default. @param {HTMLFormElement} form */
function setNow(form) {
  const at = field(form, "at");
  at.defaultValue = at.value = localTime(new Date());
}

/** As `setNow`, unless the reader chose a moment. @param {HTMLFormElement} form */
export function refreshNow(form) {
  const at = field(form, "at");
  if (at.value === at.defaultValue) setNow(form);
}

/** Who calls others does not mean the borrower. @param {HTMLFormElement} form */
export function meanOthers(form) {
  if (chosen(form, "kind") !== "third-call" || chosen(form, "whom") !== "me") return;
  /** @type {HTMLInputElement} */ (form.querySelector("[name=whom][value=family]")).checked = true;
}

/** Show the questions that the kind of contact raises, and only those. @param {HTMLFormElement} form */
export function fit(form) {
  const kind = chosen(form, "kind"), whom = chosen(form, "whom");
  const others = kind === "third-call" || whom !== "me";
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-for]"))) {
    const kinds = (part.dataset.for ?? "").split(" ");
    part.hidden = !(kinds.includes(kind) || (others && kinds.includes("others")));
  }
}

/** @param {HTMLFormElement} form @param {string} name */
export function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** @param {HTMLFormElement} form @param {string} name */
export function chosen(form, name) {
  return String(new FormData(form).get(name) ?? "");
}
