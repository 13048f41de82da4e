/**
 * Fetches the letter's tool when the reader first turns to it, and hands it what happened; until
 * then the page is as light as any other.
 */

const article = /** @type {HTMLElement} */ (document.querySelector("[data-letter]"));

// Firefox ticks a box again on reload, and HTML has the attribute that forbids it for other fields only.
article.querySelector("[data-keep]")?.setAttribute("autocomplete", "off");

/** @type {Promise<typeof import("./main.mjs")> | undefined} */
let loading;
const tool = () => (loading ??= import("./main.mjs"));

for (const kind of ["pointerover", "touchstart"]) {
  article.addEventListener(kind, tool, { once: true, passive: true });
}
for (const kind of /** @type {const} */ (["focusin", "focusout", "input", "change", "click"])) {
  article.addEventListener(kind, async (event) => {
    const target = event.target;
    if (target instanceof Element) (await tool())[kind]?.(target);
  });
}

try {
  if (localStorage.getItem("overdue-guide:letters")) tool();
} catch {
  // A browser that forbids storage has kept nothing.
}
