/**
 * Opens a citation's gist, or a term's meaning, where it stands; loaded when the first is tapped.
 * A citation's words come from the list at the page's end, so a preview can never say something
 * that the printed page does not; a term's come from the glossary's own file.
 */

import { trusted } from "./trusted.mjs";

/** @typedef {{ head: HTMLElement, parts: Node[], more: string, href: string }} Note */

/** @type {{ panel: HTMLElement, link: HTMLAnchorElement } | null} */
let open = null;
/** @type {HTMLAnchorElement | null} */
let wanted = null;

/**
 * Opens the note of a citation or term, or closes it; throws where there is none to show.
 * @param {HTMLElement} article Holds the text, and the panel while it is open.
 * @param {HTMLAnchorElement} link
 */
export async function toggle(article, link) {
  const again = open?.link === link;
  close();
  wanted = again ? null : link;
  if (again) return;
  const note = link.dataset.cite ? gist(link) : await meaning(link);
  if (wanted !== link) return;
  const panel = panelFor(note);
  article.append(panel);
  place(panel, link);
  open = { panel, link };
  link.setAttribute("aria-expanded", "true");
  panel.focus({ preventScroll: true });
}

function close(refocus = true) {
  wanted = null;
  if (!open) return;
  const { panel, link } = open;
  open = null;
  panel.remove();
  link.setAttribute("aria-expanded", "false");
  if (refocus) link.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (open && !open.panel.contains(target) && !target.closest("a.citation, a.term")) close(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});
addEventListener("resize", () => { if (open) place(open.panel, open.link); });

/** @param {HTMLAnchorElement} link @returns {Note} */
function gist(link) {
  const entry = document.getElementById(`cite-${(link.dataset.cite ?? "").replaceAll(":", "-")}`);
  if (!entry) throw new Error("no such citation");
  const label = /** @type {HTMLElement} */ (entry.querySelector(".cites__label")).cloneNode(true);
  const parts = [...entry.querySelectorAll(".cites__gist, .cites__sure")].map((part) => part.cloneNode(true));
  const force = forceOf(entry);
  if (force) parts.push(element("p", "soft", force));
  for (const law of label.querySelectorAll("a")) law.replaceWith(...law.childNodes);
  return { head: label, parts, more: "看这一条的页面", href: link.href };
}

/** @param {HTMLAnchorElement} link @returns {Promise<Note>} */
async function meaning(link) {
  const terms = await meanings(new URL("terms.js", link.href));
  const [label, words, url] = terms[decodeURIComponent(link.hash.slice(1))];
  const href = String(new URL(`../${url}`, link.href));
  return { head: element("p", "", label), parts: [element("p", "", words)], more: "看术语表里的这一条", href };
}

/**
 * All terms. A classic script, for it loads from a disk, too, and where a page may connect to nothing.
 * @param {URL} address
 * @returns {Promise<Record<string, [string, string, string]>>}
 */
function meanings(address) {
  return new Promise((found, failed) => {
    const known = /** @type {any} */ (globalThis).TERMS;
    if (known) {
      found(known);
      return;
    }
    const script = document.createElement("script");
    script.addEventListener("load", () => found(/** @type {any} */ (globalThis).TERMS));
    script.addEventListener("error", failed);
    script.src = trusted(address);
    document.head.append(script);
  });
}

/** @param {Note} note */
function panelFor(note) {
  const panel = element("div", "cite-pop");
  panel.setAttribute("role", "dialog");
  panel.tabIndex = -1;
  panel.setAttribute("aria-label", (note.head.textContent ?? "").trim());

  const button = /** @type {HTMLButtonElement} */ (element("button", "cite-pop__close", "×"));
  button.type = "button";
  button.setAttribute("aria-label", "关闭");
  button.addEventListener("click", () => close());

  const body = element("div", "cite-pop__body");
  const more = /** @type {HTMLAnchorElement} */ (element("a", "cite-pop__more", note.more));
  more.href = note.href;
  note.head.className = "cite-pop__label";
  body.append(note.head, ...note.parts, more);
  panel.append(body, button);
  panel.addEventListener("keydown", (event) => leaveByTab(event, panel, more, button));
  return panel;
}

/**
 * Tab from the last control, or back from the first, closes and goes on from the citation.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} panel
 * @param {HTMLElement} first
 * @param {HTMLElement} last
 */
function leaveByTab(event, panel, first, last) {
  if (event.key !== "Tab") return;
  const at = document.activeElement;
  if (event.shiftKey && (at === first || at === panel)) {
    event.preventDefault();
    close();
  } else if (!event.shiftKey && at === last) {
    close();
  }
}

/** @param {HTMLElement} entry */
function forceOf(entry) {
  const force = entry.querySelector(".badge")?.textContent;
  const terms = [...document.querySelectorAll(".cites__force")];
  const term = terms.find((candidate) => candidate.textContent === force);
  return term?.nextElementSibling?.textContent ?? "";
}

/**
 * Below the citation, inside the text's column; a phone's styles override this with a sheet.
 * @param {HTMLElement} panel
 * @param {HTMLElement} link
 */
function place(panel, link) {
  const frame = /** @type {HTMLElement} */ (panel.parentElement).getBoundingClientRect();
  const lines = link.getClientRects();
  const line = lines[lines.length - 1];
  const left = Math.max(0, Math.min(line.left - frame.left, frame.width - panel.offsetWidth));
  const below = line.bottom - frame.top + 8;
  const fits = line.bottom + panel.offsetHeight + 16 < innerHeight || line.top < panel.offsetHeight + 80;
  panel.style.setProperty("--left", `${left}px`);
  panel.style.setProperty("--top", `${fits ? below : lines[0].top - frame.top - panel.offsetHeight - 8}px`);
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {string} [text]
 */
function element(tag, name, text = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}
