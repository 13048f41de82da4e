// One search from the typed words to ordered results; knows no DOM. Only the parts of the index that a
// query needs are fetched, and the query itself is never sent anywhere.

import { choose, contains } from "./excerpt.mjs";
import { loosen, read } from "./query.mjs";
import { ALL, MEANT, SOME, order, rank, worth } from "./rank.mjs";
import { Store } from "./store.mjs";
import { Text } from "./text.mjs";

const AHEAD = 6;

/**
 * @typedef {import("./store.mjs").Page & {doc: number, tier: number, score: number,
 *   anchor: string, heading: string, excerpt: string}} Result
 * @typedef {{count: number, meant: string[], guess: string, others: () => Promise<string[]>, sought: import("./excerpt.mjs").Sought,
 *   results: AsyncGenerator<Result>}} Answer `others` are words to offer, worked out when asked for
 * @typedef {import("./store.mjs").Shard} Shard
 * @typedef {{plan: import("./query.mjs").Plan, shards: Map<string, Shard>, names: [number, number][],
 *   entries: Map<string, import("./store.mjs").Entry>, ranked: import("./rank.mjs").Ranked}} Found
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
    let others = async () => /** @type {string[]} */ ([]);
    if (!exact && perhapsMeant(found)) {
      ({ chosen: guess, others } = await (await import("./meaning.mjs")).meant(this, found));
      if (guess) found = await this.find(guess, false);
    }
    if (found.ranked.best < SOME) found = await this.look(loosen(found.plan, text), found.shards);
    const ranked = fits ? rank(found.plan, found.entries, found.names, manifest, fits) : found.ranked;
    const sought = { worth: worth(found.plan.boosts, found.entries, manifest.documents), wholes: found.plan.wholes, text };
    const meant = [...new Set(found.plan.variants.map((variant) => variant.means).filter(Boolean))];
    return { count: ranked.count, meant, guess, others, sought, results: this.results(ranked, sought) };
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

  /** Fetch the shards of a plan; what they hold is ranked when it is asked for.
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
    /** @type {import("./rank.mjs").Ranked | undefined} */
    let ranked;
    return { plan, shards, entries, names, get ranked() { return (ranked ??= rank(plan, entries, names, manifest)); } };
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

  /** @param {Filter} filter @returns {Promise<((doc: number) => boolean) | undefined>} */
  async filter({ kind, section, stage }) {
    if (!kind && !section && !stage) return undefined;
    const { kinds, sections, stages, ...of } = await this.store.attributes();
    const [k, s, t] = [kinds.indexOf(kind), sections.indexOf(section), stages.indexOf(stage)];
    return (doc) =>
      (!kind || of.kind[doc] === k) && (!section || of.section[doc] === s) && (!stage || of.stage[doc].includes(t));
  }

  /** @param {import("./rank.mjs").Ranked} ranked @param {import("./excerpt.mjs").Sought} sought */
  async *results(ranked, sought) {
    const { text } = sought;
    let shown = 0;
    /** Fetch some pages before they are asked for, once one is shown.
     * @param {import("./rank.mjs").Place[]} list @param {number} doc */
    const ahead = (list, doc) => {
      const at = shown ? list.findIndex((place) => place.doc === doc) : -1;
      if (at >= 0) for (const place of list.slice(at, at + AHEAD)) this.store.page(place.doc).catch(() => {});
    };
    const holds = async (/** @type {number} */ doc, /** @type {boolean} */ beside) => {
      ahead(ranked.perhaps, doc);
      return contains(await this.store.page(doc), sought.wholes, text, beside);
    };
    for await (const place of order(ranked, text.rules, holds)) {
      ahead(ranked.places, place.doc);
      const page = await this.store.page(place.doc);
      shown++;
      yield { ...page, ...place, ...choose(page, sought) };
    }
  }
}

/** Whether what was written may be a guess's matter: no page holds all of it together, and some of it is
 * strange to the index, or letters, which stand scattered in any page. @param {Found} found */
function perhapsMeant({ plan, entries, ranked: { best } }) {
  if (best > ALL || best === MEANT) return false;
  return entries.size < plan.boosts.size || /[a-z]{2}/.test(plan.variants[0].folded);
}
