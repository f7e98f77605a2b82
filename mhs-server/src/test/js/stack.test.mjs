import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agoMarks, lonePoints, roundTop } from '../../main/resources/web/js/format.js';
import { pastLayers } from '../../main/resources/web/js/past-line.js';
import { busiest, colored, edges, liveLayers, moment, pastFrames, SLOTS } from '../../main/resources/web/js/stack.js';
import { momentWords, timeMarks, timeSpan } from '../../main/resources/web/js/time-marks.js';
import { frame } from './frames.mjs';
import { golden } from './golden.mjs';

process.env.TZ = 'Europe/Berlin';

test('the scale is round and changes seldom, and a point between two gaps is a dot', () => {
  assert.deepEqual([0, 0.2, 1, 1.2, 81.2, 100, 940, 9412].map(roundTop), [1, 1, 1, 1.5, 100, 150, 1000, 10_000]);
  assert.deepEqual(lonePoints([1, null, 2, 3, null, 4]), [0, 5]);
});

test('who moved the most comes first, and who moved nothing does not come', () => {
  const frames = [frame(0, { a: [1, 0], b: [5, 9], c: [null, null], d: [0, 0] }), frame(2, { a: [12, 0], b: [5, null] })];
  assert.deepEqual(busiest(frames, []), ['b', 'a']);
  assert.deepEqual(busiest(frames, [], 1), ['b']);
});

test('a layer keeps its place until another device clearly moves more', () => {
  const at = (a, b, c) => [frame(0, { a: [a, 0], b: [b, 0], c: [c, 0] })];
  const before = busiest(at(10, 9, 8), [], 2);
  assert.deepEqual(before, ['a', 'b']);
  assert.equal(busiest(at(9, 10, 11), before, 2), before);
  assert.deepEqual(busiest(at(9, 10, 13), before, 2), ['c', 'b']);
  assert.equal(busiest(at(9, 18, 0), before, 2), before);
  assert.deepEqual(busiest(at(9, 19, 0), before, 2), ['b', 'a'], 'who has become the busiest by far comes first');
});

test('colours stay with their devices, and no two that are shown have the same', () => {
  const first = colored(['a', 'b', 'c'], new Map());
  assert.equal(new Set(['a', 'b', 'c'].map((key) => first.get(key))).size, 3);
  const second = colored(['x', 'c', 'y', 'z', 'a'], first);
  assert.equal(second.get('c'), first.get('c'));
  assert.equal(second.get('a'), first.get('a'));
  assert.equal(new Set(['x', 'c', 'y', 'z', 'a'].map((key) => second.get(key))).size, 5);
  for (const slot of second.values()) assert.ok(slot >= 0 && slot < SLOTS);
  assert.equal(colored(['b'], second).get('b'), first.get('b'), 'who returns has the old one');
  assert.deepEqual(colored(['a', 'b', 'c'], new Map()), first, 'tomorrow too');
});

test('layers add up to the line: devices, others, and what nobody is known to have moved', () => {
  assert.deepEqual(moment(100, 70, [40, 20, null]), [40, 20, 0, 10, 30]);
  assert.deepEqual(moment(60, 70, [40, 20]), [40, 20, 10, 0], 'devices that moved more than the line');
  assert.deepEqual(moment(null, 70, [40, 20]), [40, 20, 10, null], 'a line that is not measured');
  assert.deepEqual(moment(50, null, [undefined]), [0, 0, 50]);
  assert.deepEqual(moment(null, null, [null]), [null, null, null]);
});

test('for any figures the layers are never negative and their sum is the line', () => {
  let seed = 20_260_101;
  const random = () => (seed = (seed * 48_271) % 0x7fffffff) / 0x7fffffff;
  for (let i = 0; i < 2000; i += 1) {
    const parts = Array.from({ length: 5 }, () => (random() < 0.2 ? null : random() * 1e8));
    const own = parts.reduce((sum, part) => sum + (part ?? 0), 0);
    const all = own + random() * 1e7;
    const line = all * (1 + random());
    const layers = moment(line, all, parts);
    assert.ok(layers.every((layer) => layer >= 0), `seed 20260101, case ${i}`);
    assert.ok(Math.abs(layers.reduce((a, b) => a + b) - line) < 1, `seed 20260101, case ${i}`);
  }
});

