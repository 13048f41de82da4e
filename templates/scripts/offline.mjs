/**
 * Lets the browser keep the site, and says so when a page comes from what is kept.
 *
 * A reader who asked for nothing to be kept (on the page 离线使用) is left alone.
 */

import { trusted } from "./trusted.mjs";

const REFUSED = "offline-refused";
const PAUSE = 3000;
const root = new URL("../../", import.meta.url);

/** What to say over a page that is not fresh. @param {string} since @param {string} reviewed */
export function sentence(since, reviewed) {
  const day = since ? new Date(since) : undefined;
  const date = day && !Number.isNaN(day.valueOf())
    ? ` ${day.getFullYear()} 年 ${day.getMonth() + 1} 月 ${day.getDate()} 日保存的版本` : "以前保存的版本";
  return `离线：显示的是${date}${reviewed ? `，法律复核日期 ${reviewed}` : ""}。`;
}

export function refused() {
  try {
    return localStorage.getItem(REFUSED) !== null;
  } catch {
    return true; // Where nothing may be stored, nothing is kept.
  }
}

/** Keep nothing from now on, and drop what is kept. */
export async function refuse() {
  localStorage.setItem(REFUSED, "1");
  const found = await navigator.serviceWorker.getRegistration(root);
  await found?.unregister();
  const ours = (await caches.keys()).filter((name) => name.startsWith(`kept ${root.pathname} `));
  await Promise.all(ours.map((name) => caches.delete(name)));
}

/** Keep again. */
export function allow() {
  localStorage.removeItem(REFUSED);
  return start();
}

/** Whether the reader's network is no place for work in the background. */
function sparing() {
  const { saveData = false, effectiveType = "" } = /** @type {any} */ (navigator).connection ?? {};
  return saveData || effectiveType.endsWith("2g");
}

export async function start() {
  if (refused()) return;
  const container = navigator.serviceWorker;
  container.addEventListener("message", ({ data }) => {
    if (data?.about === "newer") show("这一页有了新版本。", true);
  });
  container.startMessages();
  const { given, givenText } = document.documentElement.dataset;
  if (given !== undefined) show(sentence(given, reviewed()));
  if (givenText) container.controller?.postMessage({ given: givenText });
  try {
    await container.register(trusted(new URL("sw.js", root)), { scope: root.pathname, updateViaCache: "none" });
    const { active } = await container.ready;
    if (!sparing()) setTimeout(() => active?.postMessage("fill"), PAUSE);
  } catch {
    // Offline, or in a browser that forbids it: the page reads as before.
  }
}

/** The day on which the law on this page was last checked. */
function reviewed() {
  return /** @type {HTMLElement | null} */ (document.querySelector("main .meta time, main p.soft > time"))?.dateTime ?? "";
}

/** @param {string} text @param {boolean} [again] */
function show(text, again = false) {
  document.querySelector(".offline")?.remove();
  const [note, words, close] = ["div", "p", "button"].map((name) => document.createElement(name));
  note.className = "offline";
  words.setAttribute("role", "status");
  close.className = "button";
  close.textContent = again ? "看新版本" : "知道了";
  close.addEventListener("click", () => (again ? location.reload() : note.remove()));
  note.append(words, close);
  document.body.append(note);
  words.textContent = text;
}
