/**
 * Entries of the contact log: what one is, and how to make one of whatever a file or a form holds.
 * Knows no page.
 */

import { localTime } from "./time.mjs";

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} at  Local time, `2026-11-23T22:41`; so written, entries sort as text.
 * @property {string} kind
 * @property {string} who
 * @property {string} whom
 * @property {string} answered  Empty where it makes no sense.
 * @property {string} reachable  Whether the borrower could be reached; empty unless others were contacted.
 * @property {string[]} said
 * @property {string[]} evidence
 * @property {number} times  How many calls or messages the entry stands for.
 * @property {number} persons  At the door; 0: not a visit, or not known.
 * @property {string} number
 * @property {string} lender
 * @property {string} words
 */

/** @typedef {Record<string, Record<string, string>>} Choices  Field → value → its words. */

const LONGEST = { number: 40, lender: 60, words: 2000 };
const MOST = { times: 999, persons: 99 };
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029]/g;

/**
 * An entry of anything, or null when it has no time. Values that are not among the choices are
 * left out, texts are cut: a file may come from anywhere.
 * @param {unknown} raw @param {Choices} choices @returns {Entry | null}
 */
export function entryOf(raw, choices) {
  if (typeof raw !== "object" || raw === null) return null;
  const from = /** @type {Record<string, unknown>} */ (raw);
  if (typeof from.at !== "string" || !isTime(from.at)) return null;
  const one = (/** @type {string} */ name) => (known(choices, name, from[name]) ? String(from[name]) : "");
  const many = (/** @type {string} */ name) => {
    const values = Array.isArray(from[name]) ? from[name] : [];
    return Object.keys(choices[name]).filter((value) => values.includes(value));
  };
  return {
    id: typeof from.id === "string" && /^[\w-]{4,64}$/.test(from.id) ? from.id : newId(),
    at: from.at,
    kind: one("kind") || "other",
    who: one("who") || "unknown",
    whom: one("whom") || "me",
    answered: one("answered"),
    reachable: one("reachable"),
    said: many("said"),
    evidence: many("evidence"),
    times: whole(from.times, MOST.times) || 1,
    persons: whole(from.persons, MOST.persons),
    number: text(from.number, LONGEST.number),
    lender: text(from.lender, LONGEST.lender),
    words: text(from.words, LONGEST.words),
  };
}

/** Oldest first; the same order whatever order they were written in. @param {Entry[]} entries */
export function sorted(entries) {
  const key = (/** @type {Entry} */ entry) => `${entry.at} ${entry.id}`;
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Entries with others put in; one with the same id replaces. @param {Entry[]} entries @param {Entry[]} more */
export function merged(entries, more) {
  const byId = new Map([...entries, ...more].map((entry) => [entry.id, entry]));
  return sorted([...byId.values()]);
}

/** Whether text is a moment that exists. @param {string} at */
function isTime(at) {
  if (!/^[12]\d{3}-\d\d-\d\dT\d\d:\d\d$/.test(at)) return false;
  const moment = new Date(at);
  return !Number.isNaN(moment.getTime()) && localTime(moment) === at;
}

/** @param {Choices} choices @param {string} name @param {unknown} value */
function known(choices, name, value) {
  return typeof value === "string" && Object.hasOwn(choices[name], value);
}

/** @param {unknown} value @param {number} most */
function whole(value, most) {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? Math.min(number, most) : 0;
}

/** @param {unknown} value @param {number} longest */
function text(value, longest) {
  if (typeof value !== "string") return "";
  return Array.from(value.replace(CONTROL, " ").trim()).slice(0, longest).join("");
}

function newId() {
  return Date.now().toString(36) + "-" + Math.random().toString(36).slice(2, 10);
}
