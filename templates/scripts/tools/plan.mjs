/** What a plan of N months costs, and whether it fits what is left each month. No DOM. */

import { divide } from "./exact.mjs";

/** @typedef {import("./exact.mjs").Fraction} Fraction */
/**
 * @typedef {object} Asked
 * @property {bigint} debt 分 to be paid off.
 * @property {Fraction} rate By the year; a twelfth each month.
 * @property {number} months
 * @property {"payment" | "principal"} equal 等额本息, or 等额本金.
 * @property {bigint} fee Paid beside each instalment.
 */
/** @typedef {{ month: number, payment: bigint, interest: bigint, principal: bigint, left: bigint }} Row */

/** Each month's interest is rounded to 分; the last month pays what is left. @param {Asked} asked */
export function plan(asked) {
  const { debt, rate, months, equal, fee } = asked;
  const level = equal === "payment" ? levelPayment(debt, rate, months) : 0n;
  const share = divide(debt, BigInt(months));
  /** @type {Row[]} */
  const rows = [];
  for (let month = 1, left = debt; month <= months; month += 1) {
    const interest = divide(left * rate.over, rate.of * 12n);
    const wanted = month === months ? left : equal === "payment" ? level - interest : share;
    const principal = wanted > left ? left : wanted;
    left -= principal;
    rows.push({ month, payment: principal + interest + fee, interest, principal, left });
  }
  const total = rows.reduce((sum, row) => sum + row.payment, 0n);
  const most = rows.reduce((high, row) => (row.payment > high ? row.payment : high), 0n);
  return { rows, total, cost: total - debt, most };
}

/** The fewest months in which no instalment is above `spare`; null: none up to `limit`. @param {Asked} asked @param {bigint} spare @param {number} limit */
export function shortest(asked, spare, limit) {
  for (let months = 1; months <= limit; months += 1) {
    if (plan({ ...asked, months }).most <= spare) return months;
  }
  return null;
}

/** debt × r × (1+r)^n ÷ ((1+r)^n − 1), rounded to 分. @param {bigint} debt @param {Fraction} rate @param {number} months */
function levelPayment(debt, rate, months) {
  const [over, of, n] = [rate.over, rate.of * 12n, BigInt(months)];
  if (over === 0n) return divide(debt, n);
  const grown = (of + over) ** n;
  return divide(debt * over * grown, of * (grown - of ** n));
}
