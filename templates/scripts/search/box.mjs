// Suggestions under a search form: a WAI-ARIA combobox with a list of pages.

import { address, element, kind, meta, open, remember, write } from "./view.mjs";

const PAUSE = 120;
const MOST = 6;

/** @param {HTMLFormElement} form */
export function attach(form) {
  if (form.dataset.suggests) return;
  form.dataset.suggests = "yes";
  new Box(form);
}

class Box {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.input = /** @type {HTMLInputElement} */ (form.querySelector("input[name=q]"));
    this.list = element("ul", "suggest");
    this.count = element("p", "unseen");
    this.turn = 0;
    this.at = -1;
    /** @type {HTMLElement[]} */
    this.items = [];
    this.list.id = "suggest";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "搜索建议");
    this.count.setAttribute("role", "status");
    const said = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggest", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(said)) this.input.setAttribute(name, value);
    form.append(this.list, this.count);
    this.listen();
    if (this.input.value) this.typed();
  }

  listen() {
    this.input.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.typed();
    });
    this.input.addEventListener("compositionstart", () => clearTimeout(this.timer));
    this.input.addEventListener("compositionend", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("focusout", (event) => {
      if (!this.form.contains(/** @type {Node | null} */ (event.relatedTarget))) this.close();
    });
    // A press must not take the focus away before the link is followed.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.suggest(), PAUSE);
  }

  async suggest() {
    const mine = ++this.turn;
    const query = this.input.value.trim();
    if (!query) return this.close();
    try {
      const answer = await open().search(query);
      const items = [];
      for await (const result of answer.results) {
        items.push(this.item(result, answer.sought, items.length));
        if (items.length === MOST) break;
      }
      const note = answer.guess ? `没有「${query}」，这些是「${answer.guess}」的结果` : "";
      if (mine === this.turn) this.open(items, answer.count, note);
    } catch {
      // The form still leads to the search page, which says what is wrong.
      this.close();
    }
  }

  /** @param {import("./engine.mjs").Result} result @param {import("./excerpt.mjs").Sought} sought @param {number} at */
  item(result, sought, at) {
    const made = element("li", "suggest__item");
    made.id = `suggest-${at}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.append(write(element("span", "suggest__title"), result.title, sought));
    made.append(element("span", "suggest__meta", [kind(result), meta(result)].filter(Boolean).join(" · ")));
    made.addEventListener("click", () => {
      remember(result, sought);
      location.assign(address(result));
    });
    return made;
  }

  /** @param {HTMLElement[]} items @param {number} count @param {string} [note] on what was searched instead */
  open(items, count, note = "") {
    this.at = -1;
    this.items = items;
    this.input.removeAttribute("aria-activedescendant");
    const told = element("li", "suggest__note", note);
    // Not to be chosen, and said by the count below.
    told.setAttribute("role", "presentation");
    told.setAttribute("aria-hidden", "true");
    this.list.replaceChildren(...(note && items.length ? [told] : []), ...items);
    this.list.hidden = !items.length;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    const counted = items.length ? `${items.length} 条建议，共 ${count} 条结果` : "没有建议";
    this.count.textContent = [note, counted].filter(Boolean).join("。");
  }

  close() {
    this.turn++;
    clearTimeout(this.timer);
    this.open([], 0);
    this.count.textContent = "";
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    const count = this.items.length;
    if (event.key === "Escape" && count) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
      event.preventDefault();
      if (count) this.choose(event.key === "ArrowDown" ? this.at + 1 : this.at - 1);
      else this.suggest();
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.items[this.at].click();
    } else if (event.key === "Enter") this.close();
  }

  /** Go to a suggestion; before the first and after the last lies the box itself. @param {number} at */
  choose(at) {
    const count = this.items.length;
    this.at = at < -1 ? count - 1 : at >= count ? -1 : at;
    this.items.forEach((item, i) => item.setAttribute("aria-selected", String(i === this.at)));
    const item = this.items[this.at];
    if (!item) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }
}
