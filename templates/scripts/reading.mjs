/** Small comforts while reading: a link at each heading, and copying. */

/**
 * Puts a link that copies its own address after every heading of the text.
 * @param {HTMLElement} article
 */
export function addHeadingLinks(article) {
  for (const heading of article.querySelectorAll(".prose h2[id], .prose h3[id]")) {
    const link = document.createElement("a");
    link.className = "anchor";
    link.href = `#${heading.id}`;
    link.textContent = "#";
    const name = `复制本节网址：${heading.textContent}`;
    link.setAttribute("aria-label", name);
    link.title = "复制本节网址";
    link.addEventListener("click", async () => {
      if (!(await copy(link.href))) return;
      link.textContent = "已复制";
      link.setAttribute("aria-label", "已复制");
      link.classList.add("anchor--done");
      setTimeout(() => {
        link.textContent = "#";
        link.setAttribute("aria-label", name);
        link.classList.remove("anchor--done");
      }, 2000);
    });
    heading.append(link);
  }
}

/**
 * Copies a text; says whether it worked. Old browsers and plain http lack the clipboard.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** @param {string} text */
function copyBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  field.readOnly = true;
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus();
  return done;
}
