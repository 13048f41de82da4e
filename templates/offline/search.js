// Only in the download: a page opened from a disk may not fetch, so the index comes as a script.
globalThis.fetch = async (url) => {
  const name = /search\/(.+\.bin)/.exec(String(url))?.[1] ?? "";
  if (!(name in FILES)) return new Response(null, { status: 404 });
  return new Response(Uint8Array.from(atob(FILES[name]), (char) => char.charCodeAt(0)));
};
