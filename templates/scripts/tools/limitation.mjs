/** When limitation ends, and what starts it anew. No DOM. */

import { later } from "./days.mjs";

/** @typedef {"asked" | "deducted" | "paid" | "promised" | "sued" | "called"} Kind */
/** @typedef {{ day: string, kind: Kind, ended?: string }} Event */
/** @typedef {"early" | "anew" | "running" | "covered" | "unsure" | "late"} Effect */
/** @typedef {{ event: Event, effect: Effect, end: string }} Step `end` is the last day after it, empty while a case runs. */

const YEARS = 3;
const OUTER = 20;

/**
 * Telephone calls that only ask are left out, for whether they count is disputed; `counted` is the
 * last day if they do.
 * @param {string} due The last day of the last instalment.
 * @param {Event[]} events
 */
export function limitation(due, events) {
  const ordered = [...events].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const without = run(due, ordered, false);
  const counted = run(due, ordered, true).end;
  return { ...without, counted, outer: later(due, OUTER * 12) };
}

/** @param {string} due @param {Event[]} events @param {boolean} calls Whether calls count. */
function run(due, events, calls) {
  let [base, end] = [due, later(due, YEARS * 12)];
  /** @type {Step[]} */
  const steps = [];
  for (const event of events) {
    const effect = effectOf(event, due, base, end, calls);
    if (effect === "running") end = "";
    if (effect === "anew") {
      base = event.kind === "sued" ? /** @type {string} */ (event.ended) : event.day;
      end = later(base, YEARS * 12);
    }
    steps.push({ event, effect, end });
  }
  return { steps, base, end };
}

/** @param {Event} event @param {string} due @param {string} base @param {string} end @param {boolean} calls @returns {Effect} */
function effectOf(event, due, base, end, calls) {
  const sued = event.kind === "sued";
  if ((event.ended || event.day) <= due && !(sued && !event.ended)) return "early";
  if (!end) return "covered";
  if (event.day > end) return "late";
  if (event.kind === "called" && !calls) return "unsure";
  if (sued && !event.ended) return "running";
  return (event.ended || event.day) <= base ? "covered" : "anew";
}
