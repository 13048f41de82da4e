/** The calculators' own answers to the cases of vectors.json, in the words that those use. */

/** @param {string} text */
const fraction = (text) => {
  const [over, of = "1"] = text.split("/");
  return { over: BigInt(over), of: BigInt(of) };
};

/** @param {string} folder Where the modules are. @param {any} vectors */
export async function answers(folder, vectors) {
  const [exact, penalty, annual, plan, limitation] = await Promise.all(
    ["exact", "penalty", "annual", "plan", "limitation"].map((name) => import(`${folder}${name}.mjs`)),
  );
  const money = exact.money;
  const plain = (/** @type {bigint} */ amount) => exact.yuan(amount).replaceAll(",", "");
  const limit = { over: 24n, of: 100n };
  const ways = {
    penalty(/** @type {any} */ given) {
      const asked = { ...given, principal: money(given.principal), rate: fraction(given.rate), fees: money(given.fees) };
      const found = penalty.penalty(asked);
      const beside = penalty.against(asked.principal, found.days, found.claimed, limit);
      return {
        days: found.days,
        interest: plain(found.interest),
        claimed: plain(found.claimed),
        total: plain(found.total),
        limit: plain(beside.limit),
        above: plain(beside.above),
        rows: found.rows.map((/** @type {any} */ row) => [row.to, row.days, plain(row.base), plain(row.interest), plain(row.sum)]),
      };
    },
    annual(/** @type {any} */ given) {
      const found = annual.annual({
        ...given,
        received: money(given.received),
        upfront: money(given.upfront),
        payment: money(given.payment),
        fee: money(given.fee),
        last: given.last ? money(given.last) : null,
      });
      return {
        net: plain(found.net),
        paid: plain(found.paid),
        cost: plain(found.cost),
        simple: found.simple && exact.shown(found.simple).replaceAll(",", ""),
        compound: found.compound && exact.shown(found.compound).replaceAll(",", ""),
        court: found.beside(limit),
      };
    },
    plan(/** @type {any} */ given) {
      const asked = { ...given, debt: money(given.debt), rate: exact.percent(given.rate), fee: money(given.fee) };
      const found = plan.plan(asked);
      const rows = found.rows.map((/** @type {any} */ row) => [row.payment, row.interest, row.principal, row.left].map(plain));
      return {
        first: rows[0][0],
        last: rows.at(-1)[0],
        most: plain(found.most),
        total: plain(found.total),
        cost: plain(found.cost),
        rows: rows.length <= 6 ? rows : [],
        shortest: given.spare ? plan.shortest(asked, money(given.spare), 120) : null,
      };
    },
    limitation(/** @type {any} */ given) {
      const events = given.events.map((/** @type {string[]} */ [day, kind, ended]) => ({ day, kind, ended }));
      const { end, counted, steps } = limitation.limitation(given.due, events);
      return { end, counted, effects: steps.map((/** @type {any} */ step) => step.effect) };
    },
  };
  return Object.entries(vectors).flatMap(([name, cases]) =>
    cases.map((/** @type {any} */ { title, given }) => [`${name}: ${title}`, ways[/** @type {keyof ways} */ (name)](given)]),
  );
}
