/**
 * Added to pages by `overdue-guide serve` only: reloads after a rebuild, goes to the heading that was
 * edited, shows problems over the page.
 * @typedef {{path: string, line: number, column: number, end: number, rule: string, severity: string,
 *   message: string, hint: string, source: string, url: string, editor: string}} Problem
 * @typedef {{version: number, problems: Problem[], base: string,
 *   edited: {url: string, anchor: string} | null}} News
 */

const EDITED = "preview-edited";
const READ = 300; // Milliseconds in which the new text is drawn before the page is loaded again.
const onDesk = location.pathname.startsWith("/_editor/");
let version = 0;
const panel = document.createElement("aside");
panel.setAttribute("role", "alert");
panel.className = "preview-problems";

if (!onDesk) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/_serve/preview.css";
  document.head.append(style);
  const way = link("/_editor/", "编辑台");
  way.className = "preview-desk";
  document.body.append(way);
  jump();
  new EventSource("/_serve/events").addEventListener("message", (event) => hear(JSON.parse(event.data)));
}

/** @param {News} news */
function hear(news) {
  if (version && news.version !== version && !news.problems.some(isError)) {
    if (news.edited && isHere(news.base + news.edited.url)) {
      sessionStorage.setItem(EDITED, news.edited.anchor);
    }
    showText(() => location.reload());
    return;
  }
  version = news.version;
  show(news);
}

/**
 * Puts the new text in place at once: the styles and scripts of a whole page take longer.
 * @param {() => void} after
 */
function showText(after) {
  const request = new XMLHttpRequest();
  request.responseType = "document"; // Its scripts do not run, so the security policy lets it be parsed.
  request.addEventListener("loadend", () => {
    const text = request.response?.querySelector("main");
    if (text) {
      document.querySelector("main")?.replaceWith(text);
    }
    setTimeout(after, READ);
  });
  request.open("GET", location.href);
  request.send();
}

/** After a reload: to the heading below which the text was edited. */
function jump() {
  const anchor = sessionStorage.getItem(EDITED);
  sessionStorage.removeItem(EDITED);
  const heading = anchor && document.getElementById(anchor);
  if (heading) {
    history.scrollRestoration = "manual";
    heading.scrollIntoView();
    heading.classList.add("preview-edited");
  }
}

/**
 * Whether this page has the address; a site below a folder is also served at the root.
 * @param {string} path
 */
function isHere(path) {
  const here = decodeURIComponent(location.pathname);
  return here === path || path.endsWith(here) || here.endsWith(path);
}

/** @param {Problem} problem */
function isError(problem) {
  return problem.severity === "error";
}

/** @param {News} news */
function show({ problems, base }) {
  panel.replaceChildren();
  if (problems.length === 0) {
    panel.remove();
    return;
  }
  const old = problems.some(isError) ? "；页面仍是上一次成功生成的样子" : "";
  panel.append(line("strong", `${problems.length} 个问题${old}`));
  // Those of this page first.
  const own = (/** @type {Problem} */ problem) => Number(problem.url !== "" && isHere(base + problem.url));
  const list = document.createElement("ol");
  list.append(...[...problems].sort((a, b) => own(b) - own(a)).map((one) => problemItem(one, base)));
  panel.append(list);
  document.body.prepend(panel);
}

/**
 * A problem with its place, its source line and the way to both.
 * @param {Problem} problem
 * @param {string} base
 */
export function problemItem(problem, base) {
  const place = `${problem.path}:${problem.line}:${problem.column}`;
  const item = document.createElement("li");
  item.dataset.severity = problem.severity;
  item.append(problem.editor ? link(problem.editor, place) : line("span", place), ` [${problem.rule}] `);
  if (problem.url) {
    item.append(link(base + problem.url, "页面"));
  }
  item.append(line("div", problem.message));
  if (problem.source.trim()) {
    item.append(quoted(problem));
  }
  item.append(line("small", problem.hint));
  return item;
}

/** @param {Problem} problem */
function quoted({ source, column, end }) {
  // Columns count characters; a string counts an emoji or a rare character twice.
  const characters = [...source];
  const code = document.createElement("code");
  code.append(
    characters.slice(0, column - 1).join(""),
    line("mark", characters.slice(column - 1, end - 1).join("")),
    characters.slice(end - 1).join(""),
  );
  return code;
}

/**
 * @param {string} address
 * @param {string} text
 */
export function link(address, text) {
  const element = document.createElement("a");
  element.href = address;
  element.textContent = text;
  return element;
}

/**
 * @param {string} tag
 * @param {string} text
 */
export function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
