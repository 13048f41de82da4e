// What the results page and the box under a search form share: one engine, marked words, addresses.

import { Engine } from "./engine.mjs";
import { marked } from "./excerpt.mjs";

const KINDS = { letter: "文书", law: "法规", term: "术语", channel: "求助渠道", check: "自查", tool: "工具", page: "说明" };

/** Storage key of the words to mark on arrival. */
export const FOUND = "overdue-guide:found";

/** @type {Engine | undefined} */
let engine;

export function root() {
  return document.documentElement.dataset.root ?? "";
}

export function open() {
  engine ??= new Engine(root());
  return engine;
}

/** @param {string} name @param {string} className @param {string} [text] */
export function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Write a text with what matches marked. @param {HTMLElement} into @param {string} raw
 * @param {import("./excerpt.mjs").Sought} sought */
export function write(into, raw, sought) {
  for (const [text, matches] of marked(raw, sought)) into.append(matches ? element("mark", "", text) : text);
  return into;
}

/** @param {import("./engine.mjs").Result} result */
export function kind({ kind, section }) {
  return /** @type {{[kind: string]: string}} */ (KINDS)[kind] ?? section;
}

/** Stages and heading in one line. @param {import("./engine.mjs").Result} result */
export function meta({ stages, heading }) {
  return [...stages, heading].filter(Boolean).join(" · ");
}

/** Address of the passage. @param {import("./engine.mjs").Result} result */
export function address({ url, anchor }) {
  const [path, own] = url.split("#");
  const at = anchor || own;
  return `${document.documentElement.dataset.edition ?? root()}${path}${at ? `#${at}` : ""}`;
}

/** Keep the found words for the page that is opened next: in this tab, not in its address, which a host
 * would log. @param {import("./engine.mjs").Result} result @param {import("./excerpt.mjs").Sought} sought */
export function remember({ url, title, excerpt, heading }, sought) {
  const parts = marked(`${heading}\n${excerpt}\n${title}`, sought);
  const words = new Set(parts.filter(([text, matches]) => matches && text.length > 1).map(([text]) => text));
  // The traditional edition shows other characters than those that were found.
  if (!words.size || document.documentElement.dataset.edition !== undefined) return;
  try {
    sessionStorage.setItem(FOUND, JSON.stringify([url.split("#")[0], ...[...words].slice(0, 6)]));
  } catch {
    // Without storage the page opens without marks.
  }
}
