import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { asAnswered, changeId, changesAfter, withChange } from '../../main/resources/web/js/changes.js';
import { movedByKey } from '../../main/resources/web/js/api.js';
import { commands } from '../../main/resources/web/js/commands.js';
import * as choices from '../../main/resources/web/js/limit-choices.js';
import * as limits from '../../main/resources/web/js/limits.js';
import { limitDialog } from '../../main/resources/web/js/panels/limit-dialog.js';
import { initialState, reduce } from '../../main/resources/web/js/state.js';
import { freshDocument, seen } from './fake-dom.mjs';
import { golden } from './golden.mjs';

const rate = (download_mbps, upload_mbps) => ({ download_mbps, upload_mbps });
const deviceWith = (limit) => ({ ...golden('update').devices[0], limit: limit && { ...golden('update').devices[1].limit, ...limit } });

beforeEach(freshDocument);

test('a limit has a unit, and tells both directions only where they differ', () => {
  assert.equal(limits.limitName(rate(30, 30)), '30 Mbit/s');
  assert.equal(limits.limitName(rate(1000, 1000)), '1 Gbit/s');
  assert.equal(limits.limitName(rate(0.512, 0.512)), '0.512 Mbit/s');
  assert.equal(limits.limitName(rate(50, 2.5)), '↓50 ↑2.5 Mbit/s');
  assert.equal(limits.limitName(rate(null, 10)), '↓∞ ↑10 Mbit/s');
  assert.equal(limits.limitName(rate(null, null)), 'Unlimited');
  assert.equal(limits.limitName(null), 'Unlimited');
  assert.equal(limits.limitName(limits.limitOf({ limit: null, limit_mbps: 5 })), '5 Mbit/s');
});

test('a limit that bites is in force with its measured rate, in the directions that are limited', () => {
  const device = deviceWith({ upload_mbps: null });
  const view = limits.limitView(device, undefined);
  assert.deepEqual([view.tone, view.mark], ['good', 'in force · ↓29.4']);
  assert.match(choices.limitSentences(device, undefined).join(' '), /holds the device back now\. Measured over the last 30 s: ↓29\.4 Mbit\/s\./);
});

test('a limit that does not hold says why in a sentence, and what mends it where that is known', () => {
  const fast = deviceWith({ enforced: false, biting: false, reason: 'FastTrack is on for IPv4' });
  const view = limits.limitView(fast, undefined);
  assert.deepEqual([view.tone, view.mark], ['bad', 'not biting: FastTrack']);
  assert.match(choices.limitSentences(fast, undefined)[0], /^The limit does not hold\. FastTrack is on for IPv4\.$/);
  assert.deepEqual(choices.remedies(fast.limit).map((one) => one.code.split('\n')[0]), [
    'MHS_LIMITS_FASTTRACK=exempt',
    '/ip/firewall/filter/disable [find action=fasttrack-connection]',
  ]);
  const off = deviceWith({ enforced: false, biting: null, reason: 'the queue is switched off' });
  assert.equal(limits.limitView(off, undefined).mark, 'not in force');
  assert.deepEqual(choices.remedies(off.limit), []);
  assert.equal(limits.limitView(deviceWith({ enforced: false, biting: false, reason: '9 Mbit/s were measured' }), undefined).mark, 'not biting');
});

test('typed rates are decimal, with a point or a comma; empty is no limit; anything else is told', () => {
  assert.deepEqual(choices.readCustom('2,5', ''), { wanted: rate(2.5, null), problem: null, field: null });
  assert.deepEqual(choices.readCustom(' 100 ', '.5').wanted, rate(100, 0.5));
  assert.deepEqual(choices.readCustom('', '').wanted, rate(null, null));
  for (const [down, up, field] of [['ten', '', 'down'], ['1e3', '', 'down'], ['-1', '', 'down'], ['5', '0', 'up'], ['5', '200000', 'up'], ['0.0001', '', 'down']]) {
    const read = choices.readCustom(down, up);
    assert.equal(read.field, field, `${down} ${up}`);
    assert.equal(read.wanted, null);
    assert.match(read.problem, /^(Down|Up): .*\.$/);
  }
});

test('why nothing can be limited is a sentence', () => {
  assert.equal(limits.unlimitable(golden('update')), null);
  assert.equal(limits.unlimitable(null), null);
  const update = { ...golden('update'), choices: { limits: { source: null, reason: '' } } };
  assert.equal(limits.unlimitable(update), 'Limits cannot be set here: no source in use can.');
});

