/**
 * The contact log's page. Entries lie under one key of this device and go nowhere: the page's
 * policy allows no connection at all.
 */

import { entryOf, merged } from "./entries.mjs";
import { drawEntries, drawSheet, drawTotals, rulesOf } from "./draw.mjs";
import { fromJson, table, toCsv, toJson, toText } from "./files.mjs";
import { choicesOf, empty, field, fill, fit, meanOthers, read, refreshNow } from "./form.mjs";
import { hits, totals } from "./rules.mjs";
import { KEY, load, save } from "./store.mjs";
import { localTime } from "./time.mjs";

/** @typedef {import("./entries.mjs").Entry} Entry */

const find = (/** @type {string} */ what) => /** @type {HTMLElement} */ (document.querySelector(what));
const form = /** @type {HTMLFormElement} */ (find("[data-entry]"));
const list = find("[data-entries]");
const sheet = find("[data-sheet]");
const blank = [...sheet.querySelectorAll("tbody tr")];
const choices = choicesOf(form);
const rules = rulesOf();
const ruleById = new Map(rules.map((rule) => [rule.id, rule]));

/** @type {Entry[]} */
let entries = load(choices);
/** @type {Map<string, string[]>} */
let found = new Map();
/** @type {Entry | null} */
let changing = null;
/** @type {Entry[]} */
let removed = [];

const spoken = (/** @type {Entry} */ entry) =>
  (found.get(entry.id) ?? []).flatMap((id) => ruleById.get(id) ?? []);
const rows = () => table(entries, choices, (entry) => spoken(entry).map((rule) => rule.title + "（" + rule.force + "）"));

function draw() {
  found = hits(entries, rules);
  drawEntries(list, entries, choices, spoken);
  drawTotals(find("[data-totals]"), totals(entries, found), choices, ruleById);
  if (entries.length) drawSheet(sheet, entries, choices, spoken);
  else sheet.querySelector("tbody")?.replaceChildren(...blank);
  find("[data-none]").hidden = entries.length > 0;
  find("[data-some]").hidden = !entries.length;
  find("[data-count]").textContent = String(entries.length);
  const lenders = new Set(entries.map((entry) => entry.lender)), numbers = new Set(entries.map((entry) => entry.number));
  offer("[data-lenders]", lenders);
  offer("[data-numbers]", numbers);
}

/** @param {string} where @param {Set<string>} values */
function offer(where, values) {
  find(where).replaceChildren(...[...values].filter(Boolean).map((value) => new Option(value, value)));
}

/** Say something where it is read out. @param {string} where @param {string} words */
function say(where, words) {
  const place = find(`[data-said=${where}]`);
  place.textContent = "";
  place.textContent = words;
}

/** @param {Entry[]} now @returns {string} What to add to what is said. */
function keep(now) {
  entries = now;
  const kept = save(entries);
  draw();
  return kept ? "" : "这个浏览器不让存，关掉这一页就没有了，请马上导出。";
}

function ready() {
  changing = null;
  empty(form, entries.at(-1)?.lender ?? "");
  find("[data-save]").textContent = "记下这一条";
  find("[data-cancel]").hidden = true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const entry = entryOf({ ...read(form), id: changing?.id }, choices);
  if (!entry) {
    say("entry", "请填好时间。");
    field(form, "at").focus();
    return;
  }
  const trouble = keep(merged(entries, [entry]));
  const [first, ...others] = spoken(entry);
  const gravest = first ? `“${first.title}”（${first.word}）` : "";
  const verdict = others.length ? `对上 ${others.length + 1} 条规则，先看${gravest}。` : first ? `对上规则${gravest}。` : "没有对上规则。";
  say("entry", (changing ? "已改好。" : `已记下，共 ${entries.length} 条。`) + verdict + trouble);
  ready();
});

