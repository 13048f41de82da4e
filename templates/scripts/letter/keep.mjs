/**
 * Letters kept on this device, only when the reader asks. One key, `overdue-guide:letters`, holds
 * { letter: { blank: what was typed } }; nothing else of ours is about letters.
 */

const KEY = "overdue-guide:letters";

/** @typedef {Record<string, string>} Typed */

/** @param {string} letter @returns {Typed | null} */
export function kept(letter) {
  const found = all()[letter];
  return found && typeof found === "object" ? found : null;
}

/** Says whether it worked: private windows and full devices refuse. @param {string} letter @param {Typed} typed */
export function keep(letter, typed) {
  return store({ ...all(), [letter]: typed });
}

/** @param {string} letter */
export function forget(letter) {
  const { [letter]: _, ...others } = all();
  return store(others);
}

/** @returns {Record<string, Typed>} */
function all() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return found && typeof found === "object" ? found : {};
  } catch {
    return {};
  }
}

/** @param {Record<string, Typed>} letters */
function store(letters) {
  try {
    if (Object.keys(letters).length) localStorage.setItem(KEY, JSON.stringify(letters));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}
