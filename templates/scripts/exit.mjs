/** Leaving the page at once. */

/**
 * Covers the page at once, however long the other takes to come, and goes there without leaving
 * this page behind the back button. The browser's history keeps the pages read before.
 * @param {string} address
 */
export function leave(address) {
  const cover = document.createElement("div");
  cover.className = "cover";
  document.documentElement.append(cover);
  document.body.hidden = true;
  document.title = "加载中";
  location.replace(address);
}

/**
 * Calls back when Escape is pressed three times within a second and a half.
 * @param {Document} page
 * @param {() => void} then
 */
export function onThreeEscapes(page, then) {
  /** @type {number[]} */
  let times = [];
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    times = [...times.filter((time) => event.timeStamp - time < 1500), event.timeStamp];
    if (times.length >= 3) then();
  });
}
