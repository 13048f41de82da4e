/**
 * A calculator's form on the page: reads fields, says what is wrong beside them, shows the result.
 * Nothing is sent or stored; the form has no address to go to.
 */

/** @typedef {{ term: string, says: string, main?: boolean, note?: string }} Fact */
/** @typedef {{ caption: string, heads: string[], rows: string[][] }} Table */
/** @typedef {{ facts: Fact[], says: string[], tables?: Table[] }} Result */

/** Reads typed fields and remembers what is wrong with them. */
export class Reader {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    /** @type {Map<string, string>} */
    this.wrong = new Map();
  }

  /** @param {string} name */
  text(name) {
    const field = /** @type {HTMLInputElement | null} */ (this.form.elements.namedItem(name));
    return field ? field.value.trim() : "";
  }

  /** @param {string} name */
  on(name) {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name)).checked;
  }

  /**
   * A field's value, or `fallback` where it is empty; null and a message where it cannot be read.
   * @template T
   * @param {string} name
   * @param {(text: string) => T | null} parse
   * @param {string} expected What to write, for the message.
   * @param {T} [fallback] Without one the field must be filled in.
   * @returns {T}
   */
  read(name, parse, expected, fallback) {
    const typed = this.text(name);
    if (!typed && fallback !== undefined) return fallback;
    const value = typed ? parse(typed) : null;
    if (value === null) this.fail(name, typed ? `看不懂“${typed}”，${expected}` : expected);
    return /** @type {T} */ (value);
  }

  /** @param {string} name @param {string} message */
  fail(name, message) {
    if (!this.wrong.has(name)) this.wrong.set(name, message);
  }
}

/** Wires the page's calculator. @param {(read: Reader) => Result | null} calculate Null: something is wrong. */
export function wire(calculate) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-calculator]"));
  const place = /** @type {HTMLElement} */ (document.querySelector("[data-result]"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const read = new Reader(form);
    const result = calculate(read);
    complain(form, read.wrong);
    if (read.wrong.size || !result) place.hidden = true;
    else show(place, result);
  });
  form.addEventListener("reset", () => {
    complain(form, new Map());
    place.hidden = true;
  });
  document.querySelector("[data-example]")?.addEventListener("click", () => {
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-eg]"))) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = field.dataset.eg === "on";
      else field.value = field.dataset.eg ?? "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    form.requestSubmit();
  });
}

/** @param {HTMLFormElement} form @param {Map<string, string>} wrong */
function complain(form, wrong) {
  for (const said of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-wrong]"))) {
    const name = said.dataset.wrong ?? "";
    said.textContent = wrong.get(name) ?? "";
    said.hidden = !wrong.has(name);
    const field = /** @type {HTMLElement} */ (form.elements.namedItem(name));
    if (wrong.has(name)) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid]"))?.focus();
}

/** @param {HTMLElement} place @param {Result} result */
function show(place, result) {
  const title = element("h2", "result__title", "算出来");
  title.tabIndex = -1;
  const facts = element("dl", "result__facts");
  for (const { term, says, main, note } of result.facts) {
    const row = element("div", main ? "result__fact result__fact--main" : "result__fact");
    row.append(element("dt", "", term), element("dd", "", says));
    if (note) row.append(element("dd", "result__note", note));
    facts.append(row);
  }
  const says = result.says.map((text) => element("p", "result__says", text));
  place.replaceChildren(title, facts, ...says, ...(result.tables ?? []).map(table));
  place.hidden = false;
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: "start" });
}

/** @param {Table} made */
function table({ caption, heads, rows }) {
  const fold = element("details", "result__fold");
  const frame = element("div", "result__scroll");
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", caption);
  const grid = element("table", "result__table");
  const head = element("tr", "");
  head.append(...heads.map((text) => cell("th", text, "col")));
  const top = element("thead", "");
  top.append(head);
  const body = element("tbody", "");
  body.append(
    ...rows.map(([first, ...rest]) => {
      const row = element("tr", "");
      row.append(cell("th", first, "row"), ...rest.map((text) => cell("td", text, "")));
      return row;
    }),
  );
  grid.append(top, body);
  frame.append(grid);
  fold.append(element("summary", "result__open", caption), frame);
  return fold;
}

/** @param {"th" | "td"} tag @param {string} text @param {string} scope */
function cell(tag, text, scope) {
  const made = element(tag, "", text);
  if (scope) made.setAttribute("scope", scope);
  return made;
}

/** @param {string} tag @param {string} name @param {string} [text] */
function element(tag, name, text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}
