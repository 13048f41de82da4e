/** Blocks → plain text, as it is copied and saved. Knows no page. */

/** @param {import("./read.mjs").Block[]} blocks */
export function text(blocks) {
  let written = "";
  let before = "";
  for (const block of blocks) {
    const close = block.kind === "item" && before === "item";
    written += (written ? (close ? "\n" : "\n\n") : "") + lines(block);
    before = block.kind;
  }
  return `${written}\n`;
}

/** @param {import("./read.mjs").Block} block */
function lines(block) {
  if (block.kind === "table") {
    return block.rows.map((row) => row.join(row.length === 2 ? "：" : "\t")).join("\n");
  }
  const words = plain(block.runs).trim();
  return block.kind === "item" ? `${block.mark} ${words}` : words;
}

/** @param {import("./read.mjs").Run[]} runs */
export function plain(runs) {
  return runs.map((run) => run.text).join("");
}
