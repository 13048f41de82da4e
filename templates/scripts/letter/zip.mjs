/** Texts → a zip file, stored as they are; the format is PKWARE's APPNOTE, chapter 4. Knows no page. */

/**
 * @param {[name: string, text: string][]} files
 * @returns {Uint8Array}
 */
export function zip(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const bodies = [];
  /** @type {Uint8Array[]} */
  const directory = [];
  let at = 0;
  for (const [name, text] of files) {
    const path = encoder.encode(name);
    const data = encoder.encode(text);
    const facts = header(path, data);
    const local = joined([bytes([[0x04034b50, 4]]), facts, path, data]);
    // The version that made it, then the same facts, no comment, first disk, no attributes, where.
    directory.push(joined([
      bytes([[0x02014b50, 4], [20, 2]]), facts, bytes([[0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]), path,
    ]));
    bodies.push(local);
    at += local.length;
  }
  const list = joined(directory);
  const count = files.length;
  const end = bytes([[0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [list.length, 4], [at, 4], [0, 2]]);
  return joined([...bodies, list, end]);
}

/**
 * What both headers say of a file: version, UTF-8 names, stored, 1980-01-01, checksum, sizes.
 * @param {Uint8Array} path
 * @param {Uint8Array} data
 */
function header(path, data) {
  return bytes([
    [20, 2], [0x0800, 2], [0, 2], [0, 2], [0x21, 2], [crc32(data), 4],
    [data.length, 4], [data.length, 4], [path.length, 2], [0, 2],
  ]);
}

/** Numbers as little-endian bytes. @param {[value: number, size: number][]} numbers */
function bytes(numbers) {
  return Uint8Array.from(numbers.flatMap(([value, size]) =>
    Array.from({ length: size }, (_, at) => (value >>> (8 * at)) & 0xff)));
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} data */
export function crc32(data) {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ -1) >>> 0;
}
