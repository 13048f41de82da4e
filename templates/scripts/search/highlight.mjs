// On arrival from a result: mark the words that were found and go to them; one press removes the marks.

/** Mark the words within the page's main text. @param {string[]} words */
export function arrive(words) {
  const main = document.querySelector("main");
  if (!words.length || !main) return;
  const marks = mark(main, words);
  if (!marks.length) return;
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const after = (/** @type {Element} */ one) =>
    !target || target.contains(one) || target.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  (marks.find(after) ?? marks[0]).scrollIntoView({ block: "center" });
  main.prepend(remover(marks));
}

/** @param {HTMLElement[]} marks */
function remover(marks) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "unmark";
  button.textContent = "取消搜索标记";
  button.addEventListener("click", () => {
    for (const one of marks) {
      const parent = one.parentNode;
      one.replaceWith(...one.childNodes);
      parent?.normalize();
    }
    button.remove();
  });
  return button;
}

/** @param {Element} main @param {string[]} words @returns {HTMLElement[]} */
function mark(main, words) {
  const wanted = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(wanted.sort((a, b) => b.length - a.length).join("|"), "giu");
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest("script, style, textarea, button, nav, mark") ? 2 : 1);
  const nodes = [];
  while (walker.nextNode()) nodes.push(/** @type {Text} */ (walker.currentNode));
  return nodes.flatMap((node) => wrap(node, pattern));
}

/** @param {Text} node @param {RegExp} pattern */
function wrap(node, pattern) {
  const found = [...node.data.matchAll(pattern)].reverse();
  const marks = found.map((match) => {
    const rest = node.splitText(match.index);
    rest.splitText(match[0].length);
    const made = document.createElement("mark");
    rest.replaceWith(made);
    made.append(rest);
    return made;
  });
  return marks.reverse();
}
