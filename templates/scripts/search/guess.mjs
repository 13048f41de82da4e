// A query that no page holds → the words that were perhaps meant: search/guess.py in JavaScript.
// Loaded only when it is needed.

const [CHANGED, SPELT] = [60, 240];
const [FOUND, OFTEN, WORD] = [100, 6, 14];
const USUAL = 3;
const SHORT = 4;
const VALUE_ORIGIN = 48;
const LATIN = /[a-z]+(?:[ '][a-z]+)*/g;
const HAN = /[\u4e00-\u9fff]{2,}/g;

/**
 * @typedef {{start: number, end: number, syllables: string[], own: string}} Node
 * @typedef {Map<string, Map<string, number>>} Pairs pairs and their values by sound, "cui shou"
 * @typedef {{[syllable: string]: string}} Syllables
 */

/**
 * @param {string} folded @param {(gram: string) => boolean} known
 * @param {import("./text.mjs").Text} text
 * @param {import("./store.mjs").Store} store @param {import("./store.mjs").Manifest} manifest
 */
export async function guess(folded, known, text, store, manifest) {
  const syllables = await store.syllables();
  /** @type {Map<string, string[]>} */
  const readings = new Map();
  for (const [syllable, chars] of Object.entries(syllables)) {
    for (const char of chars) readings.set(char, [...(readings.get(char) ?? []), syllable]);
  }
  const left = (/** @type {string} */ written) => text.grams(written).every(known);
  const read = async (/** @type {Node[]} */ nodes) => decode(nodes, await sounds(nodes, text, store, manifest), syllables);
  const latin = await replace(folded, LATIN, async (written) => {
    if (written.length < SHORT && left(written)) return written;
    const row = await read(spelt(written, syllables));
    return row.length > 1 ? row : written;
  });
  const meant = await replace(latin, HAN, async (written) => {
    if (left(written)) return written;
    return read([...written].map((own, i) => ({ start: i, end: i + 1, syllables: readings.get(own) ?? [], own })));
  });
  return meant === folded ? "" : meant;
}

/** @param {string} whole @param {RegExp} pattern @param {(part: string) => Promise<string>} change */
async function replace(whole, pattern, change) {
  const parts = await Promise.all([...whole.matchAll(pattern)].map((match) => change(match[0])));
  return whole.replace(pattern, () => /** @type {string} */ (parts.shift()));
}

/** All ways to cut Latin letters into syllables. @param {string} written @param {Syllables} syllables @returns {Node[]} */
function spelt(written, syllables) {
  const nodes = [];
  let begin = 0;
  for (const word of written.split(/[ ']/)) {
    const reached = new Set([0]);
    for (let start = 0; start < word.length; start++) {
      if (!reached.has(start)) continue;
      for (let end = start + 1; end <= Math.min(start + 6, word.length); end++) {
        const syllable = word.slice(start, end);
        if (!Object.hasOwn(syllables, syllable)) continue;
        reached.add(end);
        nodes.push({ start: begin + start, end: begin + end, syllables: [syllable], own: "" });
      }
    }
    if (!reached.has(word.length)) return [];
    begin += word.length;
  }
  return nodes;
}

/** Neighbours in a lattice. @param {Node[]} nodes @returns {[Node, Node][]} */
function neighbours(nodes) {
  return nodes.flatMap((left) => nodes.filter((right) => right.start === left.end).map((right) => /** @type {[Node, Node]} */ ([left, right])));
}

/** @param {Node[]} nodes @param {import("./text.mjs").Text} text @param {import("./store.mjs").Store} store
 * @param {import("./store.mjs").Manifest} manifest @returns {Promise<Pairs>} */
async function sounds(nodes, text, store, manifest) {
  const asked = new Set(neighbours(nodes).flatMap(([left, right]) =>
    left.syllables.flatMap((one) => right.syllables.map((two) => `${one} ${two}`))));
  const found = new Map();
  await Promise.all([...asked].map(async (sound) => {
    const row = (await store.sounds(text.nameHash(sound), manifest))[sound];
    if (!row) return;
    const chars = [...row];
    const pairs = new Map();
    for (let i = 0; i < chars.length; i += 3) pairs.set(chars[i] + chars[i + 1], chars[i + 2].charCodeAt(0) - VALUE_ORIGIN);
    found.set(sound, pairs);
  }));
  return found;
}

/** The most usual row of characters along a lattice. @param {Node[]} nodes @param {Pairs} found @param {Syllables} syllables */
function decode(nodes, found, syllables) {
  /** @type {Map<string, number>} */
  const pairs = new Map();
  const options = new Map(nodes.map((node) => [node, new Set([node.own || syllables[node.syllables[0]][0]])]));
  for (const [left, right] of neighbours(nodes)) {
    const own = left.own + right.own;
    for (const one of left.syllables) {
      for (const two of right.syllables) {
        for (const [pair, value] of found.get(`${one} ${two}`) ?? []) {
          if (own && pair !== own && (value & 7) < USUAL && value >> 3 <= USUAL) continue;
          pairs.set(pair, value);
          options.get(left)?.add(pair[0]);
          options.get(right)?.add(pair[1]);
        }
      }
    }
  }
  return best([...nodes].sort((a, b) => a.start - b.start || a.end - b.end), options, pairs);
}

/** @param {Node[]} nodes in order @param {Map<Node, Set<string>>} options @param {Map<string, number>} pairs */
function best(nodes, options, pairs) {
  /** @type {Map<number, Map<string, {score: number, row: string}>>} by end and last character */
  const paths = new Map([[0, new Map([["", { score: 0, row: "" }]])]]);
  for (const node of nodes) {
    const ends = paths.get(node.end) ?? new Map();
    paths.set(node.end, ends);
    for (const char of options.get(node) ?? []) {
      for (const { score, row } of paths.get(node.start)?.values() ?? []) {
        const value = pairs.get(row.slice(-1) + char);
        const gain = value === undefined ? 0 : FOUND + OFTEN * (value >> 3) + WORD * (value & 7);
        const cost = node.own ? (char === node.own ? 0 : CHANGED) : SPELT;
        const made = { score: score + gain - cost, row: row + char };
        const kept = ends.get(char);
        if (!kept || before(made, kept)) ends.set(char, made);
      }
    }
  }
  const last = Math.max(0, ...nodes.map((node) => node.end));
  const ends = last ? [...(paths.get(last)?.values() ?? [])] : [];
  return ends.reduce((found, path) => (before(path, found) ? path : found), { score: -Infinity, row: "" }).row;
}

/** @param {{score: number, row: string}} one @param {{score: number, row: string}} other */
function before(one, other) {
  return one.score > other.score || (one.score === other.score && one.row < other.row);
}
