/**
 * The paper on the page → blocks, from which the text and the Word file are made.
 *
 * @typedef {{ text: string, bold: boolean }} Run
 * @typedef {{ kind: "title" | "head" | "text", runs: Run[] }
 *   | { kind: "item", mark: string, runs: Run[] }
 *   | { kind: "table", rows: string[][] }} Block
 */

import { plain } from "./text.mjs";

const LINE = "＿＿＿＿＿＿";

/** @param {Element} paper @returns {Block[]} */
export function read(paper) {
  /** @type {Block[]} */
  const blocks = [];
  for (const part of paper.children) blocks.push(...blocksOf(part));
  const first = blocks.find((block) => block.kind === "head");
  if (first) first.kind = "title";
  return blocks;
}

/** @param {Element} part @returns {Block[]} */
function blocksOf(part) {
  switch (part.tagName) {
    case "UL":
      return [...part.children].map((item) => ({ kind: "item", mark: "•", runs: runs(item) }));
    case "OL":
      return [...part.children].map((item, at) => ({ kind: "item", mark: `${at + 1}.`, runs: runs(item) }));
    case "TABLE": {
      const rows = [...part.querySelectorAll("tr")];
      return [{ kind: "table", rows: rows.map((row) => [...row.children].map((cell) => plain(runs(cell)))) }];
    }
    case "BLOCKQUOTE":
    case "DIV":
    case "SECTION":
      return [...part.children].flatMap(blocksOf);
  }
  const found = runs(part);
  if (!plain(found).trim()) return [];
  const head = /^H[2-6]$/.test(part.tagName) || found.every((run) => run.bold || !run.text.trim());
  return [{ kind: head ? "head" : "text", runs: found }];
}

/** @param {Node} node @param {boolean} [bold] @returns {Run[]} */
function runs(node, bold = false) {
  /** @type {Run[]} */
  const found = [];
  for (const part of node.childNodes) {
    if (part.nodeType === Node.TEXT_NODE) {
      found.push({ text: (part.textContent ?? "").replace(/\s+/g, " "), bold });
    } else if (part instanceof HTMLElement) found.push(...runsOf(part, bold));
  }
  return found;
}

/** @param {HTMLElement} part @param {boolean} bold @returns {Run[]} */
function runsOf(part, bold) {
  if (part.matches(".citation__force, .anchor")) return [];
  if (part.tagName === "BR") return [{ text: "\n", bold }];
  if (part.matches("[data-blank]")) {
    const text = part.textContent ?? "";
    return [{ text: part.matches(".blank--full") ? text : `${LINE}（${text}）`, bold }];
  }
  return runs(part, bold || part.tagName === "STRONG" || part.tagName === "B");
}
