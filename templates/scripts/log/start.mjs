/**
 * Makes the form ready at once and loads the rest with the first touch, or where the device holds a
 * log: a reader who only looks need not pay for it.
 */

import { localTime } from "./time.mjs";

const KEY = "overdue-guide:log";
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-entry]"));

/** @type {Promise<unknown> | undefined} */
let wired;
let done = false;
const wire = async () => {
  wired ??= import("./page.mjs");
  await wired;
  done = true;
};

for (const type of ["pointerdown", "focusin", "keydown"]) {
  document.addEventListener(type, () => void wire(), { once: true, passive: true });
}
// What is pressed before the rest has come is done when it has.
document.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("[data-act]");
  if (done || !button) return;
  await wire();
  /** @type {HTMLElement} */ (button).click();
});
form.addEventListener("submit", async (event) => {
  if (done) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await wire();
  form.requestSubmit();
});

const at = /** @type {HTMLInputElement} */ (form.elements.namedItem("at"));
at.defaultValue = localTime(new Date());
for (const button of form.querySelectorAll("button")) button.disabled = false;
try {
  if (localStorage.getItem(KEY)) void wire();
} catch {
  // A browser that keeps nothing has nothing to show.
}
