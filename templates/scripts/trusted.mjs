/**
 * The only two scripts that a script of ours may name at run time, for browsers that ask (Trusted
 * Types): the worker and the glossary's terms. The security policy names this policy, no other.
 */

const OURS = /\/(?:sw|glossary\/terms)\.js$/;

/** @type {{createScriptURL(address: string): any} | undefined} */
let policy;

/**
 * The address in the form in which the browser takes it; throws where it is not one of ours.
 * @param {URL} address @returns {any}
 */
export function trusted(address) {
  const factory = /** @type {any} */ (globalThis).trustedTypes;
  // Made at the first use: a download's pages may hold this twice, and a name is given once.
  policy ??= factory?.createPolicy("overdue-guide", { createScriptURL: ours });
  return policy ? policy.createScriptURL(address.href) : ours(address.href);
}

/** @param {string} address */
function ours(address) {
  const { origin, pathname } = new URL(address);
  if (origin !== location.origin || !OURS.test(pathname)) throw new TypeError(`not ours: ${address}`);
  return address;
}
