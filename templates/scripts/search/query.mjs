// What a reader typed → what to look for: search/query.py in JavaScript.

const MOST_VARIANTS = 8;

/**
 * @typedef {{folded: string, grams: string[], means: string}} Variant
 * @typedef {{variants: Variant[], wholes: string[][], names: number[], boosts: Map<string, number>}} Plan
 */

/**
 * @param {string} query
 * @param {import("./text.mjs").Text} text
 * @param {{[says: string]: string[]}} synonyms
 * @returns {Plan}
 */
export function read(query, text, synonyms) {
  const folded = text.fold(query);
  /** @type {Map<string, Variant>} */
  const found = new Map();
  const add = (/** @type {string} */ other, means = "") => {
    if (!found.has(other)) found.set(other, { folded: other, grams: text.grams(other), means });
  };
  for (const other of [folded, text.foldEach(query), text.numbered(folded)]) add(other);
  for (const says of Object.keys(synonyms).sort(byPoint)) {
    if (!standsIn(says, folded)) continue;
    for (const mean of synonyms[says]) add(folded.split(says).join(mean), mean);
  }
  const variants = [...found.values()].slice(0, MOST_VARIANTS);
  const exact = variants.filter((variant) => !variant.means);
  /** @type {Map<string, number>} */
  const boosts = new Map();
  for (const { grams, means } of variants) {
    for (const gram of grams) boosts.set(gram, Math.max(boosts.get(gram) ?? 0, means ? 1 : 2));
  }
  const wholes = exact.map((variant) => text.pieces(variant.folded)).filter((pieces) => pieces.length);
  return { variants, wholes, names: exact.map((variant) => text.nameHash(variant.folded)), boosts };
}

/** Look for single characters: the last resort. @param {Plan} plan @param {import("./text.mjs").Text} text @returns {Plan} */
export function loosen(plan, text) {
  const { folded } = plan.variants[0];
  const grams = [...new Set(text.runs(folded).join(""))];
  return { ...plan, variants: [{ folded, grams, means: "" }], boosts: new Map(grams.map((gram) => [gram, 2])) };
}

/** Whether a query holds a phrase; a Latin one only as whole words. @param {string} says @param {string} folded */
function standsIn(says, folded) {
  for (let at = folded.indexOf(says); at >= 0; at = folded.indexOf(says, at + 1)) {
    const before = folded.slice(Math.max(0, at - 1), at);
    const after = folded.slice(at + says.length, at + says.length + 1);
    if (!joins(before, says[0]) && !joins(says[says.length - 1], after)) return true;
  }
  return false;
}

/** @param {string} left @param {string} right */
function joins(left, right) {
  return /^[a-z0-9]{2}$/.test(left + right);
}

/** Order of code points, which JavaScript's own is not. @param {string} a @param {string} b */
export function byPoint(a, b) {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const apart = /** @type {number} */ (left[i].codePointAt(0)) - /** @type {number} */ (right[i].codePointAt(0));
    if (apart) return apart;
  }
  return left.length - right.length;
}
