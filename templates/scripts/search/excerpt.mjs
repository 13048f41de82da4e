// A page and a query → the passage that answers, and what of it is shown: search/excerpt.py in JavaScript.

const WHOLLY = 2 ** 40;
const SENTENCE = /[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)]*|\n|$)/gu;
const CLAUSE = /[^，、,：:]*(?:[，、,：:]|$)/gu;

/** @type {WeakMap<Page, {by: number, whole: string}>} folded texts, by how many characters that table knew */
const texts = new WeakMap();

/**
 * @typedef {{worth: Map<string, number>, wholes: string[][], text: import("./text.mjs").Text}} Sought
 * @typedef {import("./store.mjs").Page} Page
 */

/** @param {string} raw @param {Sought} sought */
function value(raw, { worth, wholes, text }) {
  const folded = text.fold(raw);
  let sum = 0;
  for (const [gram, one] of worth) if (folded.includes(gram)) sum += one;
  return sum + (holds(folded, wholes) ? WHOLLY : 0);
}

/** The first reading of the query of which a folded text holds every piece. @param {string} folded @param {string[][]} wholes */
function holds(folded, wholes) {
  return wholes.find((pieces) => pieces.every((piece) => folded.includes(piece)));
}

/** Whether a page's own text holds the whole query, or what stands beside it. @param {Page} page
 * @param {string[][]} wholes @param {import("./text.mjs").Text} text @param {boolean} beside */
export function contains(page, wholes, text, beside) {
  return holds(beside ? text.fold(page.beside) : shown(page, text), wholes) !== undefined;
}

/** A page's own text as a reader sees it, folded; kept, for the next query looks at the same pages.
 * @param {Page} page @param {import("./text.mjs").Text} text */
export function shown(page, text) {
  const kept = texts.get(page);
  if (kept?.by === text.table.size) return kept.whole;
  const parts = [page.title, page.summary, ...page.passages.flatMap((passage) => [passage.heading, passage.text])];
  const whole = parts.map((part) => text.fold(part)).join("\n");
  texts.set(page, { by: text.table.size, whole });
  return whole;
}

/** @param {Page} page @param {Sought} sought */
export function choose(page, sought) {
  let best = { anchor: "", heading: "", text: page.summary };
  let most = 0;
  for (const passage of page.passages) {
    const worth = Math.max(2 * value(passage.heading, sought), value(passage.text, sought));
    if (worth > most) [best, most] = [passage, worth];
  }
  return { anchor: best.anchor, heading: best.heading, excerpt: cut(best.text || page.summary, sought) };
}

/** @param {string} raw @param {Sought} sought */
function cut(raw, sought) {
  const most = sought.text.rules.excerpt;
  const shown = widen(raw, SENTENCE, sought);
  if ([...shown].length <= most) return shown;
  const clause = [...widen(shown, CLAUSE, sought)].slice(0, most).join("");
  return (shown.startsWith(clause) ? "" : "…") + clause + (shown.endsWith(clause) ? "" : "…");
}

/** @param {string} raw @param {RegExp} unit @param {Sought} sought */
function widen(raw, unit, sought) {
  const { text } = sought;
  const parts = (raw.match(unit) ?? []).filter((part) => text.tidy(part));
  if (!parts.length) return "";
  const values = parts.map((part) => value(part, sought));
  const first = values.indexOf(Math.max(...values));
  let shown = parts[first];
  for (const part of parts.slice(first + 1)) {
    if ([...text.tidy(shown + part)].length > text.rules.excerpt) break;
    shown += part;
  }
  return text.tidy(shown);
}

/**
 * A shown text cut at the borders of what matches: [text, whether it matches].
 * @param {string} raw @param {Sought} sought @returns {[string, boolean][]}
 */
export function marked(raw, { worth, wholes, text }) {
  const { folded, origin, ends } = mapped(raw, text);
  const marks = new Uint8Array(raw.length + 1);
  for (const word of holds(folded, wholes) ?? worth.keys()) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      marks.fill(1, origin[at], ends[at + word.length - 1]);
    }
  }
  /** @type {[string, boolean][]} */
  const parts = [];
  for (let from = 0; from < raw.length; ) {
    let to = from + 1;
    while (to < raw.length && marks[to] === marks[from]) to++;
    parts.push([raw.slice(from, to), marks[from] === 1]);
    from = to;
  }
  return parts;
}

/** The folded text, and where in the raw text each of its units begins and ends.
 * @param {string} raw @param {import("./text.mjs").Text} text */
function mapped(raw, text) {
  let loose = "";
  let at = 0;
  /** @type {number[]} */
  const origin = [];
  /** @type {number[]} */
  const ends = [];
  for (const char of raw) {
    const one = text.foldChar(char);
    for (let i = 0; i < one.length; i++) {
      origin.push(at);
      ends.push(at + char.length);
    }
    loose += one;
    at += char.length;
  }
  const folded = text.squeeze(loose);
  if (folded.length === loose.length) return { folded, origin, ends };
  // Squeezing only leaves spaces out: what is kept lies in the same order.
  const kept = [];
  for (let i = 0, next = 0; i < loose.length && next < folded.length; i++) {
    if (loose[i] === folded[next]) {
      kept.push(i);
      next++;
    }
  }
  return { folded, origin: kept.map((i) => origin[i]), ends: kept.map((i) => ends[i]) };
}