form.addEventListener("input", (event) => {
  const { name } = /** @type {HTMLInputElement} */ (event.target);
  say("entry", "");
  if (name === "kind") meanOthers(form);
  fit(form);
});
form.addEventListener("focusin", () => {
  // The page may have lain open for hours.
  if (!changing) refreshNow(form);
});
find("[data-cancel]").addEventListener("click", () => {
  ready();
  say("entry", "没有改动。");
});

list.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  const { change, remove } = button?.dataset ?? {};
  const entry = entries.find((one) => one.id === (change ?? remove));
  if (!entry) return;
  if (change) {
    changing = entry;
    fill(form, entry);
    find("[data-save]").textContent = "保存修改";
    find("[data-cancel]").hidden = false;
    find("#add").focus();
    return;
  }
  removed = [entry];
  const trouble = keep(entries.filter((one) => one !== entry));
  say("list", "已删除一条。" + trouble);
  find("[data-undo]").hidden = false;
  find("[data-undo]").focus();
});
find("[data-undo]").addEventListener("click", () => {
  say("list", "已放回来。" + keep(merged(entries, removed)));
  find("[data-undo]").hidden = true;
  find("#records").focus();
});

/** @param {string} name @param {string} type @param {string} text */
function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${find("h1").textContent}-${localTime(new Date()).slice(0, 10)}.${name}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @type {Record<string, () => void | Promise<void>>} */
const acts = {
  print: () => print(),
  json: () => download("json", "application/json", toJson(entries)),
  csv: () => download("csv", "text/csv", toCsv(rows())),
  copy: async () => {
    try {
      await navigator.clipboard.writeText(toText(rows()));
      say("files", "已复制，可以粘贴到备忘录或聊天里。");
    } catch {
      say("files", "这个浏览器不让复制，请用导出或打印。");
    }
  },
  wipe: () => ask(true),
  "wipe-no": () => ask(false),
  "wipe-yes": () => {
    ask(false);
    removed = [];
    find("[data-undo]").hidden = true;
    const trouble = keep([]);
    ready();
    say("files", trouble ? "清不掉：请在浏览器设置里清除本站数据。" : "已经全部清除，这台设备上没有留下记录。");
  },
};
for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", () => void acts[/** @type {HTMLElement} */ (button).dataset.act ?? ""]());
}

/** Before everything goes, ask once, with the harmless answer at hand. @param {boolean} asking */
function ask(asking) {
  find("[data-sure]").hidden = !asking;
  find("[data-act=wipe]").hidden = asking;
  find(asking ? "[data-act=wipe-no]" : "[data-act=wipe]").focus();
}

const PROBLEMS = {
  "not-json": "读不懂这个文件，请选从这里导出的 .json 文件。",
  "not-a-log": "这不是从这里导出的文件。",
  newer: "这个文件来自更新的版本，请先刷新本页再试。",
  "too-many": "文件里的记录太多了。",
};
const file = /** @type {HTMLInputElement} */ (find("[data-file]"));
file.addEventListener("change", async () => {
  const chosen = file.files?.[0];
  if (!chosen) return;
  const read = chosen.size > 5_000_000
    ? { entries: [], left: 0, problem: /** @type {const} */ ("too-many") }
    : fromJson(await chosen.text(), choices);
  file.value = "";
  if (read.problem) {
    say("files", PROBLEMS[read.problem]);
    return;
  }
  const before = entries.length;
  const trouble = keep(merged(entries, read.entries));
  const left = read.left ? `，${read.left} 条读不出来` : "";
  say("files", `已导入：新增 ${entries.length - before} 条，更新 ${read.entries.length - (entries.length - before)} 条${left}。` + trouble);
});

// Another tab wrote or wiped.
addEventListener("storage", (event) => {
  if (event.key !== KEY && event.key !== null) return;
  entries = load(choices);
  draw();
});

draw();
// The reader may have begun to fill the form in already.
field(form, "lender").value ||= entries.at(-1)?.lender ?? "";
meanOthers(form);
fit(form);
