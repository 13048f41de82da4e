/** Draws the log: the entries with the rules that speak about them, the totals, the sheet to print. */

import { sorted } from "./entries.mjs";

/** @typedef {import("./entries.mjs").Entry} Entry */
/** @typedef {import("./entries.mjs").Choices} Choices */
/** @typedef {{ id: string, title: string, level: string, word: string, force: string, body: Element, cites: string[], when: import("./rules.mjs").Condition[] }} ShownRule */

/**
 * @param {string} tag @param {Record<string, string>} attributes
 * @param {...(Node | string)} inside
 */
export function element(tag, attributes, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** The rules as the page lists them. @returns {ShownRule[]} */
export function rulesOf() {
  return [...document.querySelectorAll("[data-rule]")].map((item) => {
    const { rule = "", level = "", when = "[]", force = "" } = /** @type {HTMLElement} */ (item).dataset;
    const text = (/** @type {string} */ part) => item.querySelector(part)?.textContent ?? "";
    const body = /** @type {Element} */ (item.querySelector(".rule__body"));
    const cites = [...item.querySelectorAll("[data-cite]")].map((link) => link.textContent ?? "");
    return { id: rule, title: text(".rule__title"), level, word: text(".rule__level"), force, body, cites, when: JSON.parse(when) };
  });
}

/**
 * @param {Element} list @param {Entry[]} entries @param {Choices} choices
 * @param {(entry: Entry) => ShownRule[]} spoken
 */
export function drawEntries(list, entries, choices, spoken) {
  list.replaceChildren(...sorted(entries).reverse().map((entry) => drawn(entry, choices, spoken(entry))));
}

/** @param {Entry} entry @param {Choices} choices @param {ShownRule[]} rules */
function drawn(entry, choices, rules) {
  const when = element("time", { datetime: entry.at }, entry.at.slice(5).replace("T", " "));
  const title = element("h3", { class: "record__title", id: "entry-" + entry.id, tabindex: "-1" }, when, " ", summary(entry, choices));
  const item = element("li", { class: "record" }, title);
  const said = entry.said.map((value) => choices.said[value]).join("、");
  if (said || entry.words) item.append(element("p", { class: "record__said" }, [said, entry.words].filter(Boolean).join("：")));
  const facts = [entry.lender, entry.number, entry.evidence.map((value) => choices.evidence[value]).join("、")].filter(Boolean).join(" · ");
  if (facts) item.append(element("p", { class: "record__facts" }, facts));
  if (rules.length) item.append(element("ul", { class: "hits plain" }, ...rules.map((rule) => element("li", {}, hit(rule)))));
  const about = "（" + entry.at.replace("T", " ") + "）";
  const button = (/** @type {string} */ act, /** @type {string} */ word) =>
    element("button", { class: "record__act", type: "button", ["data-" + act]: entry.id }, word, element("span", { class: "unseen" }, about));
  item.append(element("p", { class: "record__acts" }, button("change", "修改"), button("remove", "删除")));
  return item;
}

/** 电话 → 我，不明，没接通，3 次 @param {Entry} entry @param {Choices} choices */
function summary(entry, choices) {
  const parts = [
    choices.kind[entry.kind] + " → " + choices.whom[entry.whom],
    choices.who[entry.who],
    choices.answered[entry.answered] ?? "",
    entry.times > 1 ? entry.times + " 次" : "",
    entry.persons ? "来了 " + entry.persons + " 人" : "",
  ];
  return parts.filter(Boolean).join("，");
}

/** @param {ShownRule} rule */
function hit(rule) {
  const level = element("span", { class: "hit__level hit__level--" + rule.level }, rule.word);
  const force = element("span", { class: "hit__force" }, rule.force);
  const head = element("summary", { class: "hit__head" }, level, " ", element("span", {}, rule.title), " ", force);
  return element("details", { class: "hit", "data-hit": rule.id }, head, rule.body.cloneNode(true));
}

/**
 * @param {Element} place @param {ReturnType<import("./rules.mjs").totals>} sums
 * @param {Choices} choices @param {Map<string, ShownRule>} rules
 */
export function drawTotals(place, sums, choices, rules) {
  const row = (/** @type {string} */ name, /** @type {number} */ number) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, String(number)));
  const table = (/** @type {string} */ title, /** @type {[string, number][]} */ rows) =>
    element("table", { class: "sums" }, element("caption", {}, title), element("tbody", {}, ...rows.map(([name, number]) => row(name, number))));
  const tables = [
    table("按天（次）", sums.days.slice(0, 31)),
    table("按方式（次）", sums.kinds.map(([kind, number]) => [choices.kind[kind], number])),
  ];
  const spoken = /** @type {[string, number][]} */ (sums.rules.map(([id, number]) => [rules.get(id)?.title ?? id, number]));
  if (spoken.length) tables.push(table("对上的规则（条记录）", spoken));
  place.replaceChildren(...tables);
}

/**
 * @param {Element} sheet @param {Entry[]} entries @param {Choices} choices
 * @param {(entry: Entry) => ShownRule[]} spoken
 */
export function drawSheet(sheet, entries, choices, spoken) {
  const body = /** @type {Element} */ (sheet.querySelector("tbody"));
  /** @type {Set<string>} */
  const cited = new Set();
  body.replaceChildren(...sorted(entries).map((entry, at) => {
    const rules = spoken(entry);
    for (const rule of rules) for (const cite of rule.cites) cited.add(cite);
    const said = entry.said.map((value) => choices.said[value]).join("、");
    const reached = entry.reachable ? "当时联系我本人：" + choices.reachable[entry.reachable] : "";
    const cells = [
      String(at + 1),
      entry.at.replace("T", "\n"),
      summary(entry, choices),
      [entry.number, entry.lender].filter(Boolean).join("，"),
      [said, entry.words, reached].filter(Boolean).join("。"),
      entry.evidence.map((value) => choices.evidence[value]).join("、"),
      rules.map((rule) => rule.title + "（" + rule.force + "）").join("；"),
    ];
    return element("tr", {}, ...cells.map((text) => element("td", {}, text)));
  }));
  const sources = sheet.querySelector("[data-sources]");
  if (sources) sources.textContent = [...cited].join("、");
}
