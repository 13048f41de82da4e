// The files of the index: fetched when asked for, once; checked, inflated, decoded.

const FORMAT = 3;
const ORIGIN = 0x4e00;

/** The files are of another build or of a format this script does not know: the page must be reloaded. */
export class Outdated extends Error {}

/**
 * Postings of one gram. `docs[i]` holds it `weights[i]` times.
 * @typedef {{docs: Uint32Array, weights: Uint8Array, wordness: number}} Entry
 * @typedef {{terms: Map<string, Entry>, names: [number, number][], synonyms: {[says: string]: string[]}}} Shard
 * @typedef {{url: string, kind: string, title: string, section: string, summary: string,
 *   stages: string[], passages: {anchor: string, heading: string, text: string}[], beside: string}} Page
 * @typedef {{version: string, documents: number, pairs: number, units: number, norms: number[], simplified: string, traditional: number, sounds: number,
 *   rules: import("./text.mjs").Rules, marks: Uint8Array}} Manifest
 */

export class Store {
  /** @param {string} base folder of the index, with a slash */
  constructor(base) {
    this.base = base;
    this.version = "";
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    /** @type {Uint8Array | undefined} */
    this.stamp = undefined;
    this.bytes = 0;
  }

  /** @returns {Promise<Manifest>} */
  manifest() {
    return this.once("m", (bytes) => {
      const reader = new Reader(bytes);
      const manifest = { ...reader.json(reader.varint()), marks: reader.rest() };
      this.version = manifest.version;
      return manifest;
    });
  }

  /** @param {string} gram @param {Manifest} manifest @returns {Promise<Shard>} */
  shard(gram, manifest) {
    const [first, second = 0] = points(gram);
    const [folder, count] = second ? ["t", manifest.pairs] : ["u", manifest.units];
    const spread = Math.max(4, count >> 4);
    const shard = (Math.imul(first * spread + (second % spread), 2654435761) >>> 8) % count;
    return this.once(`${folder}/${shard.toString(16)}`, decodeShard);
  }

  /** @param {number} doc @returns {Promise<Page>} */
  page(doc) {
    return this.once(`f/${doc.toString(16)}`, (bytes) => {
      const [url, kind, title, section, summary, stages, passages, beside] = parse(bytes);
      const named = passages.map((/** @type {string[]} */ [anchor, heading, text]) => ({ anchor, heading, text }));
      return { url, kind, title, section, summary, stages, passages: named, beside };
    });
  }

  /** Kind, section and stages of every document. @returns {Promise<{[name: string]: any}>} */
  attributes() {
    return this.once("a", parse);
  }

  /** Traditional characters, `char` among them if it is one; each before its simplified one.
   * @param {string} char @param {Manifest} manifest @returns {Promise<string>} */
  traditional(char, manifest) {
    return this.once(`s/${(points(char)[0] % manifest.traditional).toString(16)}`, parse);
  }

  /** The characters of each syllable. @returns {Promise<{[syllable: string]: string}>} */
  syllables() {
    return this.once("y", parse);
  }

  /** Pairs of characters by sound. @param {number} hash @param {Manifest} manifest @returns {Promise<{[sound: string]: string}>} */
  sounds(hash, manifest) {
    return this.once(`p/${(hash % manifest.sounds).toString(16)}`, parse);
  }

  /** @template T @param {string} name @param {(bytes: Uint8Array) => T} decode @returns {Promise<T>} */
  once(name, decode) {
    let file = this.files.get(name);
    if (!file) {
      file = this.load(name).then(decode);
      this.files.set(name, file);
      file.catch(() => this.files.delete(name));
    }
    return file;
  }

  /** @param {string} name */
  async load(name) {
    const answer = this.version
      ? await fetch(`${this.base}${name}.bin?v=${this.version}`)
      : await fetch(`${this.base}${name}.bin`, { cache: "no-cache" });
    if (!answer.ok || !answer.body) throw new Error(`${name}: ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const stamp = bytes.subarray(1, 5);
    this.stamp ??= stamp;
    if (bytes[0] !== FORMAT || stamp.some((byte, i) => byte !== this.stamp?.[i])) throw new Outdated(name);
    return inflate(bytes.subarray(5));
  }
}

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} */
async function inflate(bytes) {
  if (typeof DecompressionStream !== "function") return (await import("./inflate.mjs")).inflate(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {string} text @returns {number[]} */
export function points(text) {
  return [...text].map((char) => /** @type {number} */ (char.codePointAt(0)));
}

/** @param {Uint8Array} bytes */
function parse(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Reads a file from its beginning. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  varint() {
    let value = 0;
    let unit = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
  }

  /** @param {number} count @returns {number[]} */
  varints(count) {
    return Array.from({ length: count }, () => this.varint());
  }

  /** @param {number} count */
  take(count) {
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  rest() {
    return this.bytes.subarray(this.at);
  }

  /** @param {number} size */
  json(size) {
    return parse(this.take(size));
  }
}

/** @param {Uint8Array} bytes @returns {Shard} */
function decodeShard(bytes) {
  const reader = new Reader(bytes);
  const count = reader.varint();
  const steps = reader.varints(count);
  const follows = reader.varints(count);
  const sizes = reader.varints(count);
  const wordness = reader.take(count);
  const docs = sizes.map((size) => {
    let doc = 0;
    return Uint32Array.from({ length: size }, () => (doc += reader.varint()));
  });
  const terms = new Map();
  let first = 0;
  let second = 0;
  for (let i = 0; i < count; i++) {
    first += steps[i];
    second = i && !steps[i] ? second + follows[i] : (follows[i] + ORIGIN) % 2 ** 21;
    const gram = String.fromCodePoint(first) + (second ? String.fromCodePoint(second) : "");
    terms.set(gram, { docs: docs[i], weights: reader.take(sizes[i]), wordness: wordness[i] });
  }
  return { terms, ...extras(reader) };
}

/** Names and synonyms at the end of a shard of pairs. @param {Reader} reader */
function extras(reader) {
  if (reader.at >= reader.bytes.length) return { names: [], synonyms: {} };
  /** @type {[number, number][]} */
  const names = Array.from({ length: reader.varint() }, () => {
    const doc = reader.varint();
    const [a, b, c, d] = reader.take(4);
    return [doc, (a | (b << 8) | (c << 16) | (d << 24)) >>> 0];
  });
  const rest = reader.rest();
  return { names, synonyms: rest.length ? parse(rest) : {} };
}
