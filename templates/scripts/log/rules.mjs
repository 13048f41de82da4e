/** Which rules speak about which entries, and what it all adds up to. Knows no page. */

import { sorted } from "./entries.mjs";

/** @typedef {import("./entries.mjs").Entry} Entry */

/**
 * Made by log_pages.py of content/reference/contact-rules.yml; what is not set does not matter.
 * @typedef {object} Condition
 * @property {string[]} [kind]
 * @property {string[]} [who]
 * @property {string[]} [whom]
 * @property {string[]} [answered]
 * @property {string[]} [reachable]
 * @property {string[]} [said]  One of them is enough.
 * @property {[number, number]} [hours]  Up to, not including, the second; may go over midnight.
 * @property {number} [fewerPersons]
 * @property {number} [morePersons]
 * @property {number} [moreThan]  Such contacts by one lender.
 * @property {"day" | "log"} [within]
 */

/** @typedef {{ id: string, when: Condition[] }} Rule */

/**
 * Entry's id → ids of the rules that speak about it, in the rules' order.
 * @param {Entry[]} entries @param {Rule[]} rules @returns {Map<string, string[]>}
 */
export function hits(entries, rules) {
  const inOrder = sorted(entries);
  /** @type {Map<string, string[]>} */
  const found = new Map(inOrder.map((entry) => [entry.id, []]));
  for (const rule of rules) {
    const spoken = new Set(rule.when.flatMap((condition) => met(inOrder, condition)));
    for (const id of spoken) found.get(id)?.push(rule.id);
  }
  return found;
}

/**
 * @param {Entry[]} entries @param {Map<string, string[]>} found
 * @returns {{ entries: number, contacts: number, days: [string, number][], kinds: [string, number][], rules: [string, number][] }}
 */
export function totals(entries, found) {
  const days = new Map(), kinds = new Map(), rules = new Map();
  const add = (/** @type {Map<string, number>} */ map, /** @type {string} */ key, /** @type {number} */ number) =>
    map.set(key, (map.get(key) ?? 0) + number);
  for (const entry of sorted(entries)) {
    add(days, entry.at.slice(0, 10), entry.times);
    add(kinds, entry.kind, entry.times);
    for (const rule of found.get(entry.id) ?? []) add(rules, rule, 1);
  }
  const most = (/** @type {Map<string, number>} */ map) => [...map].sort((a, b) => b[1] - a[1]);
  const contacts = entries.reduce((sum, entry) => sum + entry.times, 0);
  return { entries: entries.length, contacts, days: [...days].reverse(), kinds: most(kinds), rules: most(rules) };
}

/** Ids of the entries, oldest first, that meet a condition. @param {Entry[]} entries @param {Condition} condition */
function met(entries, condition) {
  const alike = entries.filter((entry) => matches(entry, condition));
  if (!condition.moreThan) return alike.map((entry) => entry.id);
  const most = condition.moreThan;
  /** @type {Map<string, number>} */
  const counts = new Map();
  return alike.filter((entry) => {
    const group = (condition.within === "log" ? "" : entry.at.slice(0, 10)) + " " + entry.lender;
    const count = (counts.get(group) ?? 0) + entry.times;
    counts.set(group, count);
    return count > most;
  }).map((entry) => entry.id);
}

/** @param {Entry} entry @param {Condition} condition */
function matches(entry, condition) {
  const among = (/** @type {string[] | undefined} */ values, /** @type {string} */ value) => !values || values.includes(value);
  return among(condition.kind, entry.kind)
    && among(condition.who, entry.who)
    && among(condition.whom, entry.whom)
    && among(condition.answered, entry.answered)
    && among(condition.reachable, entry.reachable)
    && (!condition.said || condition.said.some((word) => entry.said.includes(word)))
    && (!condition.hours || within(Number(entry.at.slice(11, 13)), condition.hours))
    && (!condition.fewerPersons || (entry.persons > 0 && entry.persons < condition.fewerPersons))
    && (!condition.morePersons || entry.persons > condition.morePersons);
}

/** @param {number} hour @param {[number, number]} hours */
function within(hour, [start, end]) {
  return start < end ? hour >= start && hour < end : hour >= start || hour < end;
}
