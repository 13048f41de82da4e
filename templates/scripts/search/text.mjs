// Text → what is compared: search/text.py in JavaScript. Its numbers come with the index as data.

/** @typedef {{[name: string]: any}} Rules */

const escape = (/** @type {number} */ point) => `\\u{${point.toString(16)}}`;

export class Text {
  /**
   * @param {Rules} rules as in rules.json
   * @param {string} simplified traditional characters, each before its simplified one
   */
  constructor(rules, simplified) {
    const set = (/** @type {string} */ name) =>
      rules[name].map((/** @type {number[]} */ [low, high]) => `${escape(low)}-${escape(high)}`).join("");
    const numeral = rules.digits + Object.keys(rules.digitVariants).join("") + rules.units;
    this.rules = rules;
    this.dropped = new RegExp(`[${set("dropped")}]`, "gu");
    this.character = `[^${set("separators")}]`;
    this.run = new RegExp(`${this.character}+`, "gu");
    this.space = new RegExp(`[${set("spaces")}]+`, "gu");
    this.blank = new RegExp(`[${set("spaces")}\\n]+`, "gu");
    this.outer = new RegExp(`^[${set("separators")}]+|[${set("separators")}]+$`, "gu");
    this.counted = new RegExp(`(第?)([${numeral}]+)(?=[${rules.counted}])`, "gu");
    /** @type {Map<string, string>} */
    this.table = new Map();
    /** @type {Map<string, string>} */
    this.known = new Map();
    /** @type {Set<string>} */
    this.learnt = new Set();
    this.learn(simplified);
  }

  /** Take more traditional characters. @param {string} pairs */
  learn(pairs) {
    if (this.learnt.has(pairs)) return;
    this.learnt.add(pairs);
    const chars = [...pairs];
    for (let i = 0; i < chars.length; i += 2) this.table.set(chars[i], chars[i + 1]);
    this.known.clear();
  }

  /** What a character is compared as. @param {string} char */
  foldChar(char) {
    let found = this.known.get(char);
    if (found === undefined) {
      const plain = char.normalize("NFKD").toLowerCase().replace(this.dropped, "").normalize("NFKC");
      found = [...plain].map((one) => this.table.get(one) ?? one).join("");
      this.known.set(char, found);
    }
    return found;
  }

  /** @param {string} text */
  fold(text) {
    return this.squeeze(this.foldEach(text));
  }

  /** Fold every character, leave all white space. @param {string} text */
  foldEach(text) {
    let folded = "";
    for (const char of text) folded += this.foldChar(char);
    return folded;
  }

  /** Drop spaces between ASCII and other scripts. @param {string} folded */
  squeeze(folded) {
    return folded.replace(this.space, (space, at) => {
      const before = lastChar(folded.slice(Math.max(0, at - 2), at));
      const after = String.fromCodePoint(folded.codePointAt(at + space.length) ?? 32);
      const apart = !before || this.separates(before) || this.separates(after);
      return apart || before < "\x80" === after < "\x80" ? " " : "";
    });
  }

  /** A text on one line. @param {string} raw */
  tidy(raw) {
    return raw.replace(this.blank, " ").replace(/^ +| +$/g, "");
  }

  /** @param {string} char */
  separates(char) {
    return char.search(this.run) < 0;
  }

  /** @param {string} folded @returns {string[]} */
  runs(folded) {
    return folded.match(this.run) ?? [];
  }

  /** Pairs of neighbours, or lone characters if there is no pair. @param {string} folded */
  grams(folded) {
    const runs = this.runs(folded);
    const pairs = runs.flatMap((run) => {
      const chars = [...run];
      return chars.slice(1).map((char, i) => chars[i] + char);
    });
    return [...new Set(pairs.length ? pairs : runs)];
  }

  /** The parts of a query that a text must contain. @param {string} folded */
  pieces(folded) {
    const parts = folded.split(this.blank).map((part) => part.replace(this.outer, ""));
    return [...new Set(parts.filter(Boolean))];
  }

  /** 第一千零三十四条 → 第1034条. @param {string} folded */
  numbered(folded) {
    return folded.replace(this.counted, (all, mark, numeral) => {
      const number = this.numberOf(numeral);
      return number === null ? all : mark + number;
    });
  }

  /** @param {string} written @returns {number | null} */
  numberOf(written) {
    let numeral = written;
    for (const [char, digit] of Object.entries(this.rules.digitVariants)) numeral = numeral.replaceAll(char, digit);
    const match = numeral.match(/^(?:(\S)千)?(零)?(?:(\S)百)?(零)?(?:(\S)?(十))?(零)?(\S)?$/u);
    if (!match || "零百千".includes(numeral[0])) return null;
    const [, thousands, , hundreds, , tens, ten, , ones] = match;
    const values = [thousands, hundreds, tens || (ten && "一"), ones].map((char) => {
      const value = char ? this.rules.digits.indexOf(char) : 0;
      return char && value <= 0 ? null : value;
    });
    if (values.includes(null)) return null;
    return values.reduce((sum, value) => sum * 10 + value, 0);
  }

  /** FNV-1a over the characters of a name. @param {string} folded */
  nameHash(folded) {
    let value = 0x811c9dc5;
    for (const char of this.runs(folded).join("")) {
      value = Math.imul(value ^ /** @type {number} */ (char.codePointAt(0)), 0x01000193) >>> 0;
    }
    return value;
  }
}

/** @param {string} text */
function lastChar(text) {
  return [...text].pop() ?? "";
}