test('a missing push is a gap in all layers, a late one is not', () => {
  const layers = liveLayers([frame(100, { a: [1, 2] }, 4, 5), frame(102.4, { a: [1, 2] }, 4, 5), frame(110, { b: [1, 1] }, 4, 5)], ['a'], 2);
  assert.deepEqual(layers.ts, [100, 102.4, 104.4, 110]);
  assert.deepEqual(layers.parts[0], [[1, 0, 3], [1, 0, 3], [null, null, null], [0, 1, 3]]);
  assert.deepEqual(layers.line[1], [5, 5, null, 5]);
});

test('a moment in which the line was not measured is a gap, and a line that never is leaves the devices', () => {
  const layers = liveLayers([frame(100, { a: [1, 2] }, 4, 5), frame(102, { a: [1, 2] })], ['a'], 2);
  assert.deepEqual(layers.parts[0], [[1, 0, 3], [null, null, null]]);
  assert.deepEqual(liveLayers([frame(102, { a: [1, 2] })], ['a'], 2).parts[1], [[2, 0, null]]);
});

test('edges lie on each other in Mbit/s and a gap stays a gap', () => {
  assert.deepEqual(edges([[1e6, 2e6, 0], [null, null, null], [1e6, 1e6, null]], 3), [[1, null, 1], [3, null, 2], [3, null, 2]]);
});

test('the past in layers adds up to its line, and a step without figures is a gap', () => {
  const shares = golden('shares');
  const layers = pastLayers(shares);
  assert.equal(layers.ts.length, shares.ts.length + 1);
  const gap = layers.parts[0].findIndex((parts) => parts.every((part) => part === null));
  assert.ok(gap > 0);
  layers.parts[0].forEach((parts, i) => {
    if (i !== gap) assert.ok(Math.abs(parts.reduce((a, b) => a + (b ?? 0), 0) - layers.line[0][i]) <= 3);
  });
});

test('the past becomes pushes with the share of those that are not named', () => {
  const shares = golden('shares');
  const frames = pastFrames(shares, 2);
  assert.equal(frames.length, shares.ts.length * 15);
  assert.equal(frames[0].ts, shares.ts[0] + 2);
  const { parts } = liveLayers(frames.slice(0, 1), [shares.devices[0].key], 2);
  const others = shares.devices.slice(1).reduce((sum, d) => sum + d.download_bps[0], shares.others.download_bps[0]);
  assert.equal(parts[0][0][0], shares.devices[0].download_bps[0]);
  assert.equal(parts[0][0][1], others);
});

test('marks stand at round times of the clock on the wall', () => {
  const noon = Date.parse('2026-06-01T12:00:00+02:00') / 1000;
  assert.deepEqual(timeMarks(noon - 3600, noon, 7).map((mark) => mark.label), ['11:00', '11:10', '11:20', '11:30', '11:40', '11:50', '12:00']);
  assert.deepEqual(timeMarks(noon - 86_400, noon, 7).map((mark) => mark.label), ['12:00', '18:00', '1 Jun', '06:00', '12:00']);
  assert.deepEqual(timeMarks(noon - 7 * 86_400, noon, 7).map((mark) => mark.label), ['26 May', '27 May', '28 May', '29 May', '30 May', '31 May', '1 Jun']);
  assert.deepEqual(timeMarks(noon, noon + 20, 4).map((mark) => mark.label), ['12:00:00', '12:00:05', '12:00:10', '12:00:15', '12:00:20']);
  const changed = Date.parse('2026-10-25T12:00:00+01:00') / 1000; // that day had 25 hours
  const marks = timeMarks(changed - 2 * 86_400, changed, 4);
  assert.deepEqual(marks.map((mark) => mark.label), ['24 Oct', '12:00', '25 Oct', '12:00']);
  assert.equal(marks[3].at - marks[2].at, 13 * 3600);
});

test('the last minutes are counted back from now', () => {
  assert.deepEqual(agoMarks(1000, 120).map((mark) => mark.label), ['2 min', '90 s', '60 s', '30 s', 'now']);
  assert.deepEqual(agoMarks(1000, 120).map((mark) => mark.at), [880, 910, 940, 970, 1000]);
});

test('a stretch of time and a moment are told as exactly as they are known', () => {
  const noon = Date.parse('2026-06-01T12:00:00+02:00') / 1000;
  assert.equal(timeSpan(noon, noon + 1800), '12:00 – 12:30');
  assert.equal(timeSpan(noon - 86_400, noon), '31 May 12:00 – 1 Jun 12:00');
  assert.equal(momentWords(noon, 2), '12:00:00');
  assert.equal(momentWords(noon, 60), '12:00');
  assert.equal(momentWords(noon, 1800), '1 Jun 12:00');
});
