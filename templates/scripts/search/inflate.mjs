// zlib's inflate for browsers without DecompressionStream (before Chrome 80, Safari 16.4); RFC 1950, 1951.

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** @param {Uint8Array} data a zlib stream @returns {Uint8Array} */
export function inflate(data) {
  const bits = new Bits(data);
  /** @type {number[]} */
  const out = [];
  for (let last = 0; !last; ) {
    last = bits.take(1);
    const kind = bits.take(2);
    if (kind === 0) stored(bits, out);
    else if (kind === 1) block(bits, out, ...fixed());
    else block(bits, out, ...dynamic(bits));
  }
  return Uint8Array.from(out);
}

class Bits {
  /** @param {Uint8Array} data */
  constructor(data) {
    this.data = data;
    this.at = 2;
    this.held = 0;
    this.bits = 0;
  }

  /** @param {number} count */
  take(count) {
    while (this.bits < count) {
      this.held |= this.data[this.at++] << this.bits;
      this.bits += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.bits -= count;
    return value;
  }

  /** One symbol of a canonical Huffman code. @param {{counts: number[], symbols: number[]}} code */
  symbol({ counts, symbols }) {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      value |= this.take(1);
      if (value - counts[length] < first) return symbols[index + value - first];
      index += counts[length];
      first = (first + counts[length]) << 1;
      value <<= 1;
    }
    throw new Error("damaged");
  }
}

/** @param {number[]} lengths */
function huffman(lengths) {
  const counts = new Array(16).fill(0);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const symbols = lengths.map((length, symbol) => ({ length, symbol })).filter(({ length }) => length);
  symbols.sort((a, b) => a.length - b.length || a.symbol - b.symbol);
  return { counts, symbols: symbols.map(({ symbol }) => symbol) };
}

function fixed() {
  const lengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
  return /** @type {const} */ ([huffman(lengths), huffman(new Array(30).fill(5))]);
}

/** @param {Bits} bits */
function dynamic(bits) {
  const [literals, distances, codes] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const small = new Array(19).fill(0);
  for (let i = 0; i < codes; i++) small[ORDER[i]] = bits.take(3);
  const code = huffman(small);
  /** @type {number[]} */
  const lengths = [];
  while (lengths.length < literals + distances) {
    const symbol = bits.symbol(code);
    if (symbol < 16) lengths.push(symbol);
    else {
      const value = symbol === 16 ? lengths[lengths.length - 1] : 0;
      const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
      for (let i = 0; i < times; i++) lengths.push(value);
    }
  }
  return /** @type {const} */ ([huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals))]);
}

/** @param {Bits} bits @param {number[]} out */
function stored(bits, out) {
  bits.held = bits.bits = 0;
  const size = bits.data[bits.at] | (bits.data[bits.at + 1] << 8);
  bits.at += 4;
  for (let i = 0; i < size; i++) out.push(bits.data[bits.at++]);
}

/** @param {Bits} bits @param {number[]} out @param {{counts: number[], symbols: number[]}} literal
 * @param {{counts: number[], symbols: number[]}} distance */
function block(bits, out, literal, distance) {
  for (;;) {
    const symbol = bits.symbol(literal);
    if (symbol < 256) out.push(symbol);
    else if (symbol === 256) return;
    else {
      const length = LENGTHS[symbol - 257] + bits.take(LENGTH_BITS[symbol - 257]);
      const code = bits.symbol(distance);
      const extra = code < 2 ? 0 : (code >> 1) - 1;
      const back = (code < 2 ? code + 1 : ((2 + (code & 1)) << extra) + 1) + bits.take(extra);
      for (let i = 0; i < length; i++) out.push(out[out.length - back]);
    }
  }
}
