/**
 * The editor's desk, served by `overdue-guide serve` only: what to mend, review and finish.
 * @typedef {import("./reload.mjs").Problem} Problem
 * @typedef {{path: string, title: string, due: string, state: string, url: string, editor: string,
 *   section?: string}} Row
 * @typedef {{today: string, base: string, published_drafts: boolean, problems: Problem[],
 *   drafts: Row[], due: Row[], pages: Row[]}} Desk
 */

import { link, line, problemItem } from "/_serve/reload.mjs";

const STATES = { soon: "快到期", due: "已到期", lapsed: "过期太久，不能发布", current: "" };

new EventSource("/_serve/events").addEventListener("message", load);

async function load() {
  const answer = await fetch("/_editor/desk.json");
  if (answer.ok) {
    show(await answer.json());
  } else {
    status("读不到内容；看运行 serve 的窗口里说了什么。");
  }
}

/** @param {Desk} desk */
function show(desk) {
  const { problems, due, drafts, pages, base } = desk;
  status(`${desk.today}：${problems.length} 个问题，${due.length} 篇要复核，${drafts.length} 篇草稿，${pages.length} 个页面`);
  fill("desk-problems", problems.map((problem) => problemItem(problem, base)), "没有问题");
  fill("desk-due", due.map((row) => rowItem(row, base, `${row.due} ${STATES[row.state]}`)), "30 天内没有要复核的");
  const shown = desk.published_drafts ? base : "";
  fill("desk-drafts", drafts.map((row) => rowItem(row, shown, row.path)), "没有草稿");
  const sections = Map.groupBy ? Map.groupBy(pages, (row) => row.section ?? "") : grouped(pages);
  const parts = [...sections].map(([title, rows]) => {
    const list = document.createElement("ul");
    list.append(...rows.map((row) => rowItem(row, base, row.due && `复核到 ${row.due}`)));
    const part = document.createElement("section");
    part.append(line("h3", title || "其他"), list);
    return part;
  });
  document.getElementById("desk-pages").replaceChildren(...parts);
}

/** @param {Row[]} rows */
function grouped(rows) {
  const groups = new Map();
  for (const row of rows) {
    groups.set(row.section ?? "", [...(groups.get(row.section ?? "") ?? []), row]);
  }
  return groups;
}

/**
 * @param {Row} row
 * @param {string} base  empty: the page is not there to be opened
 * @param {string} note
 */
function rowItem(row, base, note) {
  const item = document.createElement("li");
  item.dataset.state = row.state;
  item.append(base ? link(base + row.url, row.title) : line("span", row.title));
  item.append(" ", link(row.editor, "编辑"), " ", line("small", note));
  return item;
}

/**
 * @param {string} id
 * @param {HTMLElement[]} items
 * @param {string} none
 */
function fill(id, items, none) {
  document.getElementById(id).replaceChildren(...(items.length ? items : [line("li", none)]));
}

/** @param {string} text */
function status(text) {
  document.getElementById("desk-status").textContent = text;
}
