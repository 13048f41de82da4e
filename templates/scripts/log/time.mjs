/** Local time as text: `2026-11-23T22:41`. */

/** @param {Date} moment By the device's clock. */
export function localTime(moment) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
  return day + "T" + two(moment.getHours()) + ":" + two(moment.getMinutes());
}
