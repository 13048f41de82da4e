// The search page: results while typing, filters, addresses that can be shared and gone back to.

import { address, element, kind, meta, open, remember, write } from "./view.mjs";

const PAUSE = 120;
const PAGE = 10;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[role=search]"));
const input = /** @type {HTMLInputElement} */ (form.querySelector("input[name=q]"));
const list = /** @type {HTMLElement} */ (document.querySelector("#search-results"));
const status = /** @type {HTMLElement} */ (document.querySelector("#search-status"));
const idle = /** @type {HTMLElement | null} */ (document.querySelector(".search-idle"));
const more = /** @type {HTMLButtonElement} */ (element("button", "search-more", "更多结果"));
const calls = element("ul", "search-calls help__list plain");
const notes = element("p", "search-notes");
const filters = element("div", "search-filters");
const chosen = { section: "", stage: "", exact: false };
let turn = 0;

more.type = "button";
more.hidden = true;
filters.hidden = true;
list.before(calls, notes, filters);
list.after(more);

/** @param {string} state @param {string} text @param {number} [count] */
function say(state, text, count) {
  status.dataset.state = state;
  if (count === undefined) delete status.dataset.count;
  else status.dataset.count = String(count);
  status.textContent = text;
}

/** Search what the address says. */
async function show() {
  const mine = ++turn;
  const query = input.value.trim();
  more.hidden = true;
  if (!query) {
    list.replaceChildren();
    calls.replaceChildren();
    notes.replaceChildren();
    filters.hidden = true;
    if (idle) idle.hidden = false;
    say("idle", "");
    return;
  }
  if (!list.childElementCount) say("loading", "正在搜索…");
  status.dataset.state = "loading";
  try {
    // All that stands above the results comes before them: nothing may move under a finger.
    const [answer, around] = await Promise.all([open().search(query, { ...chosen }), import("./around.mjs")]);
    if (mine !== turn) return;
    calls.replaceChildren(...around.called([query, answer.guess, ...answer.meant]));
    around.explain(notes, answer, query, () => again({ exact: true }));
    filters.hidden = !answer.count && !chosen.section && !chosen.stage;
    await fill(answer, mine);
    if (mine !== turn) return;
    if (idle) idle.hidden = answer.count > 0;
    if (!answer.count) around.help(notes);
    say("done", answer.count ? `找到 ${answer.count} 条结果` : "没有找到", answer.count);
    const order = list.dataset.order?.split("|") ?? [];
    const filtered = answer.count ? around.offerFilters(filters, again, order) : undefined;
    await Promise.all([filtered, around.offer(notes, answer, ask, () => mine === turn)]);
  } catch (problem) {
    if (mine === turn) await fail(problem);
  }
}

/** Search again with other choices. @param {Partial<typeof chosen>} changed */
function again(changed) {
  Object.assign(chosen, changed);
  show();
}

/** Search other words. @param {string} words */
function ask(words) {
  input.value = words;
  chosen.exact = false;
  keep("pushState");
  show();
  // The link is gone: who cannot see hears the count, and goes on from there.
  status.tabIndex = -1;
  status.focus();
}

/** @param {unknown} problem */
async function fail(problem) {
  list.replaceChildren();
  calls.replaceChildren();
  notes.replaceChildren();
  if (idle) idle.hidden = false;
  try {
    const { excuse } = await import("./around.mjs");
    say("error", excuse(notes, problem, show));
  } catch {
    say("error", "搜索没有加载出来，请检查网络再试。");
  }
}

/** Put the first results into the list as they come. @param {import("./engine.mjs").Answer} answer @param {number} mine */
async function fill(answer, mine) {
  const next = async (/** @type {number} */ count) => {
    for (let i = 0; i < count; i++) {
      const { value, done } = await answer.results.next();
      if (mine !== turn) return true;
      if (i === 0 && count === PAGE && !more.dataset.shown) list.replaceChildren();
      if (done) return true;
      list.append(item(value, answer.sought));
    }
    return false;
  };
  delete more.dataset.shown;
  if (!answer.count) list.replaceChildren();
  const ended = await next(PAGE);
  if (mine !== turn) return;
  more.hidden = ended || answer.count <= PAGE;
  more.dataset.shown = "yes";
  more.onclick = async () => {
    const last = list.lastElementChild;
    const end = await next(PAGE);
    more.hidden = end || list.childElementCount >= answer.count;
    /** @type {HTMLElement | null | undefined} */ (last?.nextElementSibling?.querySelector("a"))?.focus();
  };
}

/** @param {import("./engine.mjs").Result} result @param {import("./excerpt.mjs").Sought} sought */
function item(result, sought) {
  const made = element("li", "result");
  const link = /** @type {HTMLAnchorElement} */ (element("a", "result__title"));
  link.href = address(result);
  link.addEventListener("click", () => remember(result, sought));
  write(link, result.title, sought);
  const line = element("p", "result__meta");
  line.append(element("span", "result__kind", kind(result)), meta(result));
  made.append(link, line, write(element("p", "result__excerpt"), result.excerpt, sought));
  return made;
}

/** Keep the address in step. @param {"pushState" | "replaceState"} how */
function keep(how) {
  const query = input.value.trim();
  const address = query ? `?q=${encodeURIComponent(query)}` : location.pathname;
  if (location.search !== address) history[how](null, "", address);
}

/** Follow the address. */
function follow() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked !== null) history.replaceState(null, "", asked ? `?q=${encodeURIComponent(asked)}` : location.pathname);
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  show();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

function typed() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    chosen.exact = false;
    keep("replaceState");
    show();
  }, PAUSE);
}

input.addEventListener("input", (event) => {
  if (!(/** @type {InputEvent} */ (event).isComposing)) typed();
});
// What was typed just before would else be searched with the first letters of a syllable behind it.
input.addEventListener("compositionstart", () => clearTimeout(timer));
input.addEventListener("compositionend", typed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  keep("pushState");
  show();
});
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
follow();
