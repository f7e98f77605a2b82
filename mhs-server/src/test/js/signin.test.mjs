import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, mock, test } from 'node:test';

const SCRIPT = readFileSync(new URL('../../main/resources/web/js/signin.js', import.meta.url), 'utf8');

let loads = 0;
let page;
let answers;
let asked;
let replaced;

/** Loads the page's script anew; what it asks first is who is signed in. */
async function load(who = { needed: true, user: null }) {
  answers.unshift(reply(200, who));
  await import(`data:text/javascript,${encodeURIComponent(SCRIPT)}//${loads++}`); // a module runs once
  await settled();
}

const reply = (status, body, headers = {}) => ({
  ok: status < 300,
  status,
  headers: { get: (name) => headers[name] ?? null },
  json: async () => (body === undefined ? Promise.reject(new SyntaxError('no JSON')) : body),
});
const settled = () => new Promise((done) => setImmediate(done));

beforeEach(() => {
  mock.timers.reset();
  answers = [];
  asked = [];
  replaced = [];
  const input = (value) => ({ value, focused: 0, selected: 0, focus() { this.focused++; }, select() { this.selected++; } });
  page = {
    button: { disabled: false },
    problem: { words: '', replaceChildren(words) { this.words = words; } },
    fields: { user: input('admin'), pass: input('geheim "ä"') },
    submit: null,
  };
  globalThis.document = {
    baseURI: 'http://pi:8000/mhs/signin.html',
    querySelector: () => ({
      querySelector: () => page.button,
      elements: { namedItem: (name) => page.fields[name] },
      addEventListener: (type, listener) => (page[type] = listener),
    }),
    getElementById: () => page.problem,
  };
  globalThis.location = { hash: '#device', replace: (url) => replaced.push(String(url)) };
  globalThis.fetch = async (url, options) => {
    asked.push({ url, ...options });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
});

async function submit() {
  let prevented = false;
  page.submit({ preventDefault: () => (prevented = true) });
  await settled();
  assert.ok(prevented, 'the browser itself must not send the form: the password would be in the address');
}

test('the right password leads to the page that was wanted, under any path', async () => {
  await load();
  assert.equal(page.fields.user.focused, 1);
  answers.push(reply(200, {}));
  await submit();
  assert.equal(asked[1].url, 'api/session');
  assert.equal(asked[1].method, 'POST');
  assert.deepEqual(JSON.parse(asked[1].body), { user: 'admin', pass: 'geheim "ä"' });
  assert.deepEqual(asked[1].headers, { 'X-Requested-With': 'fetch' });
  assert.deepEqual(replaced, ['http://pi:8000/mhs/#device']);
});

test('a wrong one is told in the server\'s words, and may be typed again at once', async () => {
  await load();
  answers.push(reply(401, { detail: 'User or password is wrong.' }));
  await submit();
  assert.equal(page.problem.words, 'User or password is wrong.');
  assert.equal(page.button.disabled, false);
  assert.equal(page.fields.pass.selected, 1);
  assert.deepEqual(replaced, []);
});

test('an answer that is no JSON is told by its number', async () => {
  await load();
  answers.push(reply(502, undefined));
  await submit();
  assert.equal(page.problem.words, 'The server answered 502.');
});

test('a server that does not answer is told so, and may be tried again', async () => {
  await load();
  answers.push(new TypeError('failed to fetch'));
  await submit();
  assert.equal(page.problem.words, 'The server does not answer.');
  assert.equal(page.button.disabled, false);
});

test('after too many wrong ones it counts down and tries again by itself', async () => {
  await load();
  mock.timers.enable({ apis: ['setTimeout'] });
  answers.push(reply(429, {}, { 'Retry-After': '2' }), reply(200, {}));
  await submit();
  assert.equal(page.problem.words, 'Too many wrong passwords lately. Trying again in 2 s …');
  assert.equal(page.button.disabled, true);
  mock.timers.tick(1000);
  assert.equal(page.problem.words, 'Too many wrong passwords lately. Trying again in 1 s …');
  mock.timers.tick(1000);
  await settled();
  assert.equal(asked.length, 3);
  assert.deepEqual(replaced, ['http://pi:8000/mhs/#device']);
});

test('who is signed in already, or need not be, is led in at once', async () => {
  await load({ needed: true, user: 'admin' });
  assert.deepEqual(replaced, ['http://pi:8000/mhs/#device']);
  await load({ needed: false, user: null });
  assert.equal(replaced.length, 2);
  await load({ needed: true, user: null });
  assert.equal(replaced.length, 2);
});
