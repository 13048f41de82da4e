/**
 * Exact amounts and rates: money is whole 分 as BigInt, a rate a fraction of two BigInts. Nothing
 * passes through a floating-point number. No DOM.
 */

/** @typedef {{ over: bigint, of: bigint }} Fraction A rate: 24% is 24 over 100. */

const TOO_LONG = 15;

/** Money as people type it: `12,345.6`, `１２３４元`. @param {string} text @returns {bigint | null} 分 */
export function money(text) {
  const found = /^[¥￥]?(\d+)(?:\.(\d{0,2}))?元?$/.exec(tidy(text));
  if (!found || found[1].length > TOO_LONG) return null;
  return BigInt(found[1]) * 100n + BigInt((found[2] ?? "").padEnd(2, "0"));
}

/** A rate as people type it, in hundredths: `0.05` or `0.05%`. @param {string} text @returns {Fraction | null} */
export function percent(text) {
  return decimal(tidy(text).replace(/%$/, ""), 100n);
}

/** 万分之几, as Chinese contracts give a daily rate. @param {string} text @returns {Fraction | null} */
export function perTenThousand(text) {
  return decimal(tidy(text), 10_000n);
}

/** A whole number. @param {string} text @returns {number | null} */
export function count(text) {
  const typed = tidy(text);
  return /^\d{1,6}$/.test(typed) ? Number(typed) : null;
}

/** a ÷ b to the nearest whole number, halves away from zero: 四舍五入. @param {bigint} a @param {bigint} b */
export function divide(a, b) {
  const [over, of] = b < 0n ? [-a, -b] : [a, b];
  return over < 0n ? -((-over * 2n + of) / (of * 2n)) : (over * 2n + of) / (of * 2n);
}

/** An amount times a rate, rounded to 分. @param {bigint} amount @param {Fraction} rate */
export function part(amount, rate) {
  return divide(amount * rate.over, rate.of);
}

/** @param {Fraction} rate @param {bigint} times @param {bigint} [by] @returns {Fraction} */
export function scale(rate, times, by = 1n) {
  return { over: rate.over * times, of: rate.of * by };
}

/** −1, 0 or 1. @param {Fraction} a @param {Fraction} b */
export function compare(a, b) {
  const difference = a.over * b.of - b.over * a.of;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** 分 as people read it: `12,345.60`. @param {bigint} amount */
export function yuan(amount) {
  const size = amount < 0n ? -amount : amount;
  const whole = String(size / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${amount < 0n ? "-" : ""}${whole}.${String(size % 100n).padStart(2, "0")}`;
}

/** A rate in hundredths with two decimals, rounded: `24.00%`. @param {Fraction} rate */
export function shown(rate) {
  return `${yuan(divide(rate.over * 10_000n, rate.of))}%`;
}

/** @param {string} text */
function tidy(text) {
  return text.normalize("NFKC").replace(/[\s,]/g, "");
}

/** @param {string} text @param {bigint} unit @returns {Fraction | null} */
function decimal(text, unit) {
  const found = /^(\d{1,5})(?:\.(\d{0,8}))?$/.exec(text);
  if (!found) return null;
  const digits = found[2] ?? "";
  return { over: BigInt(found[1] + digits), of: unit * 10n ** BigInt(digits.length) };
}
