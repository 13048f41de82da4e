/**
 * The civil calendar on texts such as `2026-05-24`; no time of day, no time zone. No DOM.
 */

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text is a day of the calendar, in a year that a debt can have. @param {string} text */
export function isDay(text) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return false;
  const [year, month, day] = found.slice(1).map(Number);
  return year >= 1970 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= length(year, month);
}

/** Days from one day to another. @param {string} from @param {string} to */
export function between(from, to) {
  return number(to) - number(from);
}

/**
 * The same day of a later month, or that month's last day where it has none.
 * @param {string} day
 * @param {number} months
 */
export function later(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const at = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(at / 12), (at % 12) + 1];
  return text(newYear, newMonth, Math.min(date, length(newYear, newMonth)));
}

/** Today where the reader is. @param {Date} now */
export function today(now) {
  return text(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

/** `2026 年 5 月 24 日`. @param {string} day */
export function spoken(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${year} 年 ${month} 月 ${date} 日`;
}

/** Days since 1 March of the year 0, counted by whole numbers alone. @param {string} day */
function number(day) {
  const [year, month, date] = day.split("-").map(Number);
  const from = month > 2 ? year : year - 1;
  const months = month > 2 ? month - 3 : month + 9;
  const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return from * 365 + leaps + Math.floor((months * 153 + 2) / 5) + date;
}

/** @param {number} year @param {number} month */
function length(year, month) {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : LENGTHS[month - 1];
}

/** @param {number} year @param {number} month @param {number} date */
function text(year, month, date) {
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}
