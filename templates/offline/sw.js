/**
 * Keeps the site on the reader's device. The build puts VERSION, SEARCH, WHOLE, SHELL and EDITIONS
 * before this text, and publishes it at the site's root as `sw.js`.
 *
 * Pages come from the network; what is kept stands in only where the network does not answer. Files
 * under `assets/` never change under one name, so the kept ones are as good as new. A build has a
 * cache of its own, filled in the background and only then put in place of the one before it.
 */

const SCOPE = new URL("./", location.href);
const OURS = `kept ${SCOPE.pathname} `;
const KEPT = OURS + VERSION;
const VISITED = `${OURS}visited`;
const LIST = new URL("offline.json", SCOPE).href;
const FALLBACK = new URL("offline/", SCOPE).href;
const PATIENCE = 4000;
const AT_ONCE = 4;
const MOST_VISITED = 150;
const SINCE = "x-kept";

/** @type {Promise<void> | undefined} */
let filling;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== SCOPE.origin || !pathname.startsWith(SCOPE.pathname)) return;
  const path = pathname.slice(SCOPE.pathname.length);
  if (mode === "navigate" && /(^|\/)[^./]*$|\.html$/.test(path)) event.respondWith(page(event));
  else if (path.startsWith("assets/")) event.respondWith(asset(event.request));
  else if (/^search\/.+\.bin$/.test(path)) event.respondWith(part(event.request));
});
self.addEventListener("message", (event) => {
  const { data, source } = event;
  if (data === "fill" && WHOLE) event.waitUntil(fill(edition(source.url)));
  if (data === "state") event.waitUntil(state().then((words) => source.postMessage({ about: data, ...words })));
  // A page may begin to listen after the newer text came.
  if (data.given) event.waitUntil(correct(source, data.given));
});

async function install() {
  const cache = await caches.open(KEPT);
  await Promise.all(SHELL.map(async (path) => {
    const same = path.startsWith("assets/") && (await caches.match(address(path)));
    return same ? cache.put(address(path), same) : keep(cache, path);
  }));
  await self.skipWaiting();
}

async function activate() {
  // The caches of builds before stay until this build's is full.
  if (!WHOLE) await forget();
  await self.clients.claim();
}

/** A page, fresh if the network answers in time, else as kept. */
async function page(event) {
  const address = plain(event.request.url);
  const fresh = fetch(event.request, { cache: "no-cache" });
  const saved = fresh.then((answer) => visited(address, answer.clone())).catch(() => {});
  event.waitUntil(saved);
  const kept = await newest(address);
  if (!kept) return fresh.catch(() => missing(event.request.url));
  const answer = await Promise.race([fresh, after(PATIENCE)]).catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  const text = await kept.text();
  const known = await digest(text);
  if (!answer) event.waitUntil(saved.then(async () => correct(await self.clients.get(event.resultingClientId), known)));
  // Written into the page: a worker forgets, and a new build's may have taken over before the page asks.
  const marks = `<html data-given="${kept.headers.get(SINCE) ?? ""}" data-given-text="${known}"`;
  return new Response(text.replace("<html", marks), { headers: kept.headers });
}

/** Tell a page that was given an older text than is kept by now. @param {string} known its digest */
async function correct(client, known) {
  const now = client && await newest(plain(client.url));
  if (now && (await digest(await now.text())) !== known) client.postMessage({ about: "newer" });
}

/** @param {string} text */
async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...bytes));
}

/** What is shown where a page was never kept. @param {string} url */
async function missing(url) {
  const { pathname, search } = new URL(url);
  if (!pathname.endsWith("/") && (await newest(`${plain(url)}/`))) return Response.redirect(`${pathname}/${search}`);
  if (plain(url) === FALLBACK || !(await newest(FALLBACK))) return Response.error();
  return Response.redirect(`${FALLBACK}?from=${encodeURIComponent(pathname + search)}`);
}

/** @param {Request} request */
async function asset(request) {
  const kept = await caches.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(VISITED)).put(request.url, answer.clone());
  return answer;
}

/** A file of the index; all that one search reads must be of one build. @param {Request} request */
async function part(request) {
  const whole = await latestWhole();
  const address = plain(request.url);
  const wants = new URL(request.url).searchParams.get("v");
  const kept = whole && (await whole.cache.match(address));
  if (kept && wants && whole.search === wants) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}

/** Keep a page that was just read. @param {string} address @param {Response} answer */
async function visited(address, answer) {
  if (answer.type !== "basic" || answer.redirected) return;
  const cache = await caches.open(VISITED);
  if (answer.status === 404 || answer.status === 410) await cache.delete(address);
  if (!answer.ok) return;
  await cache.delete(address);
  await cache.put(address, await dated(answer));
  const old = (await cache.keys()).slice(0, -MOST_VISITED);
  await Promise.all(old.map((request) => cache.delete(request)));
}

