import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { el } from '../../main/resources/web/js/dom.js';
import { mountDoor, openTo } from '../../main/resources/web/js/panels/door.js';
import { initialState, reduce } from '../../main/resources/web/js/state.js';
import { freshDocument, seen } from './fake-dom.mjs';
import { golden } from './golden.mjs';

const AT = 1_790_000_000_250;
const OPEN = { needed: false, user: null };
const LOCKED = { needed: true, user: null };

let root;
let bar;
let signedOut;
let kept;
beforeEach(() => {
  root = freshDocument();
  bar = el('div');
  signedOut = 0;
  kept = new Map();
  globalThis.localStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
});

const mount = () => mountDoor(root, bar, { signOut: () => signedOut++ });
const state = (update) => reduce(initialState(AT), { type: 'message', message: update, at: AT });
const limited = () => ({ ...golden('update'), choices: { limits: { source: 'mikrotik', reason: '' } } });
const unlimited = () => ({ ...golden('update'), choices: {} });
const dismiss = () => root.all((node) => node.tagName === 'button')[0].fire('click');

test('without a password the page says what anybody can do, and how to set one', () => {
  const door = mount();
  door.show(OPEN);
  door.render(state(limited()));
  assert.match(seen(root), /^Anybody on this network can read this page and change limits\. To ask for a password, set DASHBOARD_USER and DASHBOARD_PASS in \.env/);
  assert.equal(root.hasAttribute('hidden'), false);
});

test('where nothing can be limited it does not say so', () => {
  assert.equal(openTo(null), 'read this page');
  assert.equal(openTo(unlimited()), 'read this page');
  assert.equal(openTo(limited()), 'read this page and change limits');
});

test('behind a password it says nothing', () => {
  const door = mount();
  door.render(state(limited()));
  door.show(LOCKED);
  door.render(state(limited()));
  assert.equal(seen(root), '');
});

test('who has dismissed it does not see it again, nor after a reload, until more can be done', () => {
  const first = mount();
  first.show(OPEN);
  first.render(state(unlimited()));
  dismiss();
  assert.equal(root.hasAttribute('hidden'), true);

  root = freshDocument();
  const again = mount();
  again.show(OPEN);
  again.render(state(unlimited()));
  assert.equal(root.hasAttribute('hidden'), true);
  again.render(state(limited()));
  assert.equal(root.hasAttribute('hidden'), false);
});

test('a browser that forbids storage shows it and lets it be dismissed all the same', () => {
  const forbid = () => {
    throw new Error('SecurityError');
  };
  globalThis.localStorage = { getItem: forbid, setItem: forbid };
  const door = mount();
  door.show(OPEN);
  door.render(state(limited()));
  assert.equal(root.hasAttribute('hidden'), false);
  dismiss();
  assert.equal(root.hasAttribute('hidden'), true);
});

test('who has signed in finds the way out, with the name as text', () => {
  const door = mount();
  door.show({ needed: true, user: '<b>admin</b>' });
  const button = bar.all((node) => node.tagName === 'button')[0];
  assert.equal(button.textContent, 'Sign out');
  assert.equal(button.getAttribute('title'), 'Signed in as <b>admin</b>');
  button.fire('click');
  assert.equal(signedOut, 1);
});
