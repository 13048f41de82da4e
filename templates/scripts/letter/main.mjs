/**
 * A letter that grows as its blanks are filled. Nothing is sent, and nothing is stored unless the
 * reader ticks the box; the page's security policy forbids connections.
 */

import { copy } from "../reading.mjs";
import { forget, keep, kept } from "./keep.mjs";
import { read } from "./read.mjs";
import { plain, text } from "./text.mjs";
import { dayText, daysUntil, isDay, lastDay, shown, today, weekday } from "./values.mjs";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

const article = /** @type {HTMLElement} */ (document.querySelector("[data-letter]"));
const paper = /** @type {HTMLElement} */ (article.querySelector("[data-paper]"));
const letter = article.dataset.letter ?? "";
const fields = /** @type {Field[]} */ ([...article.querySelectorAll("[data-field]")]);
const blanks = /** @type {HTMLElement[]} */ ([...article.querySelectorAll("[data-blank]")]);
const labels = new Map(blanks.map((blank) => [blank, blank.textContent ?? ""]));
const box = /** @type {HTMLInputElement | null} */ (article.querySelector("[data-keep]"));
const undo = /** @type {HTMLElement | null} */ (article.querySelector("[data-undo]"));
const wide = matchMedia("(min-width: 62rem)");

/** @type {Record<string, string>} */
let cleared = {};

/** @param {string} where @param {string} words */
function say(where, words) {
  const line = /** @type {HTMLElement} */ (article.querySelector(`[data-said="${where}"]`));
  line.textContent = "";
  line.textContent = words;
}

function typed() {
  return Object.fromEntries(fields.map((field) => [field.dataset.field, field.value]));
}

/** @param {Record<string, string>} values */
function fill(values) {
  for (const field of fields) field.value = values[field.dataset.field ?? ""] ?? "";
  for (const field of fields) update(field);
}

/** @param {Field} field */
function update(field) {
  const name = field.dataset.field ?? "";
  write(name, shown(field.dataset.kind ?? "", field.value));
  for (const due of article.querySelectorAll(`[data-start="${name}"]`)) {
    reckon(/** @type {HTMLElement} */ (due), field.value);
  }
  const left = new Set(blanks.filter((each) => paper.contains(each) && !each.matches(".blank--full")).map((each) => each.dataset.blank));
  const line = /** @type {HTMLElement} */ (article.querySelector("[data-left]"));
  line.textContent = left.size ? `还有 ${left.size} 处没有填；没填的会留成横线。` : "都填好了，再从头读一遍。";
}

/** @param {string} name @param {string} words */
function write(name, words) {
  for (const blank of blanks) {
    if (blank.dataset.blank !== name) continue;
    blank.textContent = words || (labels.get(blank) ?? "");
    blank.classList.toggle("blank--full", words !== "");
  }
}

/** A last day, and how far off it is. @param {HTMLElement} due @param {string} start */
function reckon(due, start) {
  due.dataset.empty ??= due.textContent ?? "";
  const known = isDay(start);
  const last = known ? lastDay(start, Number(due.dataset.days)) : "";
  const left = known ? daysUntil(today(), last) : 0;
  const far = left > 0 ? `还有 ${left} 天` : left ? `已经过了 ${-left} 天` : "就是今天";
  due.textContent = known ? `${dayText(last)}（${weekday(last)}），${far}` : due.dataset.empty;
  due.classList.toggle("fill__due--set", known);
  due.classList.toggle("fill__due--late", known && left <= 0);
  write(due.dataset.due ?? "", last && dayText(last));
}

function store() {
  if (box?.checked && !keep(letter, typed())) {
    box.checked = false;
    say("fill", "这个浏览器不让保存，填的内容仍在这一页。");
  }
}

/** Shows where in the letter a field's words stand. @param {Element} target @param {boolean} on */
function mark(target, on) {
  const name = /** @type {HTMLElement} */ (target).dataset.field;
  const same = name ? blanks.filter((blank) => blank.dataset.blank === name) : [];
  for (const blank of same) blank.classList.toggle("blank--now", on);
  if (on && wide.matches) same[0]?.scrollIntoView({ block: "nearest" });
}

function wipe() {
  cleared = typed();
  forget(letter);
  if (box) box.checked = false;
  fill({ date: today() });
  if (undo) undo.hidden = false;
  say("fill", "已清空，这台设备上也没有存。");
}

function restore() {
  fill(cleared);
  if (undo) undo.hidden = true;
  say("fill", "已恢复；没有存在这台设备上。");
  /** @type {HTMLElement | null} */ (article.querySelector('[data-do="wipe"]'))?.focus();
}

/** @param {BlobPart} data @param {string} type @param {string} ending */
function save(data, type, ending) {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const link = document.createElement("a");
  const title = read(paper).find((block) => block.kind === "title");
  const name = title && "runs" in title ? plain(title.runs) : document.title;
  link.href = address;
  link.download = `${name.replace(/[\\/:*?"<>|\s]+/g, "")}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  say("tools", `已交给浏览器保存：${link.download}`);
}

/** @type {Record<string, () => void | Promise<void>>} */
const does = {
  async copy() {
    say("tools", (await copy(text(read(paper)))) ? "已复制全文" : "复制不了，请长按信的文字自己复制");
  },
  print: () => print(),
  wipe,
  restore,
  // The mark tells old Windows editors that this is UTF-8.
  txt: () => save(`\ufeff${text(read(paper)).replace(/\n/g, "\r\n")}`, "text/plain;charset=utf-8", "txt"),
  async docx() {
    const { docx, TYPE } = await import("./docx.mjs");
    save(/** @type {BlobPart} */ (docx(read(paper))), TYPE, "docx");
  },
};

/** What the reader did, as start.mjs hands it on. @param {Element} target */
export function click(target) {
  const button = /** @type {HTMLElement | null} */ (target.closest("[data-do]"));
  if (button) void does[button.dataset.do ?? ""]?.();
  // Touching a blank leads to its field; the keyboard has the fields themselves.
  const blank = /** @type {HTMLElement | null} */ (target.closest("[data-blank]"));
  if (blank && !getSelection()?.toString()) document.getElementById(`f-${blank.dataset.blank}`)?.focus();
}

/** @param {Element} target */
export function input(target) {
  if (!target.matches("[data-field]")) return;
  update(/** @type {Field} */ (target));
  store();
  if (undo) undo.hidden = true;
}

/** @param {Element} target */
export function change(target) {
  if (target !== box) return;
  if (box.checked) {
    say("fill", "以后每次改动都存在这台设备上。");
    store();
  } else {
    forget(letter);
    say("fill", "已从这台设备上删掉；填的内容仍在这一页。");
  }
}

/** @param {Element} target */
export const focusin = (target) => mark(target, true);

/** @param {Element} target */
export const focusout = (target) => mark(target, false);

const before = kept(letter);
const date = fields.find((field) => field.dataset.field === "date");
if (date && !date.value) date.value = today();
if (before) {
  if (box) box.checked = true;
  fill(before);
  say("fill", "已取回上次存在这台设备上的内容。");
} else {
  fields.forEach(update);
}
