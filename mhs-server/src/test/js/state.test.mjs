import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateIn } from '../../main/resources/web/js/frames.js';
import * as state from '../../main/resources/web/js/state.js';
import { golden } from './golden.mjs';

/** What one device moved in a push, down and up. */
const ratesIn = (frame, key) => [0, 1].map((direction) => rateIn(frame, key, direction));
const message = (message, at) => ({ type: 'message', message, at });

/** The state after pushes at these server times, each heard a millisecond scale later. */
function after(...times) {
  return times.reduce(
    (s, ts) => state.reduce(s, message({ ...golden('update'), ts }, ts * 1000)),
    state.initialState(0),
  );
}

test('an event makes a new state and leaves the old one alone', () => {
  const before = state.initialState(0);
  const copy = structuredClone(before);
  const next = state.reduce(before, message(golden('update'), 5));
  assert.deepEqual(before, copy);
  assert.equal(next.receivedAt, 5);
  assert.equal(next.update.seq, 17);
});

test('what is not an update is no data and does not look fresh', () => {
  const before = after(100);
  for (const junk of [null, 1, 'x', [], {}, { type: 'update' }, { type: 'update', ts: 'x', devices: [] }, { type: 'later' }]) {
    assert.equal(state.reduce(before, message(junk, 999_999)), before);
  }
});

test('an event of an unknown type changes nothing', () => {
  const before = state.initialState(0);
  assert.equal(state.reduce(before, { type: 'no such event' }), before);
});

test('figures are stale after six seconds of silence, not before', () => {
  const s = after(100);
  assert.deepEqual(state.freshness(s, 100_000), { phase: 'live', seconds: 0 });
  assert.equal(state.freshness(s, 105_999).phase, 'live');
  assert.deepEqual(state.freshness(s, 106_000), { phase: 'stale', seconds: 6 });
  assert.equal(state.notice(s, 105_000), null);
  assert.equal(state.notice(s, 112_400).headline, 'No data for 12 s');
});

test('a message makes all fresh again', () => {
  const s = after(100, 140);
  assert.equal(state.freshness(s, 140_500).phase, 'live');
  assert.equal(state.notice(s, 140_500), null);
});

test('before the first message the page waits, and says so when it takes long', () => {
  const s = state.initialState(1000);
  assert.equal(state.freshness(s, 3000).phase, 'waiting');
  assert.equal(state.freshness(s, 8000).phase, 'stale');
  assert.equal(state.notice(s, 8000).detail, 'Connecting …');
});

test('the notice says when the next attempt is and how many have failed', () => {
  const link = { phase: 'waiting', attempt: 3, retryAt: 115_000 };
  const s = state.reduce(after(100), { type: 'link', link });
  assert.deepEqual(state.notice(s, 112_400), {
    headline: 'No data for 12 s',
    detail: 'Not connected. Next attempt in 3 s (3 attempts so far).',
    canRetry: true,
  });
});

test('the notice tells a silent server from a lost connection', () => {
  const s = state.reduce(after(100), { type: 'link', link: { phase: 'live', attempt: 0, retryAt: null } });
  assert.match(state.notice(s, 110_000).detail, /connected but sends nothing/);
});

test('a browser clock that is set back does not make a negative age', () => {
  assert.equal(state.freshness(after(100), 50_000).seconds, 0);
});

test('ages are told by the clock of the server', () => {
  const s = state.reduce(state.initialState(0), message({ ...golden('update'), ts: 5000 }, 1000));
  assert.equal(state.serverTime(s, 4000), 5003);
});

test('frames reach back two minutes and not further', () => {
  const times = Array.from({ length: 500 }, (_, i) => 1000 + 2 * i);
  const { frames } = after(...times);
  assert.equal(frames.at(-1).ts, 1998);
  assert.ok(frames[0].ts >= 1998 - 125 && frames[0].ts <= 1998 - 120);
  assert.ok(frames.length <= 64);
});

test('a push heard twice is one frame, and a clock set back drops what would come after it', () => {
  assert.deepEqual(after(100, 102, 102).frames.map((f) => f.ts), [100, 102]);
  assert.deepEqual(after(100, 102, 104, 101).frames.map((f) => f.ts), [100, 101]);
});

test('what was before the first push comes before it, as far as the window reaches', () => {
  const { frames } = after(1000, 1002);
  const before = [860, 990, 998, 999.8, 1001].map((ts) => ({ ...frames[0], ts }));
  const s = state.reduce(after(1000, 1002), { type: 'past', frames: before });
  assert.deepEqual(s.frames.map((f) => f.ts), [990, 998, 1000, 1002]);
});

test('a rate that was not measured stays a gap in the frame', () => {
  const s = after(100);
  assert.deepEqual(ratesIn(s.frames[0], 'a4:83:e7:00:00:12'), [null, null]);
  assert.deepEqual(ratesIn(s.frames[0], '00:11:32:aa:bb:01'), [51_000_000, 1_000_000]);
});

