/** Text size: three steps, remembered on this device under `overdue-guide:text-size`. */

const KEY = "overdue-guide:text-size";
const page = document.documentElement;

export function size() {
  try {
    use(localStorage.getItem(KEY) ?? "");
  } catch {
    // Where nothing may be stored, the size holds for this page.
  }
  for (const button of all()) {
    button.addEventListener("click", () => {
      const chosen = button.dataset.size ?? "";
      use(chosen);
      try {
        if (chosen) localStorage.setItem(KEY, chosen);
        else localStorage.removeItem(KEY);
      } catch {
        // As above.
      }
    });
  }
}

/** @param {string} chosen */
function use(chosen) {
  if (chosen) page.dataset.size = chosen;
  else delete page.dataset.size;
  for (const button of all()) button.setAttribute("aria-pressed", String(button.dataset.size === chosen));
}

function all() {
  return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button[data-size]"));
}
