/** The form of the limitation calculator: a day, and what has happened since. */

import { isDay, spoken, today } from "../days.mjs";
import { wire } from "../form.mjs";
import { limitation } from "../limitation.mjs";

const MOST = 20;
const KINDS = {
  asked: "收到催款短信、邮件、信件",
  deducted: "机构从账户扣了款",
  paid: "我还了一部分",
  promised: "我答应还、申请延期或分期",
  sued: "对方起诉或申请仲裁",
  called: "只打过电话催款",
};
const EFFECTS = {
  early: "在最后一期到期之前，不影响",
  anew: "重新算",
  running: "程序没结束，先不算",
  covered: "已经被别的事盖住，不另算",
  unsure: "电话算不算，常有争议，先不算",
  late: "那时可能已经过期",
};

const list = /** @type {HTMLOListElement} */ (document.querySelector("[data-events]"));
const pattern = /** @type {HTMLTemplateElement} */ (document.querySelector("[data-event]"));
const adding = /** @type {HTMLButtonElement} */ (document.querySelector("[data-add]"));
let made = 0;

/** Adds an empty row; every field gets names of its own. */
function add() {
  const row = /** @type {HTMLElement} */ (/** @type {Element} */ (pattern.content.firstElementChild).cloneNode(true));
  made += 1;
  for (const part of row.querySelectorAll("[id], [for], [name], [data-wrong], [aria-describedby]")) {
    for (const name of ["id", "for", "name", "data-wrong", "aria-describedby"]) {
      const value = part.getAttribute(name);
      if (value) part.setAttribute(name, `${value}-${made}`);
    }
  }
  row.dataset.number = String(made);
  const kind = /** @type {HTMLSelectElement} */ (row.querySelector("select"));
  const ended = /** @type {HTMLElement} */ (row.querySelector("[data-ended]"));
  kind.addEventListener("change", () => { ended.hidden = kind.value !== "sued"; });
  row.querySelector("[data-remove]")?.addEventListener("click", () => {
    row.remove();
    number();
    adding.focus();
  });
  list.append(row);
  number();
  return row;
}

function number() {
  for (const [at, row] of [...list.children].entries()) {
    /** @type {HTMLElement} */ (row.querySelector("[data-title]")).textContent = `第 ${at + 1} 件`;
    row.querySelector("[data-remove]")?.setAttribute("aria-label", `删去第 ${at + 1} 件`);
  }
  adding.hidden = list.children.length >= MOST;
}

adding.addEventListener("click", () => {
  /** @type {HTMLElement} */ (add().querySelector("select")).focus();
});

const EXAMPLE = [
  { kind: "asked", day: "2026-11-20", ended: "" },
  { kind: "paid", day: "2027-03-01", ended: "" },
  { kind: "sued", day: "2028-02-01", ended: "2028-08-15" },
];

// Before the form fills in its example: the rows that this one has.
document.querySelector("[data-example]")?.addEventListener("click", () => {
  list.replaceChildren();
  for (const values of EXAMPLE) {
    const fields = /** @type {NodeListOf<HTMLInputElement>} */ (add().querySelectorAll("[name]"));
    for (const field of fields) {
      field.dataset.eg = values[/** @type {keyof values} */ (field.name.split("-")[0])];
    }
  }
});
adding.form?.addEventListener("reset", () => {
  list.replaceChildren();
  number();
});

wire((read) => {
  const due = read.read("due", day, "选一个日期");
  const events = [...list.children].map((row) => event(read, /** @type {HTMLElement} */ (row).dataset.number ?? ""));
  if (read.wrong.size) return null;
  const found = limitation(due, events);
  const now = today(new Date());
  return {
    facts: [ending(found, now), ...others(found), { term: "从哪天算", says: found.end ? spoken(found.base) : "等程序结束" }],
    says: remarks(found, now),
    tables: found.steps.length
      ? [
          {
            caption: "一件一件看",
            heads: ["日期", "什么事", "怎么算", "算到"],
            rows: found.steps.map(({ event: one, effect, end }) => [one.day, KINDS[one.kind], EFFECTS[effect], end || "—"]),
          },
        ]
      : [],
  };
});

/** @param {import("../form.mjs").Reader} read @param {string} n @returns {import("../limitation.mjs").Event} */
function event(read, n) {
  const kind = /** @type {import("../limitation.mjs").Kind} */ (read.text(`kind-${n}`));
  const on = read.read(`day-${n}`, day, "选一个日期");
  const ended = kind === "sued" ? read.read(`ended-${n}`, day, "选一个日期", "") : "";
  if (on && ended && ended < on) read.fail(`ended-${n}`, "要在起诉那天之后");
  return { day: on, kind, ended };
}

/** @param {ReturnType<typeof limitation>} found @param {string} now */
function ending(found, now) {
  if (!found.end) return { term: "诉讼时效", says: "程序没结束，还没有重新开始算", main: true };
  const over = found.end < now;
  return {
    term: over ? "照填的算，已经在这天届满" : "照填的算，到这天届满",
    says: spoken(found.end),
    main: true,
    note: over ? "是不是真的过了，要看有没有你不知道的催款、扣款；由法院认定" : "这之前有新的催款或还款，又会重新算",
  };
}

/** @param {ReturnType<typeof limitation>} found */
function others(found) {
  if (!found.end || found.counted === found.end) return [];
  return [{ term: "如果电话也算", says: found.counted ? spoken(found.counted) : "程序没结束" }];
}

/** @param {ReturnType<typeof limitation>} found @param {string} now */
function remarks(found, now) {
  const says = ["这是估算。起算那天不算在内，从第二天数起满三年。最后一天是法定休假日的，顺延到休假结束的次日。"];
  if (found.steps.some((step) => step.effect === "late")) {
    says.push("有的事发生时，照填的日期时效已经过了：单是对方来催，不会让时效重来；你那时答应还或还了，可能就不能再拿时效说话。先问律师。");
  }
  if (found.end > found.outer) says.push("权利受损超过二十年的，法院一般不再保护；这里没有细算，请问律师。");
  if (found.end && found.end < now) says.push("不要急着签字或付款，先把时间线给律师看。");
  return says;
}

/** @param {string} text */
function day(text) {
  return isDay(text) ? text : null;
}
