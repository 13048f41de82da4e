/** The page 离线使用: what is kept on this device, and how to be rid of it. */

import { allow, refuse, refused } from "./offline.mjs";

const said = /** @type {HTMLElement} */ (document.querySelector("[data-kept]"));
const drop = /** @type {HTMLButtonElement} */ (document.querySelector("[data-drop]"));
const why = /** @type {HTMLElement} */ (document.querySelector("[data-why]"));
const again = /** @type {HTMLAnchorElement} */ (why.querySelector("a"));

/** @param {{pages: number, whole: string}} state */
function describe({ pages, whole }) {
  const date = whole ? new Date(whole) : undefined;
  if (!date) return `这台设备上现在保存了 ${pages} 个页面，还没有保存完。`;
  return `这台设备上保存了全站 ${pages} 个页面，${date.getFullYear()} 年 ${date.getMonth() + 1} 月 ${date.getDate()} 日保存完。`;
}

function wire() {
  const off = refused();
  if (off) said.textContent = "这台设备上没有保存本站的内容。";
  drop.textContent = off ? "重新保存" : "删除保存的内容，以后也不保存";
  drop.hidden = false;
}

const from = new URLSearchParams(location.search).get("from");
// Only an address of this site, and only a path: "//elsewhere" would be another host.
if (from && /^\/(?!\/)/.test(from) && new URL(from, location.href).origin === location.origin) {
  again.href = from;
  why.hidden = false;
}

if ("serviceWorker" in navigator && location.protocol !== "file:") {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.about === "state" && !refused()) said.textContent = describe(data);
  });
  navigator.serviceWorker.startMessages();
  navigator.serviceWorker.ready.then(({ active }) => active?.postMessage("state"));
  drop.addEventListener("click", async () => {
    if (refused()) {
      said.textContent = "正在保存。";
      await allow();
    } else await refuse();
    wire();
  });
  wire();
}
