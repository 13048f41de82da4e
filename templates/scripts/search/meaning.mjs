// Which of the words that were perhaps meant are searched instead, and which are offered: search/meaning.py
// in JavaScript. Loaded only when no page holds what was written.

import { PAGES, near } from "./edits.mjs";
import { contains, shown } from "./excerpt.mjs";
import { initials, readings, respelt } from "./guess.mjs";
import { ALL, WHOLE, order } from "./rank.mjs";

const OTHERS = 3;

/**
 * @typedef {import("./engine.mjs").Engine} Engine
 * @typedef {import("./engine.mjs").Found} Found
 * @typedef {{words: string, held: boolean, whole: boolean, score: () => number}} Reading
 * @typedef {(words: string) => Promise<Reading>} Find
 */

/**
 * The words to search instead of what was written, if any; `others` works out what to offer, when there is
 * time for it.
 * @param {Engine} engine @param {Found} found by what was written
 * @returns {Promise<{chosen: string, others: () => Promise<string[]>}>}
 */
export async function meant(engine, found) {
  const { manifest, text } = await engine.ready();
  const { plan, entries, ranked } = found;
  const written = await reading(engine, plan.variants[0].folded, found);
  if (written.held) return { chosen: "", others: async () => [] };
  const find = async (/** @type {string} */ words) => reading(engine, words, await engine.find(words, false));
  const texts = () => Promise.all(ranked.places.slice(0, PAGES).map(async ({ doc }) => shown(await engine.store.page(doc), text)));
  return settle(written, (gram) => entries.has(gram), { text, store: engine.store, manifest }, find, texts);
}

/** How well the index knows some words. @param {Engine} engine @param {string} words @param {Found} found
 * @returns {Promise<Reading>} */
async function reading(engine, words, found) {
  const { plan, entries, names } = found;
  const score = () => found.ranked.places.reduce((most, place) => Math.max(most, place.score), 0);
  if (!perhapsHeld(plan, entries, names)) return { words, held: false, whole: false, score };
  const { ranked } = found;
  const { text } = await engine.ready();
  const holds = async (/** @type {number} */ doc, /** @type {boolean} */ beside) => contains(await engine.store.page(doc), plan.wholes, text, beside);
  const { value: first } = await order(ranked, text.rules, holds).next();
  return { words, held: first?.tier >= WHOLE, whole: ranked.best >= ALL, score };
}

/** Whether a document may hold the query as it was written: quicker to say than how it ranks.
 * @param {import("./query.mjs").Plan} plan @param {Map<string, import("./store.mjs").Entry>} entries @param {[number, number][]} names */
function perhapsHeld(plan, entries, names) {
  return names.some(([, name]) => plan.names.includes(name)) || plan.variants.some(({ grams, means }) => !means && together(grams, entries));
}

/** Whether a document holds all grams. @param {string[]} grams @param {Map<string, import("./store.mjs").Entry>} entries */
function together(grams, entries) {
  if (!grams.length || !grams.every((gram) => entries.has(gram))) return false;
  const lists = grams.map((gram) => /** @type {import("./store.mjs").Entry} */ (entries.get(gram)).docs);
  const [first, ...others] = lists.sort((a, b) => a.length - b.length);
  return others.reduce((left, docs) => left.filter((doc) => includes(docs, doc)), first).length > 0;
}

/** Whether an ascending list holds a number. @param {Uint32Array} list @param {number} wanted */
function includes(list, wanted) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return list[low] === wanted;
}

/**
 * @param {Reading} written @param {import("./guess.mjs").Known} known @param {import("./guess.mjs").Source} source
 * @param {Find} find @param {() => Promise<string[]>} texts of the pages found by what was written, folded
 * @returns {Promise<{chosen: string, others: () => Promise<string[]>}>}
 */
async function settle(written, known, source, find, texts) {
  const words = await readings(written.words, known, source);
  const found = [];
  for (const one of words) {
    const reading = await find(one);
    found.push(reading);
    if (reading.held) return instead(one, words.slice(found.length), find);
  }
  if (!found.some(({ whole }) => whole)) {
    const spellings = await respelt(written.words, source);
    const tries = [...spellings.map((other) => () => readings(other, known, source)), () => initials(written.words, source)];
    for (const next of tries) {
      const others = await next();
      for (const [i, one] of others.entries()) {
        if ((await find(one)).held) return instead(one, others.slice(i + 1), find);
      }
    }
  }
  const likeliest = found.find(({ whole }) => whole) ?? found[0];
  const better = () => likeliest.score() && likeliest.score() * 4 >= written.score() * 5;
  const chosen = likeliest && !written.whole && (likeliest.whole || better()) ? likeliest.words : "";
  const offered = async () => near(written.words, known, await texts(), source.text).slice(0, OTHERS);
  return { chosen, others: chosen ? async () => [] : offered };
}

/** @param {string} chosen @param {string[]} rest @param {Find} find */
function instead(chosen, rest, find) {
  const others = async () => {
    const held = [];
    for (const one of rest) if (held.length < OTHERS && (await find(one)).held) held.push(one);
    return held;
  };
  return { chosen, others };
}
