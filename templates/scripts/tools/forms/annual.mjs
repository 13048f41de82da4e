/** The form of the annual-rate calculator. */

import { annual } from "../annual.mjs";
import { isDay } from "../days.mjs";
import { compare, count, money, percent, scale, shown, yuan } from "../exact.mjs";
import { wire } from "../form.mjs";

const MONEY = "写金额，例如 10000 或 10000.50";
const MOST = 360;
const MOST_BY_DAY = 120;
/** Above this a compound rate says nothing more. */
const TENFOLD = { over: 10n, of: 1n };
const COURT = { over: 24n, of: 100n };

wire((read) => {
  const loan = {
    received: read.read("received", money, MONEY),
    upfront: read.read("upfront", money, MONEY, 0n),
    payment: read.read("payment", money, MONEY),
    fee: read.read("fee", money, MONEY, 0n),
    times: read.read("times", count, "写期数，例如 12"),
    last: read.read("last", money, MONEY, /** @type {bigint | null} */ (null)),
    start: read.read("start", day, "选一个日期", ""),
    first: read.read("first", day, "选一个日期", ""),
  };
  const lpr = read.read("lpr", percent, "写百分数，例如 3.1", { over: 0n, of: 1n });
  const most = loan.start && loan.first ? MOST_BY_DAY : MOST;
  if (loan.times !== null && (loan.times < 1 || loan.times > most)) read.fail("times", `期数写 1 到 ${most}`);
  if (loan.start && !loan.first) read.fail("first", "两个日期要一起填，或者都不填");
  if (loan.first && !loan.start) read.fail("start", "两个日期要一起填，或者都不填");
  if (loan.start && loan.first && loan.first <= loan.start) read.fail("first", "要晚于到账日");
  if (loan.received !== null && loan.received <= loan.upfront) read.fail("received", "到手的钱要比先付的费用多");
  if (read.wrong.size) return null;
  return result(annual(loan), lpr);
});

/**
 * @param {ReturnType<typeof annual>} found
 * @param {import("../exact.mjs").Fraction} lpr
 */
function result(found, lpr) {
  const money = [
    { term: "实际到手", says: `${yuan(found.net)} 元` },
    { term: "一共要还", says: `${yuan(found.paid)} 元` },
    { term: "借这笔钱的全部代价", says: `${yuan(found.cost)} 元` },
  ];
  if (!found.rate || !found.simple || !found.compound) {
    const says = found.cost < 0n ? "还的比到手的少，请核对填的数。" : "算出来的利率太高，请核对填的数。";
    return { facts: money, says: [says] };
  }
  const unit = found.unit === 12n ? "月利率 × 12" : "日利率 × 365";
  return {
    facts: [
      { term: "年化（单利）", says: shown(found.simple), main: true, note: unit },
      { term: "年化（复利）", says: compare(found.compound, TENFOLD) > 0 ? "超过 1,000%" : shown(found.compound), note: "利滚利一年；同一笔账，数字总比单利大" },
      { term: found.unit === 12n ? "折成月利率" : "折成日利率", says: small(found.rate) },
      ...money,
      beside("和年利率 24% 比", found.beside(COURT)),
      ...(lpr.over ? [fourfold(found, lpr)] : []),
    ],
    says: ["这是估算，只按你填的数算。哪些费用算进去、用哪条线，要看放款的是谁、合同怎么写，最后由法院认定。"],
  };
}

/** @param {ReturnType<typeof annual>} found @param {import("../exact.mjs").Fraction} lpr */
function fourfold(found, lpr) {
  const limit = scale(lpr, 4n);
  const note = "只管民间借贷，不管银行、消费金融、小贷公司的放款";
  return { ...beside(`和 4 倍 LPR（${shown(limit)}）比`, found.beside(limit)), note };
}

/** @param {string} term @param {number} way */
function beside(term, way) {
  return { term, says: way > 0 ? "超过" : way < 0 ? "没有超过" : "正好相等" };
}

/** A monthly or daily rate with four decimals. @param {import("../exact.mjs").Fraction} rate */
function small(rate) {
  const parts = (rate.over * 2_000_000n + rate.of) / (rate.of * 2n);
  return `${parts / 10_000n}.${String(parts % 10_000n).padStart(4, "0")}%`;
}

/** @param {string} text */
function day(text) {
  return isDay(text) ? text : null;
}
