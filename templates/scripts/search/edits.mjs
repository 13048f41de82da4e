// A query with one character wrong, missing or too many → what the texts that were found have there:
// search/edits.py in JavaScript.

import { byPoint } from "./query.mjs";

const LONGEST = 24;
const BESIDE = 2;
const LEAST = 3;
/** What is done to a query, the surest first: a character put in between two, one at an end, one left out. */
const [IN, END, OUT] = [0, 1, 2];
/** Pages whose texts are looked at. */
export const PAGES = 5;

/** Queries one edit away that stand in folded texts, the most frequent first; of doubtful ones one.
 * @param {string} folded @param {(gram: string) => boolean} known @param {string[]} texts
 * @param {import("./text.mjs").Text} text */
export function near(folded, known, texts, text) {
  /** @type {Map<string, number>[]} how often, by query, by edit */
  const found = [new Map(), new Map(), new Map()];
  const runs = [...folded].length > LONGEST ? [] : folded.matchAll(text.run);
  for (const { 0: run, index } of runs) {
    for (const [edit, other] of ofRun([...run], known, texts.join("\n"), text)) {
      const query = folded.slice(0, index) + other + folded.slice(index + run.length);
      found[edit].set(query, (found[edit].get(query) ?? 0) + 1);
    }
  }
  const [sure, ...doubtful] = found.map((times) => [...times].sort((a, b) => b[1] - a[1] || byPoint(a[0], b[0])));
  return (sure.length ? sure : doubtful.flat().slice(0, 1)).map(([query]) => query);
}

/** The edit and the run with it, as often as the texts have it. @param {string[]} run
 * @param {(gram: string) => boolean} known @param {string} texts @param {import("./text.mjs").Text} text
 * @returns {Generator<[number, string]>} */
function* ofRun(run, known, texts, text) {
  const strange = run.slice(1).flatMap((char, i) => (known(run[i] + char) ? [] : [i]));
  // One slip breaks a pair or two neighbouring ones; more strange pairs are a text of their own.
  if (run.length < LEAST || !strange.length || strange.length > 2 || strange[strange.length - 1] - strange[0] !== strange.length - 1) return;
  for (const [start, end, gap] of places(strange)) {
    const left = run.slice(Math.max(0, start - (end < run.length ? BESIDE : LEAST)), start);
    const right = run.slice(end, end + (start ? BESIDE : LEAST));
    if (left.length + right.length < Math.min(LEAST, run.length - 1)) continue;
    // A run holds no marks, and so nothing that a pattern could take for an order.
    const pattern = `${left.join("")}(${gap ? text.character : ""})${right.join("")}`;
    for (const [, char] of texts.matchAll(new RegExp(pattern, "gu"))) {
      if (char === run.slice(start, end).join("")) continue;
      yield [!gap ? OUT : start && end < run.length ? IN : END, [...run.slice(0, start), char, ...run.slice(end)].join("")];
    }
  }
}

/** Where to cut and whether to look for a character: wrong, too many, missing. @param {number[]} strange
 * @returns {Generator<[number, number, boolean]>} */
function* places(strange) {
  const between = strange[0] + 1;
  for (const at of strange.length > 1 ? [between] : [between - 1, between]) {
    yield [at, at + 1, true];
    yield [at, at + 1, false];
  }
  if (strange.length === 1) yield [between, between, true];
}
