/** The form of the overdue-interest calculator. */

import { isDay } from "../days.mjs";
import { money, percent, perTenThousand, scale, shown, yuan } from "../exact.mjs";
import { wire } from "../form.mjs";
import { against, penalty } from "../penalty.mjs";

const DAY = "选一个日期";
const MONEY = "写金额，例如 10000 或 10000.50";
const YEARS = 10;
const LIMIT = { over: 24n, of: 100n };

/** What a rate's unit means: how it is read, and which part of it falls on a day. */
const UNITS = {
  "year-365": { parse: percent, days: 365n },
  "year-360": { parse: percent, days: 360n },
  "day-percent": { parse: percent, days: 1n },
  "day-ten-thousandth": { parse: perTenThousand, days: 1n },
};

wire((read) => {
  const principal = read.read("principal", money, MONEY);
  const unit = UNITS[/** @type {keyof UNITS} */ (read.text("unit"))];
  const written = read.read("rate", unit.parse, "写合同里的数，例如 0.05 或 18");
  const due = read.read("due", day, DAY);
  const until = read.read("until", day, DAY);
  const fees = read.read("fees", money, MONEY, 0n);
  if (due && until && until <= due) read.fail("until", "要晚于最后还款日");
  if (due && until && Number(until.slice(0, 4)) - Number(due.slice(0, 4)) > YEARS) {
    read.fail("until", `最多算 ${YEARS} 年，分段算`);
  }
  if (principal === 0n) read.fail("principal", MONEY);
  if (read.wrong.size) return null;
  const rate = scale(written, 1n, unit.days);
  const compound = read.on("compound");
  const found = penalty({ principal, rate, due, until, compound, fees });
  const { limit, above } = against(principal, found.days, found.claimed, LIMIT);
  return {
    facts: [
      { term: "逾期利息", says: `${yuan(found.interest)} 元`, main: true, note: `逾期 ${found.days} 天，${compound ? "按月计复利" : "不计复利"}` },
      { term: "加上其他费用", says: `${yuan(found.claimed)} 元` },
      { term: "连本金一共", says: `${yuan(found.total)} 元` },
      { term: "折成年利率", says: shown(scale(rate, 365n)), note: "日利率 × 365，不算复利" },
      { term: "同样本金和天数，按年利率 24% 算", says: `${yuan(limit)} 元` },
      above
        ? { term: "比 24% 多出", says: `${yuan(above)} 元`, main: true, note: "可以请求调减的上限；要自己提，法院看个案" }
        : { term: "和 24% 比", says: "没有超过" },
    ],
    says: ["这是估算。中间还过钱、分好几期、合同另有算法的，要分段算；以合同和法院认定为准。"],
    tables: [
      {
        caption: "逐月怎么长",
        heads: ["算到", "天数", "计息基数", "这一段利息", "利息累计"],
        rows: found.rows.map((row) => [row.to, String(row.days), yuan(row.base), yuan(row.interest), yuan(row.sum)]),
      },
    ],
  };
});

/** @param {string} text */
function day(text) {
  return isDay(text) ? text : null;
}
