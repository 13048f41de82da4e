// Run in the page of an empty site: reads every page as a browser does, and lives in it for a moment.
// Says what of a payload became more than text.

const OURS = ["/assets/", "/glossary/"];

/** What of a parsed page is not ours. @param {Document} page @param {URL} at */
function strange(page, at) {
  const found = [];
  const local = (value) => new URL(value, at).origin === location.origin;
  for (const one of page.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name) || (name === "style" && !value.startsWith("--left:")) || name === "srcdoc") found.push(`${one.localName} ${name}=${value}`);
      if (/^(href|xlink:href|src|action|formaction|data|poster|ping|cite|background|srcset)$/.test(name)) {
        found.push(...address(one, name, value, at, local));
      }
    }
    if (shown(one) && /^(iframe|frame|object|embed|applet|base|style|template|math|foreignobject|animate|set|use|image|video|audio|marquee)$/i.test(one.localName)) {
      found.push(`<${one.localName}>`);
    }
    if (one.localName === "script") found.push(...script(one, at));
    if (one.localName === "meta" && one.httpEquiv.toLowerCase() === "refresh") found.push("refresh");
    if (one.localName === "form" && one.getAttribute("role") !== "search" && one.hasAttribute("action")) found.push("<form>");
  }
  return found;
}

/** Whether browsers show it: an element of HTML or SVG, not of a feed. @param {Element} one */
function shown(one) {
  return /xhtml|svg|MathML/.test(one.namespaceURI ?? "");
}

function address(one, name, value, at, local) {
  let goal;
  try {
    goal = new URL(value, at);
  } catch {
    return []; // leads nowhere
  }
  if (!["http:", "https:", "mailto:", "tel:"].includes(goal.protocol)) return [`${one.localName} ${name}=${value}`];
  // In a feed and in a sitemap a link is an element's text or its one attribute.
  const link = one.localName === "a" || !shown(one) || /^(canonical|alternate)$/.test(one.rel);
  return link || local(value) ? [] : [`${one.localName} ${name}=${value}`];
}

function script(one, at) {
  if (one.type === "application/ld+json") {
    try {
      JSON.parse(one.textContent);
      return [];
    } catch {
      return [`ld+json: ${one.textContent.slice(0, 80)}`];
    }
  }
  const path = one.hasAttribute("src") ? new URL(one.getAttribute("src"), at).pathname : "";
  return OURS.some((folder) => path.includes(folder)) && !one.textContent ? [] : [`script ${path}${one.textContent.slice(0, 80)}`];
}

/** Path → what is strange in it, for the texts that hold anything. @param {Record<string, string>} texts */
function read(texts) {
  const found = {};
  for (const [path, text] of Object.entries(texts)) {
    const xml = path.endsWith(".xml");
    const page = new DOMParser().parseFromString(text, xml ? "application/xml" : "text/html");
    const wrong = strange(page, new URL(path, location.href));
    if (xml && page.querySelector("parsererror")) wrong.push(page.querySelector("parsererror").textContent);
    if (wrong.length) found[path] = wrong;
  }
  return found;
}

/** Run what pages hold of their own, without our scripts and styles: those take most of the time. */
async function run(texts) {
  const waiting = Object.entries(texts);
  const next = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      const [path, text] = one;
      const bare = text.replace(/<link [^>]*>|<script [^>]*src="[^"]*assets[^"]*"[^>]*><\/script>/g, "");
      const base = `<base href="${new URL(path, location.href)}">`;
      await framed((frame) => { frame.srcdoc = bare.replace("<head>", `<head>${base}`); });
    }
  };
  await Promise.all(Array.from({ length: 6 }, next));
}

/** Open pages with their scripts. */
async function live(paths) {
  const next = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      await framed((frame) => { frame.src = path; });
    }
  };
  await Promise.all(Array.from({ length: 6 }, next));
}

/** A frame filled, touched and left. @param {(frame: HTMLIFrameElement) => void} fill */
async function framed(fill) {
  const frame = document.createElement("iframe");
  const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
  fill(frame);
  document.body.append(frame);
  await loaded;
  touch(frame.contentDocument);
  await new Promise((done) => setTimeout(done));
  frame.remove();
}

/** Everything that an author's handler could wait for. @param {Document} page */
function touch(page) {
  const kinds = ["mouseover", "pointerenter", "focus", "toggle", "animationstart", "begin"];
  for (const one of page.querySelectorAll("main *")) {
    for (const kind of kinds) one.dispatchEvent(new Event(kind, { bubbles: false }));
  }
}

globalThis.inspect = { read, run, live, strange };
