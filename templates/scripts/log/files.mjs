/** The log as a file: JSON to keep and read back, CSV for spreadsheets, text to paste. Knows no page. */

import { entryOf, merged, sorted } from "./entries.mjs";

/** @typedef {import("./entries.mjs").Entry} Entry */
/** @typedef {import("./entries.mjs").Choices} Choices */

const FORMAT = "overdue-guide-log";
const VERSION = 1;
const MOST_ENTRIES = 5000;

/** @param {Entry[]} entries */
export function toJson(entries) {
  return JSON.stringify({ format: FORMAT, version: VERSION, entries: sorted(entries) }, null, 1);
}

/**
 * What a file holds; `left` is how many of its entries could not be read.
 * @param {string} text @param {Choices} choices
 * @returns {{ entries: Entry[], left: number, problem: "" | "not-json" | "not-a-log" | "newer" | "too-many" }}
 */
export function fromJson(text, choices) {
  const none = (/** @type {"not-json" | "not-a-log" | "newer" | "too-many"} */ problem) => ({ entries: [], left: 0, problem });
  let file;
  try {
    file = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return none("not-json");
  }
  if (!file || file.format !== FORMAT || !Array.isArray(file.entries)) return none("not-a-log");
  if (!Number.isInteger(file.version) || file.version > VERSION) return none("newer");
  if (file.entries.length > MOST_ENTRIES) return none("too-many");
  const read = file.entries.map((/** @type {unknown} */ raw) => entryOf(raw, choices));
  const entries = read.filter((/** @type {Entry | null} */ entry) => entry !== null);
  return { entries: merged([], entries), left: read.length - entries.length, problem: "" };
}

/**
 * RFC 4180 with a byte order mark, without which Excel takes UTF-8 for something else.
 * @param {string[][]} rows
 */
export function toCsv(rows) {
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

/** A text that a spreadsheet could take for a formula begins with an apostrophe. @param {string} text */
function cell(text) {
  const safe = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) || /^[\t\r\n]/.test(text) ? "'" + text : text;
  return '"' + safe.replaceAll('"', '""') + '"';
}

const COLUMNS = [
  "序号", "时间", "方式", "对谁", "对方", "号码", "哪家机构", "次数", "是否接通",
  "当时能否联系上本人", "上门人数", "说了什么", "原话", "证据", "对照的规则",
];

/**
 * The log as a table, oldest first, below its head.
 * @param {Entry[]} entries @param {Choices} choices @param {(entry: Entry) => string[]} titles of the rules that speak
 */
export function table(entries, choices, titles) {
  const word = (/** @type {string} */ name, /** @type {string} */ value) => choices[name][value] ?? "";
  const words = (/** @type {string} */ name, /** @type {string[]} */ values) => values.map((value) => word(name, value)).join("；");
  const rows = sorted(entries).map((entry, at) => [
    String(at + 1),
    entry.at.replace("T", " "),
    word("kind", entry.kind),
    word("whom", entry.whom),
    word("who", entry.who),
    entry.number,
    entry.lender,
    String(entry.times),
    word("answered", entry.answered),
    word("reachable", entry.reachable),
    entry.persons ? String(entry.persons) : "",
    words("said", entry.said),
    entry.words,
    words("evidence", entry.evidence),
    titles(entry).join("；"),
  ]);
  return [COLUMNS, ...rows];
}

/** The table as text to paste: a line for each entry, only what was written. @param {string[][]} rows */
export function toText([head, ...rows]) {
  return rows.map(([number, ...cells]) => {
    const parts = cells.map((value, at) => (value && !(head[at + 1] === "次数" && value === "1") ? [head[at + 1], value].join("：") : ""));
    return number + ". " + parts.filter(Boolean).join("，");
  }).join("\n");
}
