// The only maker of nodes. Texts come from the network, hence from strangers: they become text
// nodes and attribute values, never markup.

const SVG_TAGS = new Set(['svg', 'g', 'path', 'rect', 'circle', 'line']);
const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
// Attributes in which a text would run or load something.
const FORBIDDEN = /^(on.+|style|src|srcdoc|href|xlink:href|action|formaction)$/i;
// Where a link may lead all the same: to a place on this page, to what the server tells, or to a style sheet of ours.
const OWN_PLACE = /^(#|api\/|css\/)[^\s\\]*$/;

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on` holds listeners; null and false leave an attribute out
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function el(tag, attributes = {}, ...children) {
  const node = SVG_TAGS.has(tag)
    ? document.createElementNS(SVG_NAMESPACE, tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    } else {
      setAttribute(node, name, value);
    }
  }
  fill(node, ...children.flat());
  return node;
}

/**
 * Sets an attribute if it changed; null and false remove it, true sets it empty.
 * @param {Element} node @param {string} name @param {string | number | boolean | null | undefined} value
 */
export function setAttribute(node, name, value) {
  if (FORBIDDEN.test(name) && !(name === 'href' && OWN_PLACE.test(String(value)))) {
    throw new Error(`attribute ${name} is not to be set`);
  }
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

/** Makes a text the only content of a node, and touches nothing if it is already. @param {Element} node @param {string} text */
export function write(node, text) {
  const first = /** @type {Text | null} */ (node.firstChild);
  if (first === null) node.append(text);
  else if (first.data !== text) first.data = text;
}

/** Makes these the only children; what is null, false or empty is left out. @param {Element} node @param {...Child} children */
export function fill(node, ...children) {
  node.replaceChildren(.../** @type {(Node | string)[]} */ (children.filter(Boolean)));
}

/**
 * Brings the children of a node into an order and moves none that already stands before its
 * successor; what is not in the list is removed.
 * @param {Element} parent @param {readonly Element[]} wanted
 */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let next = null;
  for (const node of [...wanted].reverse()) {
    if (node.parentNode !== parent || node.nextSibling !== next) parent.insertBefore(node, next);
    next = node;
  }
}

export const READ_BY_KEYS = 'Arrow keys read moments';
/** How a setting is made, in a clone and as a service. */
export const SET = 'in .env (of a service: /etc/mhs/mhs.env) and restart MHS';

/** What makes a chart one that is read by keyboard. @param {string} label @param {string} sum the id of what it adds up to, in words */
export const slider = (label, sum) => ({ role: 'slider', tabindex: 0, 'aria-label': label, 'aria-describedby': sum, 'aria-valuenow': 0, 'aria-valuetext': READ_BY_KEYS });

/** @type {Map<string, Promise<void>>} */
const styles = new Map();

/** Applies one more of our style sheets; once is enough. @param {string} address @returns {Promise<void>} when it is there */
export function styled(address) {
  const before = styles.get(address);
  if (before) return before;
  const loading = new Promise((done, failed) => {
    const sheet = el('link', { rel: 'stylesheet', href: address, on: { load: () => done(undefined), error: () => failed(new Error(address)) } });
    document.head.append(sheet);
  });
  styles.set(address, loading);
  loading.catch(() => styles.delete(address));
  return loading;
}
