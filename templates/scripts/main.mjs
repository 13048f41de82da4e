/**
 * Wires the page. Everything here only adds comfort: without it every page still reads, searches
 * by leading to topics, and links citations to the law's page.
 */

import { leave, onThreeEscapes } from "./exit.mjs";
import { addHeadingLinks, copy } from "./reading.mjs";
import { size } from "./size.mjs";

size();

const wide = matchMedia("(min-width: 62rem)");

for (const link of document.querySelectorAll("a[data-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(/** @type {HTMLAnchorElement} */ (link).href);
  });
  onThreeEscapes(document, () => leave(/** @type {HTMLAnchorElement} */ (link).href));
}

const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.menu"));
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
});

const contents = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-toc]"));
if (contents) {
  const unfold = () => { if (wide.matches) contents.open = true; };
  unfold();
  wide.addEventListener("change", unfold);
}

// Paper cannot be unfolded.
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details.cites__fold")) {
    /** @type {HTMLDetailsElement} */ (fold).open = true;
  }
});

const found = foundWords();
if (found.length) import("./search/highlight.mjs").then((marks) => marks.arrive(found));

/** The words that a search found on this page, once. @returns {string[]} */
function foundWords() {
  try {
    const [path, ...words] = JSON.parse(sessionStorage.getItem("overdue-guide:found") ?? "[]");
    if (path === undefined || !decodeURI(location.pathname).endsWith(`/${path}`)) return [];
    sessionStorage.removeItem("overdue-guide:found");
    return words;
  } catch {
    return [];
  }
}

const article = /** @type {HTMLElement | null} */ (document.querySelector("[data-article]"));
if (article) {
  const noted = "a.citation[data-cite], a.term";
  for (const link of article.querySelectorAll(noted)) link.setAttribute("aria-haspopup", "dialog");
  article.addEventListener("click", async (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest(noted));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    try {
      const notes = await import("./cite.mjs");
      await notes.toggle(article, link);
    } catch {
      location.assign(link.href);
    }
  });
  if (!article.dataset.letter) addHeadingLinks(article);
}

for (const tools of document.querySelectorAll("[data-tools]")) {
  const said = /** @type {HTMLElement} */ (tools.querySelector("[data-said]"));
  tools.querySelector("[data-print]")?.addEventListener("click", () => print());
  const button = /** @type {HTMLElement | null} */ (tools.querySelector("[data-copy]"));
  button?.addEventListener("click", async () => {
    said.textContent = "";
    said.textContent = (await copy(location.href)) ? "已复制" : "复制不了，请长按文字自己复制";
  });
  /** @type {HTMLElement} */ (tools).hidden = false;
}

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[role=search]"));
const onSearchPage = document.querySelector("ol.results") !== null;
// A page that may connect to nothing has no suggestions; its form still leads to the search page.
const policy = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[http-equiv]"));
const silent = policy?.content.includes("connect-src 'none'");
addEventListener("keydown", (event) => {
  const writing = /** @type {Element} */ (event.target).closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey || !form) return;
  event.preventDefault();
  /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=q]"))?.focus();
});
if (form && !onSearchPage) {
  form.addEventListener("submit", (event) => {
    // In an address after # the query stays in the browser; after ? the host would log it.
    event.preventDefault();
    const query = new FormData(form).get("q") ?? "";
    location.assign(`${form.action}#q=${encodeURIComponent(String(query))}`);
  });
}
if (form && !onSearchPage && !silent) {
  form.addEventListener("focusin", async () => {
    try {
      const box = await import("./search/box.mjs");
      box.attach(form);
    } catch {
      // Without suggestions the form still leads to the search page.
    }
  }, { once: true });
}

// The first reading comes first; what keeps the site for later waits until the page is there.
if ("serviceWorker" in navigator && location.protocol !== "file:") {
  addEventListener("load", async () => (await import("./offline.mjs")).start());
}
