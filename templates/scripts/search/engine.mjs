// One search from the typed words to ordered results; knows no DOM. Only the parts of the index that a
// query needs are fetched, and the query itself is never sent anywhere.

import { choose, contains } from "./excerpt.mjs";
export { marked as excerpted } from "./excerpt.mjs";
import { loosen, read } from "./query.mjs";
import { SOME, highest, order, rank, worth } from "./rank.mjs";
import { Store } from "./store.mjs";
import { Text } from "./text.mjs";

const AHEAD = 6;

/**
 * @typedef {import("./store.mjs").Page & {doc: number, tier: number, score: number,
 *   anchor: string, heading: string, excerpt: string}} Result
 * @typedef {{count: number, meant: string[], guess: string, sought: import("./excerpt.mjs").Sought,
 *   results: AsyncGenerator<Result>}} Answer
 * @typedef {import("./store.mjs").Shard} Shard
 * @typedef {{plan: import("./query.mjs").Plan, shards: Map<string, Shard>, names: [number, number][],
 *   entries: Map<string, import("./store.mjs").Entry>, best: number}} Found
 * @typedef {{kind?: string, section?: string, stage?: string}} Filter
 */

export class Engine {
  /** @param {string} root of the site */
  constructor(root) {
    this.store = new Store(`${root}search/`);
  }

  async ready() {
    const manifest = await this.store.manifest();
    this.text ??= new Text(manifest.rules, manifest.simplified);
    return { manifest, text: this.text };
  }

  /**
   * @param {string} query
   * @param {Filter & {exact?: boolean}} [options] `exact` refuses synonyms and guesses
   * @returns {Promise<Answer>}
   */
  async search(query, { exact = false, ...filter } = {}) {
    const { manifest, text } = await this.ready();
    const fits = await this.filter(filter);
    let found = await this.find(query, exact);
    let guess = "";
    if (!exact && found.best <= SOME) {
      const meant = await this.guess(found);
      const other = meant ? await this.find(meant, false) : found;
      if (meant && other.best >= SOME) [found, guess] = [other, meant];
    }
    if (found.best < SOME) found = await this.look(loosen(found.plan, text), found.shards);
    const { count, places } = rank(found.plan, found.entries, found.names, manifest, fits);
    const sought = { worth: worth(found.plan.boosts, found.entries, manifest.documents), wholes: found.plan.wholes, text };
    const meant = [...new Set(found.plan.variants.map((variant) => variant.means).filter(Boolean))];
    return { count, meant, guess, sought, results: this.results(places, sought) };
  }

  /** Read a query and look up its grams. @param {string} query @param {boolean} exact @returns {Promise<Found>} */
  async find(query, exact) {
    const { text } = await this.ready();
    const shards = new Map();
    let found = await this.look(read(query, text, {}), shards);
    if (await this.simplify(found)) found = await this.look(read(query, text, {}), shards);
    if (exact) return found;
    const synonyms = Object.assign({}, ...[...shards.values()].map((shard) => shard.synonyms));
    return Object.keys(synonyms).length ? this.look(read(query, text, synonyms), shards) : found;
  }

  /** Fetch the shards of a plan and see how well its best document fits; -1 when there is none.
   * @param {import("./query.mjs").Plan} plan @param {Map<string, Shard>} shards @returns {Promise<Found>} */
  async look(plan, shards) {
    const { manifest } = await this.ready();
    const missing = [...plan.boosts.keys()].filter((gram) => !shards.has(gram));
    const fetched = await Promise.all(missing.map((gram) => this.store.shard(gram, manifest)));
    missing.forEach((gram, i) => shards.set(gram, fetched[i]));
    const entries = new Map();
    for (const gram of plan.boosts.keys()) {
      const entry = shards.get(gram)?.terms.get(gram);
      if (entry) entries.set(gram, entry);
    }
    const names = [...new Set(shards.values())].flatMap((shard) => shard.names);
    return { plan, shards, entries, names, best: highest(plan, entries, names, manifest) };
  }

  /** @param {Found} found */
  async guess({ plan, entries }) {
    const { manifest, text } = await this.ready();
    const { guess } = await import("./guess.mjs");
    return guess(plan.variants[0].folded, (gram) => entries.has(gram), text, this.store, manifest);
  }

  /**
   * Look up the characters of which no gram is known: they may be traditional. Whether some were.
   * @param {Found} found
   */
  async simplify({ plan, entries }) {
    const { manifest, text } = await this.ready();
    const grams = [...plan.boosts.keys()];
    const known = new Set([...entries.keys()].join(""));
    const strange = [...new Set(grams.join(""))].filter((char) => char > "\u0fff" && !known.has(char));
    const before = text.table.size;
    for (const pairs of await Promise.all(strange.map((char) => this.store.traditional(char, manifest)))) text.learn(pairs);
    return text.table.size > before && strange.some((char) => text.table.has(char));
  }

  /** @param {Filter} filter @returns {Promise<(doc: number) => boolean>} */
  async filter({ kind, section, stage }) {
    if (!kind && !section && !stage) return () => true;
    const { kinds, sections, stages, ...of } = await this.store.attributes();
    const [k, s, t] = [kinds.indexOf(kind), sections.indexOf(section), stages.indexOf(stage)];
    return (doc) =>
      (!kind || of.kind[doc] === k) && (!section || of.section[doc] === s) && (!stage || of.stage[doc].includes(t));
  }

  /** @param {import("./rank.mjs").Place[]} places @param {import("./excerpt.mjs").Sought} sought */
  async *results(places, sought) {
    const { text } = sought;
    let shown = 0;
    const holds = async (/** @type {number} */ doc) => {
      if (shown) ahead(doc);
      return contains(await this.store.page(doc), sought.wholes, text);
    };
    const ahead = (/** @type {number} */ doc) => {
      const at = places.findIndex((place) => place.doc === doc);
      for (const place of places.slice(at, at + AHEAD)) this.store.page(place.doc).catch(() => {});
    };
    for await (const place of order(places, text.rules, holds)) {
      if (shown) ahead(place.doc);
      const page = await this.store.page(place.doc);
      shown++;
      yield { ...page, ...place, ...choose(page, sought) };
    }
  }
}
