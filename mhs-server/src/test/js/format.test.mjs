import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactDuration } from '../../main/resources/web/js/panels/visits.js';
import * as format from '../../main/resources/web/js/format.js';
import { linkSpeed } from '../../main/resources/web/js/panels/ports.js';

test('a rate is always told in Mbit/s with two decimals', () => {
  assert.equal(format.megabits(81_234_567), '81.23');
  assert.equal(format.megabits(500_000), '0.50');
  assert.equal(format.megabits(941_000_000), '941.00');
  assert.equal(format.megabits(0), '0.00');
});

test('a trace of traffic is not shown as none', () => {
  assert.equal(format.megabits(1), '<0.01');
  assert.equal(format.megabits(9_999), '<0.01');
  assert.equal(format.megabits(10_000), '0.01');
});

test('what was not measured is a dash and never a zero', () => {
  for (const value of [null, undefined, NaN, -1, Infinity, '12']) {
    assert.equal(format.megabits(value), '–');
    assert.equal(format.byteCount(value), '–');
    assert.equal(format.duration(value), '–');
  }
});

test('a rate never takes more than seven characters up to 10 Tbit/s', () => {
  for (let bps = 0.5; bps < 1e13; bps *= 1.37) {
    const text = format.megabits(bps);
    assert.ok(text.length <= 8 && !text.includes('e'), `${bps}: ${text}`);
    if (bps < 9.9e9) assert.ok(text.length <= 7, `${bps}: ${text}`);
  }
});

test('decimals leave only where the line is faster than 10 Gbit/s', () => {
  assert.equal(format.megabits(9_999_990_000), '9999.99');
  assert.equal(format.megabits(9_999_996_000), '10000');
});

test('the weight of a rate tells a gap from quiet and quiet from busy', () => {
  assert.deepEqual([null, 0, 9_999, 10_000].map(format.weightOf), ['gap', 'quiet', 'quiet', 'busy']);
});

test('a link speed is named as the trade names it', () => {
  assert.equal(linkSpeed(1e9), '1 Gbit/s');
  assert.equal(linkSpeed(2.5e9), '2.5 Gbit/s');
  assert.equal(linkSpeed(1e8), '100 Mbit/s');
  assert.equal(linkSpeed(1e10, true), '10G');
  assert.equal(linkSpeed(1e7, true), '10M');
  assert.equal(linkSpeed(null), '–');
  assert.equal(linkSpeed(null, true), '');
});

test('bytes are decimal and keep three digits', () => {
  assert.equal(format.byteCount(0), '0 B');
  assert.equal(format.byteCount(999), '999 B');
  assert.equal(format.byteCount(1000), '1.00 kB');
  assert.equal(format.byteCount(5_231_234), '5.23 MB');
  assert.equal(format.byteCount(999_999), '1.00 MB');
  assert.equal(format.byteCount(123e12), '123 TB');
});

test('an age is told in its largest unit and does not flicker', () => {
  assert.equal(format.ago(100, 101), 'now');
  assert.equal(format.ago(100, 99), 'now');
  assert.equal(format.ago(100, 119), '10 s ago');
  assert.equal(format.ago(100, 100 + 3 * 60), '3 min ago');
  assert.equal(format.ago(100, 100 + 5 * 3600), '5 h ago');
  assert.equal(format.ago(100, 100 + 9 * 86_400), '9 d ago');
  assert.equal(format.ago(null, 100), 'never');
});

test('a duration below a second is told in milliseconds', () => {
  assert.equal(format.duration(0.043), '43 ms');
  assert.equal(format.duration(12), '12 s');
});

test('an exact duration has its two largest parts', () => {
  assert.equal(exactDuration(62), '1 min 2 s');
  assert.equal(exactDuration(7), '7 s');
  assert.equal(exactDuration(3600), '1 h');
  assert.equal(exactDuration(0.2), '0 s');
  assert.equal(exactDuration(null), '–');
});

test('a share is told in whole per cent', () => {
  assert.equal(format.percent(0.973), '97 %');
  assert.equal(format.percent(null), '–');
});