/** Keep everything of this build, once. @param {string} edition */
function fill(edition) {
  filling ??= keepAll(edition).catch(() => {}).finally(() => (filling = undefined));
  return filling;
}

/** @param {string} own */
async function keepAll(own) {
  const cache = await caches.open(KEPT);
  if (await cache.match(mark(own))) return;
  const list = await listOf(cache);
  if (!list) return;
  const older = await olderCaches();
  const have = new Set((await cache.keys()).map(({ url }) => url));
  const wanted = Object.entries(list.files).filter(([path]) =>
    !have.has(address(path)) && [own, ""].includes(edition(address(path))));
  const worker = async () => {
    for (let next = wanted.pop(); next; next = wanted.pop()) await obtain(cache, next, older);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await carry(cache, older);
  await cache.put(mark(own), new Response(new Date().toISOString()));
  await caches.delete(VISITED);
  await forget();
}

/** This build's list of files; nothing when the site has already moved on. @param {Cache} cache */
async function listOf(cache) {
  const kept = await cache.match(LIST);
  if (kept) return kept.json();
  const answer = await fetch(LIST, { cache: "no-cache" });
  const list = await answer.clone().json();
  if (list.version !== VERSION) return undefined;
  await cache.put(LIST, answer);
  return list;
}

/** Copy a file that an older build has, else fetch it. */
async function obtain(cache, [path, digest], older) {
  for (const { cache: before, files } of older) {
    const same = files[path] === digest && (await before.match(address(path)));
    if (same) return cache.put(address(path), await dated(same));
  }
  return keep(cache, path);
}

/** Pages that are still open may ask for the scripts they began with. */
async function carry(cache, older) {
  for (const { cache: before, files } of older) {
    for (const path of Object.keys(files).filter((path) => path.startsWith("assets/"))) {
      const answer = await before.match(address(path));
      if (answer) await cache.put(address(path), answer);
    }
  }
}

/** @param {Cache} cache @param {string} path */
async function keep(cache, path) {
  const answer = await fetch(address(path), { cache: "no-cache" });
  if (answer.ok) await cache.put(address(path), await dated(answer));
  // A host may hold back single files; anything else ends the work until the next visit.
  else if (answer.status !== 404 && answer.status !== 403) throw new Error(`${path}: ${answer.status}`);
}

/** The answer with the time at which it was known to be current. @param {Response} answer */
async function dated(answer) {
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  headers.set(SINCE, new Date().toISOString());
  return new Response(await answer.blob(), { headers });
}

/** The copy of a page that was last known to be current. @param {string} address */
async function newest(address) {
  let best;
  for (const name of await ourNames()) {
    const found = await (await caches.open(name)).match(address);
    if (found && (found.headers.get(SINCE) ?? "") > (best?.headers.get(SINCE) ?? "")) best = found;
  }
  return best;
}

async function latestWhole() {
  for (const name of [KEPT, ...(await ourNames()).filter((name) => name !== KEPT).reverse()]) {
    const cache = await caches.open(name);
    if (!(await marks(cache)).length) continue;
    return { cache, search: name === KEPT ? SEARCH : (await (await cache.match(LIST)).json()).search };
  }
  return undefined;
}

/** How much is kept, and since when. */
async function state() {
  const found = new Set();
  for (const name of await ourNames()) {
    for (const { url } of await (await caches.open(name)).keys()) if (url.endsWith("/")) found.add(url);
  }
  const [done] = await marks(await caches.open(KEPT));
  return { pages: found.size, whole: done ? await done.text() : "" };
}

async function olderCaches() {
  const found = [];
  for (const name of (await ourNames()).filter((name) => name !== KEPT && name !== VISITED)) {
    const cache = await caches.open(name);
    const list = await cache.match(LIST);
    if (list) found.push({ cache, files: (await list.json()).files });
  }
  return found;
}

/** Delete what earlier builds kept. */
async function forget() {
  const names = (await ourNames()).filter((name) => name !== KEPT && name !== VISITED);
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function ourNames() {
  return (await caches.keys()).filter((name) => name.startsWith(OURS));
}

/** What says that all of an edition is kept. @param {string} edition */
function mark(edition) {
  return new URL(`offline.json?whole=${edition}`, SCOPE).href;
}

async function marks(cache) {
  return (await Promise.all(["", ...EDITIONS].map((name) => cache.match(mark(name))))).filter(Boolean);
}

/** @param {string} url */
function edition(url) {
  return EDITIONS.find((name) => url.startsWith(address(name))) ?? "";
}

/** Address of a file below the root. @param {string} path */
function address(path) {
  return new URL(path.replace(/[%?#]/g, encodeURIComponent), SCOPE).href;
}

/** Without query, fragment and `index.html`. @param {string} url */
function plain(url) {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/index\.html$/, "/");
}

/** @param {number} milliseconds @returns {Promise<undefined>} */
function after(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
