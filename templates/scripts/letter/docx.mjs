/**
 * Blocks → a Word file: the least that WordprocessingML (ECMA-376) asks for, with A4 paper and fonts
 * that Chinese systems have. No author, no date, nothing about the device. Knows no page.
 * No template stands inside another here: rjsmin would take out spaces between attributes.
 */

import { zip } from "./zip.mjs";

/** @typedef {import("./read.mjs").Block} Block */
/** @typedef {import("./read.mjs").Run} Run */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";

export const TYPE = `${WORD}.document`;

/** @param {Block[]} blocks @returns {Uint8Array} */
export function docx(blocks) {
  return zip([
    ["[Content_Types].xml", contentTypes()],
    ["_rels/.rels", relations("officeDocument", "word/document.xml")],
    ["word/_rels/document.xml.rels", relations("styles", "styles.xml")],
    ["word/styles.xml", styles()],
    ["word/document.xml", document(blocks)],
  ]);
}

/** @param {Block[]} blocks */
function document(blocks) {
  const page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>';
  return `${HEAD}<w:document xmlns:w="${MAIN}"><w:body>${blocks.map(block).join("")}${page}</w:body></w:document>`;
}

/** @param {Block} each */
function block(each) {
  switch (each.kind) {
    case "table":
      return table(each.rows);
    case "title":
      return paragraph('<w:jc w:val="center"/>', each.runs, '<w:b/><w:sz w:val="36"/><w:szCs w:val="36"/>');
    case "head":
      return paragraph('<w:keepNext/><w:spacing w:before="240" w:after="120"/>', each.runs, "<w:b/>");
    case "item":
      return paragraph('<w:ind w:left="420" w:hanging="420"/>', [{ text: `${each.mark} `, bold: false }, ...each.runs]);
  }
  return paragraph("", each.runs);
}

/** @param {string} layout @param {Run[]} runs @param {string} [look] */
function paragraph(layout, runs, look = "") {
  const written = runs.filter((run) => run.text).map((run) => {
    const style = look || (run.bold ? "<w:b/>" : "");
    return `<w:r><w:rPr>${style}</w:rPr>${words(run.text)}</w:r>`;
  });
  return `<w:p><w:pPr>${layout}</w:pPr>${written.join("")}</w:p>`;
}

/** @param {string} text */
function words(text) {
  return text.split("\n").map((line) => `<w:t xml:space="preserve">${escaped(line)}</w:t>`).join("<w:br/>");
}

/** @param {string[][]} rows */
function table(rows) {
  const columns = Math.max(...rows.map((row) => row.length));
  const width = Math.floor(9026 / columns);
  const lines = ["top", "left", "bottom", "right", "insideH", "insideV"]
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`).join("");
  const grid = `<w:gridCol w:w="${width}"/>`.repeat(columns);
  const head = `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>${lines}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>`;
  return `${head}${rows.map((row) => line(row, width)).join("")}</w:tbl><w:p/>`;
}

/** @param {string[]} row @param {number} width */
function line(row, width) {
  const cells = row.map((cell) => {
    const words = paragraph("", [{ text: cell, bold: false }]);
    return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${words}</w:tc>`;
  });
  return `<w:tr>${cells.join("")}</w:tr>`;
}

function styles() {
  return `${HEAD}<w:styles xmlns:w="${MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>`
    + '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>'
    + '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    + '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    + '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>';
}

function contentTypes() {
  return `${HEAD}<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
    + '<Default Extension="xml" ContentType="application/xml"/>'
    + `<Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/>`
    + `<Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/></Types>`;
}

/** @param {string} type @param {string} target */
function relations(type, target) {
  return `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;
}

/** XML knows no control characters, however they were pasted. @param {string} text */
function escaped(text) {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Cs}/gu, "")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
