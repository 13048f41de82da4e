/**
 * What a loan costs by the year: the rate at which all payments, brought back to the first day,
 * come to what was received (IRR). Worked out in whole numbers to twelve decimals. No DOM.
 */

import { between, later } from "./days.mjs";

/** @typedef {import("./exact.mjs").Fraction} Fraction */
/** @typedef {{ at: number, amount: bigint }} Flow Months or days after the first day; 分 received (−) or paid. */
/**
 * @typedef {object} Loan
 * @property {bigint} received 分 that arrived.
 * @property {bigint} upfront Paid out of the reader's own pocket on that day.
 * @property {bigint} payment Each instalment.
 * @property {bigint} fee Paid beside each instalment: 担保费, 会员费 …
 * @property {number} times
 * @property {bigint | null} last The last instalment where it differs.
 * @property {string} start The day on which the money arrived, or empty: equal months.
 * @property {string} first The day of the first instalment, or empty.
 */

const ONE = 10n ** 12n;
const STEP = 10_000n;
const TOO_HIGH = 10n;

/** @param {Loan} loan */
export function annual(loan) {
  const unit = loan.start && loan.first ? 365n : 12n;
  const flows = payments(loan);
  const net = loan.received - loan.upfront;
  const paid = flows.reduce((sum, flow) => sum + flow.amount, 0n);
  const all = [{ at: 0, amount: -net }, ...flows];
  const rate = net > 0n ? root(all) : null;
  return {
    unit,
    net,
    paid,
    cost: paid - net,
    /** @type {Fraction | null} Of one month, or one day. */
    rate: rate === null ? null : { over: rate, of: ONE },
    /** @type {Fraction | null} */
    simple: rate === null ? null : { over: rate * unit, of: ONE },
    /** @type {Fraction | null} */
    compound: rate === null ? null : { over: (ONE + rate) ** unit - ONE ** unit, of: ONE ** unit },
    /** −1, 0, 1: under, at, over a simple yearly rate; exact. @param {Fraction} yearly */
    beside: (yearly) => sign(all, yearly.over, yearly.of * unit),
  };
}

/** @param {Loan} loan @returns {Flow[]} */
function payments(loan) {
  return Array.from({ length: loan.times }, (_, n) => ({
    at: loan.start && loan.first ? between(loan.start, later(loan.first, n)) : n + 1,
    amount: (loan.last !== null && n === loan.times - 1 ? loan.last : loan.payment) + loan.fee,
  }));
}

/**
 * The highest rate, in parts of ONE, that is not above the true one; null where there is none. Found
 * four decimals at a time: short numbers rule out most of the range, and long ones cost a phone time.
 * @param {Flow[]} flows
 */
function root(flows) {
  if (sign(flows, 0n, 1n) < 0 || sign(flows, TOO_HIGH, 1n) > 0) return null;
  let [low, high, of] = [0n, TOO_HIGH, 1n];
  while (of < ONE) {
    [low, high, of] = [low * STEP, (high + 1n) * STEP, of * STEP];
    while (high - low > 1n) {
      const middle = (low + high) / 2n;
      if (sign(flows, middle, of) >= 0) low = middle;
      else high = middle;
    }
    high = low;
  }
  return low;
}

/**
 * Whether what was paid, with interest at this rate, is more (1), as much (0) or less (−1) than what
 * was received with interest: 1 means that the loan costs more than this rate.
 * @param {Flow[]} flows In order of time.
 * @param {bigint} over
 * @param {bigint} of
 */
function sign(flows, over, of) {
  let [value, unit, at] = [0n, 1n, 0];
  for (const flow of flows) {
    const gap = BigInt(flow.at - at);
    value = value * (of + over) ** gap;
    unit *= of ** gap;
    value += flow.amount * unit;
    at = flow.at;
  }
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}
