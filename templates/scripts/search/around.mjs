// What stands around the results: what was searched besides, filters, and excuses. Loaded after the first result.

import { Outdated } from "./store.mjs";
import { element, open, root } from "./view.mjs";

/**
 * Say what else was searched, or what was searched instead, and offer what was perhaps meant.
 * @param {HTMLElement} notes @param {import("./engine.mjs").Answer} answer @param {string} query
 * @param {{refuse: () => void, ask: (words: string) => void, current: () => boolean}} ways to search only what was
 *   written, or other words; whether this answer is still the one shown
 */
export async function explain(notes, answer, query, { refuse, ask, current }) {
  const { guess, meant } = answer;
  const said = [];
  if (guess) said.push(`没有找到「${query}」。您是不是想找「${guess}」？下面是它的结果。`);
  if (meant.length) said.push(`也搜索了${meant.map((words) => `「${words}」`).join("")}。`);
  const only = guess || meant.length ? [" ", button("search-exact", `只搜「${query}」`, refuse)] : [];
  notes.replaceChildren(...said, ...only);
  const others = await answer.others().catch(() => []);
  if (!others.length || !current()) return;
  const links = others.flatMap((words) => ["「", link(words, ask), "」"]);
  const offer = element("span", "search-others", guess ? "也可能是：" : "您是不是想找：");
  offer.append(...links, ...(guess ? [] : ["？"]));
  notes.prepend(...(guess ? [] : [offer, " "]));
  if (guess) notes.append(" ", offer);
}

/** What may help who found nothing. @param {HTMLElement} notes */
export function help(notes) {
  const channels = /** @type {HTMLAnchorElement} */ (element("a", "search-other", "求助渠道"));
  channels.href = `${document.documentElement.dataset.edition ?? root()}channels/`;
  notes.replaceChildren("可以少写几个字，或者换成平常的说法，比如「打电话给家人」。急事先看", channels, "；常见问题在下面。");
}

/** @param {string} words @param {(words: string) => void} ask */
function link(words, ask) {
  const made = /** @type {HTMLAnchorElement} */ (element("a", "search-other", words));
  made.href = `?q=${encodeURIComponent(words)}`;
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(words);
  });
  return made;
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
  select.setAttribute("aria-label", label);
  return [select];
}

/** @param {string} className @param {string} text @param {() => void} press */
function button(className, text, press) {
  const made = /** @type {HTMLButtonElement} */ (element("button", className, text));
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
