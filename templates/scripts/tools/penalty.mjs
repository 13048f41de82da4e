/** How overdue interest grows: simple, or with interest added to the debt each month. No DOM. */

import { divide } from "./exact.mjs";
import { between, later } from "./days.mjs";

/** @typedef {import("./exact.mjs").Fraction} Fraction */
/**
 * @typedef {object} Asked
 * @property {bigint} principal 分
 * @property {Fraction} rate For a day.
 * @property {string} due The last day on which paying was in time; overdue days begin after it.
 * @property {string} until The last overdue day that counts.
 * @property {boolean} compound Each month's interest bears interest from the next month on.
 * @property {bigint} fees What else is claimed: 违约金 and the like.
 */
/** @typedef {{ to: string, days: number, base: bigint, interest: bigint, sum: bigint }} Row */

/**
 * Without compounding the sum so far is worked out from the first day each time, so rounding to 分
 * never adds up; with compounding each month's interest is rounded, for it becomes part of the base.
 * @param {Asked} asked
 */
export function penalty(asked) {
  const { principal, rate, due, until, compound, fees } = asked;
  /** @type {Row[]} */
  const rows = [];
  const days = between(due, until);
  for (let from = due, sum = 0n, month = 1; from < until; month += 1) {
    const next = later(due, month);
    const to = next < until ? next : until;
    const base = compound ? principal + sum : principal;
    const interest = compound
      ? interestOf(base, rate, between(from, to))
      : interestOf(principal, rate, between(due, to)) - sum;
    sum += interest;
    rows.push({ to, days: between(from, to), base, interest, sum });
    from = to;
  }
  const interest = rows.at(-1)?.sum ?? 0n;
  return { days, rows, interest, claimed: interest + fees, total: principal + interest + fees };
}

/**
 * The claim against a limit by the year on the same principal and days (365 to a year).
 * @param {bigint} principal
 * @param {number} days
 * @param {bigint} claimed
 * @param {Fraction} yearly
 */
export function against(principal, days, claimed, yearly) {
  const limit = divide(principal * yearly.over * BigInt(days), yearly.of * 365n);
  return { limit, above: claimed > limit ? claimed - limit : 0n };
}

/** @param {bigint} base @param {Fraction} rate @param {number} days */
function interestOf(base, rate, days) {
  return divide(base * rate.over * BigInt(days), rate.of);
}
