// What stands around the results: numbers to call, what was searched besides, filters, and excuses. Loaded with
// the first search.

import { Outdated } from "./store.mjs";
import { element, open, root } from "./view.mjs";

/** Copies of the page's own help lines whose names hold one of the words: who cannot go on gets a number
 * before anything to read. @param {string[]} words typed, and searched besides or instead */
export function called(words) {
  const sought = words.filter((word) => word.length > 1);
  const lines = [...document.querySelectorAll("#help .help__item")].filter((line) => {
    const name = line.querySelector(".help__name")?.textContent ?? "";
    return line.querySelector(".dial") && sought.some((word) => name.includes(word));
  });
  return lines.map((line) => line.cloneNode(true));
}

/**
 * Say what else was searched, or what was searched instead.
 * @param {HTMLElement} notes @param {import("./engine.mjs").Answer} answer @param {string} query
 * @param {() => void} refuse searches only what was written
 */
export function explain(notes, { guess, meant }, query, refuse) {
  const said = [];
  if (guess) said.push(`没有找到「${query}」。你是不是想找「${guess}」？下面是它的结果。`);
  if (meant.length) said.push(`也搜索了${meant.map((words) => `「${words}」`).join("")}。`);
  const only = guess || meant.length ? [" ", button("search-exact", `只搜「${query}」`, refuse)] : [];
  notes.replaceChildren(...said, ...only);
}

/**
 * Offer what was perhaps meant.
 * @param {HTMLElement} notes @param {import("./engine.mjs").Answer} answer
 * @param {(words: string) => void} ask searches other words
 * @param {() => boolean} current whether this answer is still the one shown
 */
export async function offer(notes, { guess, others: find }, ask, current) {
  const others = await find().catch(() => []);
  if (!others.length || !current()) return;
  const links = others.flatMap((words) => ["「", link(words, ask), "」"]);
  const offered = element("span", "search-others", guess ? "也可能是：" : "你是不是想找：");
  offered.append(...links, ...(guess ? [] : ["？"]));
  if (guess) notes.append(" ", offered);
  else notes.prepend(offered, " ");
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
 * @param {HTMLElement} filters
 * @param {(changed: {[name: string]: string}) => void} choose
 * @param {string[]} order in which the site names its sections and stages; what it does not name comes last
 */
export async function offerFilters(filters, choose, order) {
  if (filters.childElementCount) return;
  const { sections, stages } = await open().store.attributes();
  const place = (/** @type {string} */ name) => (order.includes(name) ? order.indexOf(name) : order.length);
  const ordered = (/** @type {string[]} */ names) => [...names].sort((a, b) => place(a) - place(b));
  filters.replaceChildren(...choice("section", "栏目", ordered(sections), choose), ...choice("stage", "阶段", ordered(stages), choose));
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
