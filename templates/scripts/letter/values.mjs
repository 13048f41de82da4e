/** What a reader types → how the letter says it. Knows no page. */

const WEEKDAYS = "日一二三四五六";
const DAY = 86_400_000;

/**
 * @param {string} kind text, lines, date, money or phone
 * @param {string} typed
 */
export function shown(kind, typed) {
  const text = typed.trim();
  if (kind === "date") return text && dayText(text);
  if (kind === "money") return money(text);
  return kind === "lines" ? text.replace(/[ \t]*\n\s*/g, "\n") : text;
}

/**
 * 6500 → 6,500; 1.2万 → 12,000; 320.5 → 320.50; what is no amount stays as it is.
 * @param {string} text
 */
export function money(text) {
  const plain = text.normalize("NFKC").replace(/[,\s¥￥元]/g, "");
  const match = /^(\d{1,12})(?:\.(\d+))?([万萬]?)$/.exec(plain);
  if (!match) return text;
  // Whole cents, so that no binary fraction shows.
  const tenThousandths = BigInt(match[1]) * 10_000n + BigInt((match[2] ?? "").padEnd(4, "0").slice(0, 4));
  const cents = match[3] ? tenThousandths * 100n : (tenThousandths + 50n) / 100n;
  const whole = String(cents / 100n).replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = cents % 100n;
  return rest ? `${whole}.${String(rest).padStart(2, "0")}` : whole;
}

/** 2026-12-01 → 2026年12月1日. @param {string} iso */
export function dayText(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

/** 2026-12-16 → 星期三. @param {string} iso */
export function weekday(iso) {
  return `星期${WEEKDAYS[new Date(time(iso)).getUTCDay()]}`;
}

/**
 * The last of so many days when the first day itself does not count.
 * @param {string} iso
 * @param {number} days
 */
export function lastDay(iso, days) {
  return new Date(time(iso) + days * DAY).toISOString().slice(0, 10);
}

/** Days from one day to another; negative when it has passed. @param {string} from @param {string} to */
export function daysUntil(from, to) {
  return Math.round((time(to) - time(from)) / DAY);
}

/** The day where the reader is. */
export function today(now = new Date()) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** @param {string} iso */
export function isDay(iso) {
  return /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(time(iso));
}

/** @param {string} iso */
function time(iso) {
  return Date.parse(`${iso}T00:00:00Z`);
}
