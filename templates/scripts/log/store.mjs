/** The log on this device: one key, and nothing else of ours is about contacts. */

import { fromJson, toJson } from "./files.mjs";

/** @typedef {import("./entries.mjs").Entry} Entry */

export const KEY = "overdue-guide:log";

/** @param {import("./entries.mjs").Choices} choices @returns {Entry[]} */
export function load(choices) {
  try {
    return fromJson(localStorage.getItem(KEY) ?? "", choices).entries;
  } catch {
    return [];
  }
}

/** Says whether it worked: private windows and full devices refuse. @param {Entry[]} entries */
export function save(entries) {
  try {
    if (entries.length) localStorage.setItem(KEY, toJson(entries));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}
