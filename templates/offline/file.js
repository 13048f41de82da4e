// Only in the download: a folder opened from a disk shows its files, not its page. Pages' own links
// are mended by the build; this mends those that scripts make.
addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a[href]");
  if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
}, true);
