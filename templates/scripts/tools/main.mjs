/**
 * Wakes a calculator when its form is first touched, so that a reader who only reads loads nothing
 * of it. A button pressed meanwhile is pressed again once the form is awake.
 */

const FORMS = {
  penalty: () => import("./forms/penalty.mjs"),
  annual: () => import("./forms/annual.mjs"),
  plan: () => import("./forms/plan.mjs"),
  limitation: () => import("./forms/limitation.mjs"),
};

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-calculator]"));
const late = /** @type {HTMLElement} */ (document.querySelector("[data-late]"));
let awake = false;
/** @type {Promise<void> | undefined} */
let waking;

async function wake() {
  try {
    await FORMS[/** @type {keyof FORMS} */ (form.dataset.calculator)]();
    awake = true;
    late.textContent = "";
  } catch {
    waking = undefined;
    late.textContent = "计算器没有加载好。请看看网络，再按一次。";
  }
}

form.addEventListener("focusin", () => { waking ??= wake(); });
form.addEventListener("click", async (event) => {
  const button = /** @type {Element} */ (event.target).closest("button");
  if (awake || !button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await (waking ??= wake());
  if (awake) button.click();
}, { capture: true });
