/** From a number of days overdue to the stage that it falls in. */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-days]"));
const field = /** @type {HTMLInputElement | null} */ (form?.querySelector("input") ?? null);
const button = form?.querySelector("button");
const said = form?.querySelector("[data-said]");

if (form && field && button && said) {
  button.disabled = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const link = [...document.querySelectorAll("a[data-first]")].find((one) => covers(one, field.valueAsNumber));
    if (link) location.assign(/** @type {HTMLAnchorElement} */ (link).href);
    else said.textContent = "没有对上哪个阶段，请在下面选。";
  });
}

/** @param {Element} link @param {number} days */
function covers(link, days) {
  const { first, last } = /** @type {HTMLElement} */ (link).dataset;
  return days >= Number(first) && (last === undefined || days <= Number(last));
}