test('a chosen source that is outranked is a fallback, and one that is missing is none', () => {
  const update = golden('update');
  assert.equal(state.standing(update, 'devices').kind, 'chosen');
  update.choices.devices = { source: 'local', reason: 'mikrotik does not answer since 14:02 (refused)' };
  assert.deepEqual(state.standing(update, 'devices'), {
    kind: 'fallback',
    source: 'local',
    reason: 'mikrotik does not answer since 14:02 (refused)',
  });
  assert.equal(state.standing(golden('update-empty'), 'limits').kind, 'none');
  assert.equal(state.standing({ ...update, choices: undefined }, 'devices').kind, 'none');
});

test('a source that has not answered yet is waited for, not missed', () => {
  const update = golden('update-empty');
  update.choices.devices = { source: null, reason: 'local has not answered yet' };
  update.sources[0].state = 'untried';
  assert.equal(state.standing(update, 'devices').kind, 'waiting');
  update.sources[0].state = 'down';
  assert.equal(state.standing(update, 'devices').kind, 'none');
});

test('a failed question about the sources keeps the last answer', () => {
  let s = state.reduce(state.initialState(0), { type: 'sources', answer: golden('sources') });
  s = state.reduce(s, { type: 'sources-failed', detail: 'no' });
  assert.equal(s.sources.sources.length, 2);
  assert.equal(s.sourcesProblem, 'no');
  assert.equal(state.reduce(s, { type: 'sources', answer: golden('sources') }).sourcesProblem, null);
});

test('a view changes only what it names', () => {
  let s = state.reduce(state.initialState(0), { type: 'view', view: { search: 'tv' } });
  s = state.reduce(s, { type: 'view', view: { status: 'online' } });
  assert.deepEqual(s.view, { search: 'tv', status: 'online', sort: state.FIRST_SORT });
});

test('a push interval that makes no sense is two seconds', () => {
  assert.equal(state.pushInterval(null), 2);
  assert.equal(state.pushInterval({ push_interval_seconds: 0 }), 2);
  assert.equal(state.pushInterval({ push_interval_seconds: 5 }), 5);
});

test('a delta that follows is a push like any other', () => {
  const s = state.reduce(after(1790000000.25), message(golden('delta'), 5));
  assert.equal(s.update.type, 'update');
  assert.equal(s.update.seq, 18);
  assert.equal(s.receivedAt, 5);
  assert.equal(s.outOfStep, false);
  assert.deepEqual(ratesIn(s.frames.at(-1), '00:11:32:aa:bb:01'), [42_000_000, 1_000_000]);
});

test('pushes of the same devices share the list of their keys, and who comes is in a new one', () => {
  const s = after(100, 102);
  assert.equal(s.frames[0].keys, s.frames[1].keys);
  const more = golden('update');
  more.devices.push({ ...more.devices[0], key: 'new', download_bps: 7 });
  const { frames } = state.reduce(s, message({ ...more, ts: 104 }, 0));
  assert.notEqual(frames[2].keys, frames[1].keys);
  assert.deepEqual(frames.map((frame) => rateIn(frame, 'new', 0)), [null, null, 7]);
  assert.deepEqual(frames.map((frame) => rateIn(frame, '00:11:32:aa:bb:01', 1)), [1_000_000, 1_000_000, 1_000_000]);
});

test('who the devices are is the same list while only figures change, and another once anything else does', () => {
  const s = after(1790000000.25);
  const next = (more) => state.reduce(s, message({ type: 'delta', seq: 18, ts: 1790000002.25, ...more }, 5));
  const [{ key }] = s.update.devices;
  assert.equal(next({ devices: { [key]: { download_bps: 1, upload_bps: null, rate_source: 'x', last_seen: 2, limit: null, limit_mbps: null } } }).described, s.described);
  assert.equal(next({}).described, s.described);
  for (const more of [{ devices: { [key]: { download_bps: 1, status: 'idle' } } }, { devices: { [key]: { alias: 'x' } } }, { removed: [key] },
    { order: s.update.devices.map((device) => device.key).reverse() }, { devices: { new: { key: 'new' } } }]) {
    const told = next(more);
    assert.notEqual(told.described, s.described);
    assert.equal(told.described, told.update.devices);
  }
});

test('a delta that does not follow changes nothing, looks not fresh, and is told', () => {
  const before = after(100);
  for (const seq of [17, 19, 3]) {
    const s = state.reduce(before, message({ ...golden('delta'), seq }, 999_999));
    assert.deepEqual(s, { ...before, outOfStep: true });
    assert.equal(state.reduce(s, message(golden('update'), 1e6)).outOfStep, false);
  }
  assert.equal(state.reduce(state.initialState(0), message(golden('delta'), 1)).outOfStep, true);
});
