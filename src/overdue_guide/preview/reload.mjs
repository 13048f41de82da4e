/**
 * Added to pages by `overdue-guide serve` only: reloads after a rebuild, shows problems over the page.
 * @typedef {{path: string, line: number, column: number, rule: string, severity: string,
 *   message: string, hint: string}} Problem
 */

let version = 0;
const panel = document.createElement("aside");
panel.setAttribute("role", "alert");
panel.className = "preview-problems";
const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/_serve/preview.css";
document.head.append(style);

new EventSource("/_serve/events").addEventListener("message", (event) => {
  const news = JSON.parse(event.data);
  if (version && news.version !== version && !news.problems.some(isError)) {
    location.reload();
    return;
  }
  version = news.version;
  show(news.problems);
});

/** @param {Problem} problem */
function isError(problem) {
  return problem.severity === "error";
}

/** @param {Problem[]} problems */
function show(problems) {
  panel.replaceChildren();
  if (problems.length === 0) {
    panel.remove();
    return;
  }
  panel.append(line("strong", `${problems.length} 个问题；页面仍是上一次成功生成的样子`));
  const list = document.createElement("ol");
  for (const problem of problems) {
    const item = line("li", `${problem.path}:${problem.line}:${problem.column} [${problem.rule}]`);
    item.append(line("div", problem.message), line("small", problem.hint));
    list.append(item);
  }
  panel.append(list);
  document.body.prepend(panel);
}

/**
 * @param {string} tag
 * @param {string} text
 */
function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
