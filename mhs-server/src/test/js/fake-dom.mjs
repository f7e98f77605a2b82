// Just enough of a document to render panels in Node. Text is text here as well: nothing parses markup.

class FakeText {
  constructor(data) {
    this.data = String(data);
    this.parentNode = null;
  }
  get textContent() {
    return this.data;
  }
  remove() {
    this.parentNode?.drop(this);
  }
}

class FakeElement {
  constructor(tag) {
    this.tagName = tag;
    this.attributes = new Map();
    this.childNodes = [];
    this.listeners = new Map();
    this.parentNode = null;
    this.value = '';
    this.classList = { toggle: () => {} };
    this.properties = new Map();
    this.style = { setProperty: (name, value) => this.properties.set(name, String(value)) };
    this.dataset = new Proxy({}, { get: (_, name) => this.getAttribute(`data-${String(name)}`) ?? undefined });
  }
  get firstChild() {
    return this.childNodes[0] ?? null;
  }
  get nextSibling() {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }
  get children() {
    return this.childNodes.filter((node) => node instanceof FakeElement);
  }
  get textContent() {
    return this.childNodes.map((node) => node.textContent).join('');
  }
  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }
  hasAttribute(name) {
    return this.attributes.has(name);
  }
  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }
  removeAttribute(name) {
    this.attributes.delete(name);
  }
  addEventListener(type, listener) {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }
  fire(type, event = {}) {
    for (const listener of this.listeners.get(type) ?? []) listener({ type, target: this, ...event });
  }
  drop(node) {
    this.childNodes = this.childNodes.filter((child) => child !== node);
    node.parentNode = null;
  }
  append(...nodes) {
    for (const node of nodes) this.insertBefore(typeof node === 'string' ? new FakeText(node) : node, null);
  }
  insertBefore(node, next) {
    node.parentNode?.drop(node);
    const at = next === null ? this.childNodes.length : this.childNodes.indexOf(next);
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
  }
  replaceChildren(...nodes) {
    for (const child of [...this.childNodes]) this.drop(child);
    this.append(...nodes);
  }
  remove() {
    this.parentNode?.drop(this);
  }
  /** Tags, classes and attributes, joined by commas; no descendants. */
  matches(selector) {
    return selector.split(',').some((one) => {
      const [, tag, rest] = /^\s*([a-z]*)(.*?)\s*$/.exec(one);
      const classes = (this.getAttribute('class') ?? '').split(' ');
      return (
        (tag === '' || tag === this.tagName) &&
        (rest.match(/\.[\w-]+|\[[\w-]+\]/g) ?? []).every((part) =>
          part[0] === '.' ? classes.includes(part.slice(1)) : this.hasAttribute(part.slice(1, -1)),
        )
      );
    });
  }
  closest(selector) {
    for (let node = this; node !== null; node = node.parentNode) if (node.matches(selector)) return node;
    return null;
  }
  querySelectorAll(selector) {
    return this.all((node) => node.matches(selector));
  }
  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }
  select() {}
  blur() {
    if (document.activeElement === this) document.activeElement = null;
  }
  focus() {
    document.activeElement = this;
  }
  /** All descendants for which the test is true. */
  all(test) {
    return this.children.flatMap((child) => [...(test(child) ? [child] : []), ...child.all(test)]);
  }
  withClass(name) {
    return this.all((node) => (node.getAttribute('class') ?? '').split(' ').includes(name));
  }
}

/** Puts a fresh document in place and returns a root to mount on. */
export function freshDocument() {
  const listeners = new FakeElement('#document');
  globalThis.document = {
    activeElement: null,
    body: new FakeElement('body'),
    head: { append: (sheet) => sheet.fire('load') },
    createElement: (tag) => new FakeElement(tag),
    createElementNS: (_, tag) => new FakeElement(tag),
    addEventListener: (type, listener) => listeners.addEventListener(type, listener),
    dispatchEvent: (event) => listeners.fire(event.type, event),
  };
  globalThis.CustomEvent ??= class extends Event {};
  return new FakeElement('section');
}

/** What can be seen: the text of everything that is not hidden. */
export function seen(node) {
  if (node instanceof FakeText) return node.data;
  return node.hasAttribute('hidden') ? '' : node.childNodes.map(seen).join('');
}
