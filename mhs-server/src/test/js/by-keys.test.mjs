import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readByKeys } from '../../main/resources/web/js/by-keys.js';
import { el } from '../../main/resources/web/js/dom.js';
import { readingWords } from '../../main/resources/web/js/format.js';
import { freshDocument } from './fake-dom.mjs';

/** A chart of moments that notes which of them are pointed at. */
function chartOf(ts) {
  freshDocument();
  const host = el('div');
  const pointed = [];
  let moments = ts;
  const moved = readByKeys(host, { moments: () => moments, point: (index) => pointed.push(index) });
  return {
    host, pointed,
    press(key) {
      let taken = false;
      host.fire('keydown', { key, preventDefault: () => (taken = true) });
      return taken;
    },
    pass(next) {
      moments = next;
      moved();
    },
  };
}

test('the arrow keys read a chart from moment to moment, from the newest back, and stay within it', () => {
  const { host, pointed, press } = chartOf([10, 12, 14, 16]);
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowRight', 'ArrowRight', 'Home', 'ArrowDown', 'ArrowUp', 'End', 'PageDown']) assert.ok(press(key), key);
  assert.deepEqual(pointed, [3, 2, 3, 3, 0, 0, 1, 3, 0]);
  assert.deepEqual([host.getAttribute('aria-valuenow'), host.getAttribute('aria-valuemax')], ['0', '3']);
  assert.ok(!press('Tab') && !press('Escape'), 'other keys do what they always do');
});

test('what is read stays the same moment while time goes on, until it has left the chart', () => {
  const { pointed, press, pass, host } = chartOf([10, 12, 14]);
  pass([10, 12, 14]);
  assert.deepEqual(pointed, [], 'nothing is read before a key is pressed');
  press('ArrowLeft');
  press('ArrowLeft');
  pass([12, 14, 16]);
  pass([20, 22]);
  pass([]);
  assert.deepEqual(pointed, [2, 1, 0, 0]);
  host.fire('blur');
  pass([20, 22]);
  assert.deepEqual(pointed.slice(4), [null], 'who leaves reads nothing any more');
});

test('a chart without moments is not read', () => {
  const { pointed, press } = chartOf([]);
  assert.ok(!press('ArrowLeft'));
  assert.deepEqual(pointed, []);
});

test('a moment is told in words, and a gap as one', () => {
  assert.equal(readingWords('14:02', 81_234_567, 0), '14:02: down 81.23, up 0.00 Mbit/s');
  assert.equal(readingWords('14:02', null, 5e6), '14:02: down –, up 5.00 Mbit/s');
  assert.equal(readingWords('14:02', null, null), '14:02: not measured');
});
