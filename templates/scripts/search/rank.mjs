// The order of results: search/scoring.py and search/index.py in JavaScript, in whole numbers throughout.

const SATURATED = 2253 * 1024;
const NAMED = 4;
const WHOLE = 3;
const ALL = 2;
const MEANT = 1;
export const SOME = 0;
/** Places worked out in full; nobody reads further. */
const MOST = 300;

/**
 * @typedef {{doc: number, tier: number, score: number}} Place
 * @typedef {import("./store.mjs").Entry} Entry
 */

/** floor(64 · log2(value)), exact to the bit in every language. @param {number} value */
export function log64(value) {
  let whole = 0;
  for (; value >= 2; value /= 2) whole++;
  for (let i = 0; i < 6; i++) {
    value *= value;
    whole *= 2;
    if (value >= 2) {
      value /= 2;
      whole++;
    }
  }
  return whole;
}

/** @param {number} documents @param {number} frequency */
function rarity(documents, frequency) {
  return 92 + log64((documents + 1) / (frequency + 1));
}

/** What each known gram is worth when a passage is chosen. @param {Map<string, number>} boosts
 * @param {Map<string, Entry>} entries @param {number} documents @returns {Map<string, number>} */
export function worth(boosts, entries, documents) {
  const found = new Map();
  for (const [gram, boost] of boosts) {
    const entry = entries.get(gram);
    if (entry) found.set(gram, boost * rarity(documents, entry.docs.length) * (8 + entry.wordness));
  }
  return found;
}

/**
 * All documents with a gram of the query, before any text is read.
 * @param {import("./query.mjs").Plan} plan
 * @param {Map<string, Entry>} entries
 * @param {[number, number][]} names
 * @param {import("./store.mjs").Manifest} manifest
 * @param {(doc: number) => boolean} fits whether a document passes the filters
 * @returns {{count: number, places: Place[]}}
 */
export function rank(plan, entries, names, manifest, fits) {
  const { documents, marks, norms } = manifest;
  const scores = new Float64Array(documents);
  for (const [gram, boost] of plan.boosts) {
    const entry = entries.get(gram);
    if (!entry) continue;
    const { docs, weights, wordness } = entry;
    const factor = boost * (8 + wordness) * rarity(documents, docs.length);
    for (let i = 0; i < docs.length; i++) {
      const mark = marks[docs[i]];
      const times = weights[i] * 1024;
      scores[docs[i]] += Math.floor((weights[i] * SATURATED) / (times + norms[mark & 63])) * (4 - (mark >> 6)) * factor;
    }
  }
  const tiers = tiersOf(plan, entries, names, documents);
  /** @type {Place[][]} */
  const found = [[], [], [], [], []];
  let count = 0;
  for (let doc = 0; doc < documents; doc++) {
    if (!scores[doc] || !fits(doc)) continue;
    found[tiers[doc]].push({ doc, tier: tiers[doc], score: scores[doc] });
    count++;
  }
  const places = [];
  for (let tier = NAMED; tier >= SOME && places.length < MOST; tier--) places.push(...best(found[tier]));
  return { count, places };
}

/** Tier of the best document, -1 if there is none.
 * @param {import("./query.mjs").Plan} plan @param {Map<string, Entry>} entries
 * @param {[number, number][]} names @param {import("./store.mjs").Manifest} manifest */
export function highest(plan, entries, names, { documents }) {
  return entries.size ? Math.max(...tiersOf(plan, entries, names, documents)) : -1;
}

/** The best of equal tier, best first. @param {Place[]} places */
function best(places) {
  let kept = places;
  if (places.length > MOST) {
    const sorted = Float64Array.from(places, (place) => place.score).sort();
    const least = sorted[places.length - MOST];
    kept = places.filter((place) => place.score >= least);
  }
  return kept.sort((a, b) => b.score - a.score || a.doc - b.doc);
}

/** @param {import("./query.mjs").Plan} plan @param {Map<string, Entry>} entries
 * @param {[number, number][]} names @param {number} documents */
function tiersOf(plan, entries, names, documents) {
  const tiers = new Uint8Array(documents);
  for (const { grams, means } of plan.variants) {
    const lists = grams.map((gram) => entries.get(gram)?.docs);
    if (!lists.length || lists.includes(undefined)) continue;
    const held = new Uint16Array(documents);
    for (const docs of lists) for (const doc of /** @type {Uint32Array} */ (docs)) held[doc]++;
    const tier = means ? MEANT : ALL;
    for (const doc of /** @type {Uint32Array} */ (lists[0])) {
      if (held[doc] === lists.length && tiers[doc] < tier) tiers[doc] = tier;
    }
  }
  for (const [doc, name] of names) if (plan.names.includes(name)) tiers[doc] = NAMED;
  return tiers;
}

/**
 * The final order: among the first texts that hold all grams, those that hold the query itself come first.
 * Texts are read one after another, so the first result is known after very few.
 * @param {Place[]} places
 * @param {{block: number, blocks: number}} rules
 * @param {(doc: number) => Promise<boolean>} holds
 */
export async function* order(places, { block, blocks }, holds) {
  const first = places.filter((place) => place.tier > ALL).length;
  const last = first + places.filter((place) => place.tier === ALL).length;
  yield* places.slice(0, first);
  const rest = [];
  let at = first;
  for (let found = false; !found && at < Math.min(last, first + block * blocks); ) {
    const end = Math.min(at + block, last);
    for (; at < end; at++) {
      if (await holds(places[at].doc)) {
        found = true;
        yield { ...places[at], tier: WHOLE };
      } else rest.push(places[at]);
    }
  }
  yield* rest;
  yield* places.slice(at);
}