test('an answer stands in until a push shows it, or should have; a refusal stays until it is dealt with', () => {
  const update = golden('update');
  const { key } = update.devices[0];
  const applied = { phase: 'applied', answer: { ...rate(5, 5), enforced: true, reason: null }, ts: update.ts };
  const changes = withChange({}, changeId('limit', key), applied);
  assert.equal(changesAfter(changes, update, 2), changes);
  const answered = asAnswered(update.devices[0], changes);
  assert.deepEqual([answered.limit_mbps, limits.limitView(answered, applied).mark], [5, 'in force']);
  const removed = { ...applied, answer: { ...rate(null, null), enforced: true, reason: null } };
  assert.equal(asAnswered(update.devices[1], withChange({}, changeId('limit', update.devices[1].key), removed)).limit, null);
  const shown = { ...update, devices: [{ ...update.devices[0], limit: { ...rate(5, 5) } }] };
  assert.deepEqual(changesAfter(changes, shown, 2), {});
  assert.deepEqual(changesAfter(changes, { ...update, ts: update.ts + 7 }, 2), {});
  const refused = withChange({}, changeId('limit', key), { phase: 'refused', words: 'No.' });
  assert.equal(changesAfter(refused, { ...update, ts: update.ts + 700 }, 2), refused);
});

test('a new name stands in for the old one until a push shows it', () => {
  const update = golden('update');
  const [nas] = update.devices;
  const changes = withChange({}, changeId('alias', nas.key), { phase: 'applied', alias: '', ts: update.ts });
  assert.equal(asAnswered(nas, changes).alias, null);
  assert.deepEqual(changesAfter(changes, { ...update, devices: [{ ...nas, alias: null }] }, 2), {});
});

test('a wish is applying, then applied as it was answered, or refused in the words of the answer', async () => {
  let state = reduce(initialState(0), { type: 'message', message: golden('update'), at: 0 });
  const phases = [];
  const dispatch = (event) => {
    state = reduce(state, event);
    phases.push(event.change?.phase ?? null);
  };
  let fails = false;
  const limit = async (key, wanted) => {
    if (fails) throw new Error('The router refused.');
    return { ...wanted, enforced: true, reason: null, left: [] };
  };
  const { limit: set, forgetRefusal } = commands({ limit }, dispatch, () => state);
  await set('k', rate(5, 5));
  fails = true;
  await set('k', rate(9, 9));
  assert.deepEqual(phases, ['applying', 'applied', 'applying', 'refused']);
  assert.equal(state.changes['limit k'].words, 'The router refused.');
  forgetRefusal('k');
  assert.deepEqual(state.changes, {});
});

test('what was moved is kept by device', () => {
  const moved = movedByKey({ period: 'day', periods: [{ devices: [{ key: 'k', download_bytes: 5, upload_bytes: 2 }] }] });
  assert.deepEqual(moved.get('k'), { down: 5, up: 2 });
  assert.equal(movedByKey({ period: 'day', periods: [] }).size, 0);
});

test('the dialog offers the presets, marks the one in force, and does not offer to remove what others set', () => {
  const set = [];
  Object.assign(globalThis, { innerWidth: 1440, innerHeight: 900 });
  const { open } = limitDialog({ set: (key, wanted) => set.push(wanted), closed() {} });
  const [dialog] = document.body.children;
  dialog.showModal = () => {};
  dialog.close = () => {};
  dialog.style = { setProperty() {} };
  const opener = { getBoundingClientRect: () => ({ top: 0, bottom: 20, right: 900 }), focus() {} };
  const [, thirty, fast, others] = golden('update').devices;
  const offered = (device) => {
    open(device, {}, [0, 5, 30, 1000], opener);
    return dialog.withClass('presets')[0].querySelectorAll('button');
  };

  const buttons = offered(thirty);
  assert.deepEqual(buttons.map(seen), ['Unlimited', '5 Mbit/s', '30 Mbit/s✓', '1 Gbit/s', 'Custom …']);
  buttons[0].fire('click');
  buttons[1].fire('click');
  assert.deepEqual(set, [rate(null, null), rate(5, 5)]);

  assert.equal(offered(others)[0].hasAttribute('disabled'), true);
  assert.match(seen(dialog), /Custom …✓.*set elsewhere, not by MHS/);
  offered(fast);
  assert.match(seen(dialog), /The limit does not hold\. FastTrack lets.*MHS_LIMITS_FASTTRACK=exempt.*fasttrack-connection/);
});
