/** The form of the repayment-plan calculator. */

import { count, money, percent, yuan } from "../exact.mjs";
import { wire } from "../form.mjs";
import { plan, shortest } from "../plan.mjs";

const MONEY = "写金额，例如 3000";
const MOST = 120;

wire((read) => {
  const debt = read.read("debt", money, MONEY);
  const months = read.read("months", count, "写几个月，例如 24");
  const rate = read.read("rate", percent, "写百分数，例如 6；免息写 0", { over: 0n, of: 1n });
  const fee = read.read("fee", money, MONEY, 0n);
  const income = read.read("income", money, MONEY, /** @type {bigint | null} */ (null));
  const needs = read.read("needs", money, MONEY, 0n);
  const others = read.read("others", money, MONEY, 0n);
  if (months !== null && (months < 1 || months > MOST)) read.fail("months", `写 1 到 ${MOST} 个月`);
  if (debt === 0n) read.fail("debt", MONEY);
  if (read.wrong.size) return null;
  /** @type {import("../plan.mjs").Asked} */
  const asked = { debt, rate, months, fee, equal: read.text("equal") === "principal" ? "principal" : "payment" };
  const found = plan(asked);
  const first = found.rows[0].payment;
  const last = found.rows[found.rows.length - 1].payment;
  return {
    facts: [
      { term: "每月要还", says: asked.equal === "payment" ? `${yuan(first)} 元` : `第一个月 ${yuan(first)} 元，以后越来越少`, main: true, note: `最后一个月 ${yuan(last)} 元` },
      { term: "一共要还", says: `${yuan(found.total)} 元` },
      { term: "这个方案多花", says: `${yuan(found.cost)} 元` },
      ...(income === null ? [] : fits(asked, found.most, income - needs - others)),
    ],
    says: ["这是估算。利率、期数、先还哪一部分，都要对方书面同意才算；签之前看清合同写的每期金额。"],
    tables: [
      {
        caption: "逐月还款表",
        heads: ["第几月", "还款", "其中利息", "其中本金", "剩余本金"],
        rows: found.rows.map((row) => [String(row.month), yuan(row.payment), yuan(row.interest), yuan(row.principal), yuan(row.left)]),
      },
    ],
  };
});

/** @param {import("../plan.mjs").Asked} asked @param {bigint} most @param {bigint} spare */
function fits(asked, most, spare) {
  const left = { term: "每月能拿出来的", says: `${yuan(spare)} 元`, note: "收入 − 必要开支 − 别的还款" };
  if (spare <= 0n) {
    return [left, { term: "够不够", says: "不够：没有余钱", main: true, note: "先不要答应每月还款，先谈延期或找人帮忙" }];
  }
  const verdict = most <= spare
    ? { term: "够不够", says: `够，最多的那个月还剩 ${yuan(spare - most)} 元`, main: true }
    : { term: "够不够", says: `不够，最多的那个月差 ${yuan(most - spare)} 元`, main: true };
  const least = shortest(asked, spare, MOST);
  const needed = least === null ? `${MOST} 个月也不够` : `至少 ${least} 个月`;
  return [left, verdict, { term: "照能拿出的钱", says: needed, note: "利率、费用、还法不变" }];
}
