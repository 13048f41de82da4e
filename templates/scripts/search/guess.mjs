// A query that no page holds → words that were perhaps meant, by their sound: search/guess.py in JavaScript.
// Loaded only when it is needed.

const [MOST, MOST_LETTERS, MOST_RESPELT] = [6, 12, 12];
const [LONGEST, LONGEST_LATIN] = [24, 60];
const [CHANGED, BROKEN, SPELT] = [60, 240, 340];
const [FOUND, OFTEN] = [100, 4];
const [WORD, FIRM] = [1, 4];
const SHORT = 4;
const HEARD = "ghn";
const VALUE_ORIGIN = 48;
const APART = /[ '’]/g;
const LETTER = /[a-z '’]/g;
const WRITTEN = /[a-z]+(?:[ '’][a-z]+)*|[\u4e00-\u9fff]{2,}/g;

/**
 * @typedef {{start: number, end: number, syllables: string[], own: string}} Node
 * @typedef {{score: number, row: string}} Path
 * @typedef {{text: import("./text.mjs").Text, store: import("./store.mjs").Store,
 *   manifest: import("./store.mjs").Manifest}} Source
 * @typedef {(gram: string) => boolean} Known whether the index has a gram
 */

/** @type {WeakMap<object, Map<string, string[]>>} */
const tables = new WeakMap();
/** @type {WeakMap<object, Map<string, Map<string, number>>>} */
const pairsBySound = new WeakMap();

/** What a folded query perhaps means, the likeliest first. @param {string} folded @param {Known} known
 * @param {Source} source @returns {Promise<string[]>} */
export async function readings(folded, known, source) {
  if ([...folded].length > LONGEST_LATIN || [...folded.replace(LETTER, "")].length > LONGEST) return [];
  const parts = [];
  let at = 0;
  for (const { 0: written, index } of folded.matchAll(WRITTEN)) {
    const rows = await (/^[a-z]/.test(written) ? latin : han)(written, known, source);
    parts.push([folded.slice(at, index)], rows.length ? rows : [written]);
    at = index + written.length;
  }
  parts.push([folded.slice(at)]);
  const best = parts.map(([first]) => first);
  const others = parts.flatMap((part, i) => part.slice(1).map((other) => replaced(best, i, other)));
  const rows = new Set([best, ...others].map((row) => row.join("")));
  rows.delete(folded);
  return [...rows].slice(0, MOST);
}

/** @param {string[]} list @param {number} at @param {string} other */
function replaced(list, at, other) {
  return [...list.slice(0, at), other, ...list.slice(at + 1)];
}

/** @param {string} written @param {Known} known @param {Source} source */
async function latin(written, known, source) {
  if (written.length < SHORT && source.text.grams(written).every(known)) return [];
  const rows = await decode(spelt(written, await source.store.syllables()), source, MOST);
  return rows.filter((row) => row.length > 1);
}

/** @param {string} written @param {Known} known @param {Source} source */
async function han(written, known, source) {
  if (source.text.grams(written).every(known)) return [];
  const table = heard(await source.store.syllables());
  const nodes = [...written].map((own, i) => ({ start: i, end: i + 1, syllables: table.get(own) ?? [], own }));
  const rows = await decode(nodes, source, MOST);
  // What is less usual than what was written is no guess.
  return rows.includes(written) ? rows.slice(0, rows.indexOf(written)) : rows;
}

/** Each character's syllables, worked out once. @param {{[syllable: string]: string}} syllables */
function heard(syllables) {
  let table = tables.get(syllables);
  if (!table) {
    table = new Map();
    for (const [syllable, chars] of Object.entries(syllables)) {
      for (const char of chars) table.set(char, [...(table.get(char) ?? []), syllable]);
    }
    tables.set(syllables, table);
  }
  return table;
}

/** What a query of nothing but a few letters perhaps abbreviates. @param {string} folded @param {Source} source */
export async function initials(folded, source) {
  const written = folded.replace(APART, "");
  if (!/^[a-z]{2,6}$/.test(written)) return [];
  const nodes = [...written].map((char, i) => ({ start: i, end: i + 1, syllables: [char.toUpperCase()], own: "" }));
  return decode(nodes, source, MOST_LETTERS);
}

/** The ways to make pinyin of letters by one slip. @param {string} folded @param {Source} source */
export async function respelt(folded, source) {
  if (folded.length < SHORT || folded.length > LONGEST || !/^[a-z]+$/.test(folded)) return [];
  const syllables = await source.store.syllables();
  const places = [...folded].map((_, i) => i);
  const around = (/** @type {number} */ i, /** @type {string} */ put, skipped = 0) => folded.slice(0, i) + put + folded.slice(i + skipped);
  const others = new Set([
    ...places.map((i) => around(i, folded.slice(i + 1, i + 2) + folded[i], 2)),
    ...places.map((i) => around(i, "", 1)),
    ...places.flatMap((i) => [...HEARD].map((put) => around(i + 1, put))),
  ]);
  others.delete(folded);
  return [...others].filter((one) => spelt(one, syllables).length).slice(0, MOST_RESPELT);
}

/** All ways to cut Latin letters into syllables. @param {string} written
 * @param {{[syllable: string]: string}} syllables @returns {Node[]} */
function spelt(written, syllables) {
  const nodes = [];
  let begin = 0;
  for (const word of written.split(APART)) {
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

/** The sounds of two nodes. @param {Node} left @param {Node} right */
function between(left, right) {
  return left.syllables.flatMap((one) => right.syllables.map((two) => `${one} ${two}`));
}

/** The index's pairs and their values, by sound. @param {[Node, Node][]} neighbours @param {Source} source
 * @returns {Promise<Map<string, Map<string, number>>>} */
async function pairsOf(neighbours, { text, store, manifest }) {
  const asked = new Set(neighbours.flatMap(([left, right]) => between(left, right)));
  const found = new Map();
  await Promise.all([...asked].map(async (sound) => {
    const table = await store.sounds(text.nameHash(sound), manifest);
    if (table[sound]) found.set(sound, decoded(table, sound));
  }));
  return found;
}

/** The pairs of a sound and their values, worked out once. @param {{[sound: string]: string}} table @param {string} sound */
function decoded(table, sound) {
  const rows = pairsBySound.get(table) ?? new Map();
  pairsBySound.set(table, rows);
  if (!rows.has(sound)) {
    const chars = [...table[sound]];
    const pairs = new Map();
    for (let i = 0; i < chars.length; i += 3) pairs.set(chars[i] + chars[i + 1], chars[i + 2].charCodeAt(0) - VALUE_ORIGIN);
    rows.set(sound, pairs);
  }
  return rows.get(sound);
}

/** The most usual rows of characters along a lattice, best first. @param {Node[]} nodes @param {Source} source
 * @param {number} most @returns {Promise<string[]>} */
async function decode(nodes, source, most) {
  const syllables = nodes.every(({ own }) => own) ? {} : await source.store.syllables();
  const neighbours = nodes.flatMap((left) => nodes.filter((right) => right.start === left.end)
    .map((right) => /** @type {[Node, Node]} */ ([left, right])));
  const found = await pairsOf(neighbours, source);
  /** @type {Map<string, number>} */
  const pairs = new Map();
  const first = (/** @type {Node} */ { own, syllables: [one] }) => own || (syllables[one] ?? "").slice(0, 1);
  const options = new Map(nodes.map((node) => [node, new Set(first(node))]));
  for (const [left, right] of neighbours) {
    const own = left.own + right.own;
    for (const sound of between(left, right)) {
      for (const [pair, worth] of found.get(sound) ?? []) {
        if (own && pair !== own && worth < WORD) continue;
        pairs.set(pair, worth);
        options.get(left)?.add(pair[0]);
        options.get(right)?.add(pair[1]);
      }
    }
  }
  // Characters that make a word as they were written are hardly wrong.
  const firm = new Set(nodes.flatMap((node, i) => {
    const own = i && node.own && nodes[i - 1].own + node.own;
    return own && (pairs.get(own) ?? 0) >= FIRM ? [nodes[i - 1], node] : [];
  }));
  const cost = (/** @type {Node} */ node, /** @type {string} */ char) => {
    if (!node.own) return SPELT;
    if (char === node.own) return 0;
    return firm.has(node) ? BROKEN : CHANGED;
  };
  return walk(nodes, options, pairs, cost, most);
}

/** @param {Node[]} nodes @param {Map<Node, Set<string>>} options @param {Map<string, number>} pairs
 * @param {(node: Node, char: string) => number} cost @param {number} most */
function walk(nodes, options, pairs, cost, most) {
  /** @type {Map<number, Map<string, Path[]>>} by end and last character */
  const paths = new Map([[0, new Map([["", [{ score: 0, row: "" }]]])]]);
  for (const node of [...nodes].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const ends = paths.get(node.end) ?? new Map();
    paths.set(node.end, ends);
    const before = [...(paths.get(node.start)?.values() ?? [])].flat();
    for (const char of options.get(node) ?? []) {
      const made = before.map(({ score, row }) => {
        const worth = pairs.get(row.slice(-1) + char);
        return { score: score + (worth === undefined ? 0 : FOUND + OFTEN * worth) - cost(node, char), row: row + char };
      });
      ends.set(char, best([...(ends.get(char) ?? []), ...made], most));
    }
  }
  const last = Math.max(0, ...nodes.map((node) => node.end));
  return last ? best([...(paths.get(last)?.values() ?? [])].flat(), most).map(({ row }) => row) : [];
}

/** The best paths, each row once. @param {Path[]} paths @param {number} most */
function best(paths, most) {
  const rows = new Map();
  for (const { score, row } of paths) rows.set(row, Math.max(score, rows.get(row) ?? score));
  const order = [...rows].map(([row, score]) => ({ row, score }));
  return order.sort((a, b) => b.score - a.score || (a.row < b.row ? -1 : 1)).slice(0, most);
}
