// What stands around the results: what was searched besides, filters, and excuses. Loaded after the first result.

import { Outdated } from "./store.mjs";
import { element, open } from "./view.mjs";

/**
 * Say what else was searched, or what was searched instead.
 * @param {HTMLElement} notes @param {import("./engine.mjs").Answer} answer @param {string} query
 * @param {() => void} refuse
 */
export function explain(notes, answer, query, refuse) {
  notes.replaceChildren();
  if (answer.guess) notes.append(`没有找到「${query}」。您是不是想找「${answer.guess}」？下面是它的结果。`);
  else if (answer.meant.length) notes.append(`也搜索了${answer.meant.map((words) => `「${words}」`).join("")}。`);
  else return;
  notes.append(" ", button("search-exact", `只搜「${query}」`, refuse));
}

/**
 * Excuse a failure, with a way on.
 * @param {HTMLElement} notes @param {unknown} problem @param {() => void} retry @returns {string}
 */
export function excuse(notes, problem, retry) {
  const outdated = problem instanceof Outdated;
  notes.replaceChildren(outdated ? button("search-again", "刷新页面", () => location.reload()) : button("search-again", "再试一次", retry));
  return outdated ? "网站刚刚更新过，请刷新页面再搜。" : "搜索没有加载出来，请检查网络再试。也可以从下面的常见问题进去。";
}

/**
 * Filters by section and stage, once there is something to filter.
 * @param {HTMLElement} filters @param {number} count @param {{section: string, stage: string}} chosen
 * @param {(changed: {[name: string]: string}) => void} choose
 */
export async function offerFilters(filters, count, chosen, choose) {
  if (count && !filters.childElementCount) {
    const { sections, stages } = await open().store.attributes();
    filters.append(...choice("section", "栏目", sections, choose), ...choice("stage", "阶段", stages, choose));
  }
  filters.hidden = !count && !chosen.section && !chosen.stage;
}

/** @param {string} name @param {string} label @param {string[]} values
 * @param {(changed: {[name: string]: string}) => void} choose */
function choice(name, label, values, choose) {
  if (values.length < 2) return [];
  const select = /** @type {HTMLSelectElement} */ (element("select", "filter__choice"));
  select.append(new Option(`全部${label}`, ""), ...values.map((value) => new Option(value, value)));
  select.addEventListener("change", () => choose({ [name]: select.value }));
  const made = element("label", "filter", `${label} `);
  made.append(select);
  return [made];
}

/** @param {string} className @param {string} text @param {() => void} press */
function button(className, text, press) {
  const made = /** @type {HTMLButtonElement} */ (element("button", className, text));
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
