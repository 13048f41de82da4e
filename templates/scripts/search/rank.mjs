// The order of results: search/scoring.py and search/index.py in JavaScript, in whole numbers throughout.

const SATURATED = 2253 * 1024;
const TIMES = 63;
/** Documents put in order at once, at least, and the steps of score by which they are chosen. */
const [NEAR, STEPS] = [100, 256];
// The tiers: how well a page fits the query. `Tier` in search/index.py says what each means.
const NAMED = 4;
export const WHOLE = 3;
export const ALL = 2;
export const MEANT = 1;
export const SOME = 0;

/**
 * @typedef {{doc: number, tier: number, score: number}} Place
 * @typedef {{count: number, best: number, places: Place[], perhaps: Place[], rest: () => Place[]}} Ranked
 *   `best` is the highest tier, -1 if nothing is found; `places` are the first in order, those called like the
 *   query before the others, and `rest` the ones after them; `perhaps` hold all grams of the query, and so
 *   perhaps the query itself
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
 * @param {(doc: number) => boolean} [fits] whether a document passes the filters
 * @returns {Ranked}
 */
export function rank(plan, entries, names, manifest, fits = () => true) {
  const { documents, marks, norms } = manifest;
  const scores = new Float64Array(documents);
  for (const [gram, boost] of plan.boosts) {
    const entry = entries.get(gram);
    if (!entry) continue;
    const { docs, weights, wordness } = entry;
    const factor = boost * (8 + wordness) * rarity(documents, docs.length);
    for (let i = 0; i < docs.length; i++) {
      const mark = marks[docs[i]];
      const times = weights[i] & TIMES;
      // What a page is called counts beyond saturation: a bit for its title, one for its keywords.
      const named = 1024 * (((weights[i] >> 6) & 1) + (weights[i] >> 7));
      // What only stands beside a page's text is found, and last.
      const saturation = (Math.floor((times * SATURATED) / (times * 1024 + norms[mark & 63])) || 1) + named;
      scores[docs[i]] += saturation * (4 - (mark >> 6)) * factor;
    }
  }
  const tiers = tiersOf(plan, entries, names, documents);
  /** @type {[number[], number[], number[]]} */
  const [named, perhaps, others] = [[], [], []];
  let best = -1;
  for (let doc = 0; doc < documents; doc++) {
    if (!scores[doc] || !fits(doc)) continue;
    (tiers[doc] === NAMED ? named : others).push(doc);
    if (tiers[doc] === ALL) perhaps.push(doc);
    best = Math.max(best, tiers[doc]);
  }
  const sorted = (/** @type {number[]} */ docs) =>
    docs.map((doc) => ({ doc, tier: tiers[doc], score: scores[doc] })).sort((a, b) => b.score - a.score || a.doc - b.doc);
  const [near, far] = parted(others, scores);
  return {
    count: named.length + others.length,
    best,
    places: [...sorted(named), ...sorted(near)],
    perhaps: sorted(parted(perhaps, scores)[0]),
    rest: () => sorted(far),
  };
}

/** The documents of about the hundred highest scores, and the others: few queries need more in order.
 * @param {number[]} docs @param {Float64Array} scores */
function parted(docs, scores) {
  if (docs.length <= 2 * NEAR) return [docs, []];
  const top = docs.reduce((most, doc) => Math.max(most, scores[doc]), 0);
  const step = (/** @type {number} */ doc) => Math.floor((scores[doc] / top) * STEPS);
  const steps = new Uint32Array(STEPS + 1);
  for (const doc of docs) steps[step(doc)]++;
  let least = STEPS;
  for (let above = steps[least]; above < NEAR; ) above += steps[--least];
  return [docs.filter((doc) => step(doc) >= least), docs.filter((doc) => step(doc) < least)];
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
 * The final order: pages called like the query, then texts that hold it, or if there is none what stands beside
 * texts and holds it, then all others by score. Texts are read one after another, so the first result is known after very few.
 * @param {Ranked} ranked
 * @param {{block: number, blocks: number}} rules
 * @param {(doc: number, beside: boolean) => Promise<boolean>} holds
 */
export async function* order({ places, perhaps, rest }, { block, blocks }, holds) {
  const first = places.filter(({ tier }) => tier === NAMED).length;
  yield* places.slice(0, first);
  /** @type {Set<number>} */
  const whole = new Set();
  for (const beside of [false, true]) {
    for (let at = 0; !whole.size && at < Math.min(perhaps.length, block * blocks); at += block) {
      for (const place of perhaps.slice(at, at + block)) {
        if (!(await holds(place.doc, beside))) continue;
        whole.add(place.doc);
        yield { ...place, tier: WHOLE };
      }
    }
  }
  const others = (/** @type {Place} */ { doc }) => !whole.has(doc);
  yield* places.slice(first).filter(others);
  yield* rest().filter(others);
}
