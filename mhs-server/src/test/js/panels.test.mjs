import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { arrange, el } from '../../main/resources/web/js/dom.js';
import { mountDevices } from '../../main/resources/web/js/panels/devices.js';
import { emptiness } from '../../main/resources/web/js/panels/emptiness.js';
import { silence } from '../../main/resources/web/js/panels/health.js';
import { mountHeader } from '../../main/resources/web/js/panels/header.js';
import { errorWords, mountPorts, portTitle, socketName, socketText, speedOf } from '../../main/resources/web/js/panels/ports.js';
import { deviceCalled } from '../../main/resources/web/js/panels/rows.js';
import { mountSources } from '../../main/resources/web/js/panels/sources.js';
import { mountTiles } from '../../main/resources/web/js/panels/tiles.js';
import { mountWan } from '../../main/resources/web/js/panels/wan.js';
import { matches } from '../../main/resources/web/js/order.js';
import { deviceRow, sparkPaths } from '../../main/resources/web/js/panels/rows.js';
import { initialState, reduce } from '../../main/resources/web/js/state.js';
import { freshDocument, seen } from './fake-dom.mjs';
import { frame } from './frames.mjs';
import { golden } from './golden.mjs';

const NO_ACTIONS = { follow() {}, sort() {}, search() {}, clear() {}, scan() {}, filter() {}, retry() {}, open() {}, rename: async () => null, limit() {} };
const AT = 1_790_000_000_250;

let root;
beforeEach(() => {
  root = freshDocument();
});

/** The state after these messages, one push after the other. */
const heard = (...messages) =>
  messages.reduce(
    (state, message, i) => reduce(state, { type: 'message', message: { ...message, ts: message.ts + 2 * i }, at: AT + 2000 * i }),
    initialState(AT),
  );
const viewed = (state, view) => reduce(state, { type: 'view', view });
const rowsOf = (node) => node.all((n) => n.tagName === 'tr' && n.hasAttribute('data-key'));
const keysOf = (node) => rowsOf(node).map((row) => row.getAttribute('data-key'));
const cellOf = (row, name) => row.children.find((cell) => cell.getAttribute('class') === name);

test('the table shows every device of the golden message with all that is known of it', () => {
  mountDevices(root, NO_ACTIONS).render(heard(golden('update')), AT);
  const rows = new Map(rowsOf(root).map((row) => [row.getAttribute('data-key'), row]));
  assert.equal(rows.size, 5);
  const nas = rows.get('00:11:32:aa:bb:01');
  const texts = nas.children.map((cell) => seen(cell).trim());
  assert.deepEqual(texts, ['Online', 'Storage✎nas · Synology', '192.168.88.10+100:11:32:aa:bb:01', 'ether3', '51.00', '', '1.00', '––', 'nowfirst 3 h', 'Unlimited', '']);
});

test('a device is found by key, MAC or address, and by no name none is, though one may have no MAC', () => {
  const { devices } = golden('update');
  const bare = { ...devices[0], key: 'fd00::1', mac: null, ips: ['fd00::1'] };
  const all = [bare, ...devices];
  assert.equal(deviceCalled('fd00::1', all), bare);
  assert.equal(deviceCalled('192.168.88.10', all), devices[0]);
  assert.equal(deviceCalled(devices[0].mac, all), devices[0]);
  assert.equal(deviceCalled('nobody', all), undefined);
  assert.equal(deviceCalled(null, all), undefined);
});

test('a name made of markup is text, and so is one of 300 characters', () => {
  const update = golden('update');
  update.devices[2].hostname = 'x'.repeat(300);
  mountDevices(root, NO_ACTIONS).render(heard(update), AT);
  assert.equal(root.all((node) => node.tagName === 'img').length, 0);
  const names = root.all((node) => node.tagName === 'a').map((cell) => cell.textContent);
  assert.ok(names.includes('<img src=x onerror=alert(1)>'));
  assert.ok(names.includes('x'.repeat(300)));
});

test('a randomised MAC is marked, and only that', () => {
  mountDevices(root, NO_ACTIONS).render(heard(golden('update')), AT);
  const marked = rowsOf(root).filter((row) => seen(cellOf(row, 'address')).includes('random'));
  assert.deepEqual(marked.map((row) => row.getAttribute('data-key')), ['0a:1b:2c:3d:4e:5f']);
});

test('a rate that was not measured is a dash and a measured zero is a zero', () => {
  mountDevices(root, NO_ACTIONS).render(heard(golden('update')), AT);
  const rows = rowsOf(root);
  const text = (key, name) => seen(cellOf(rows.find((row) => row.getAttribute('data-key') === key), name));
  assert.equal(text('a4:83:e7:00:00:12', 'download'), '–');
  assert.equal(text('0a:1b:2c:3d:4e:5f', 'upload'), '0.00');
});

test('a row tells the limit, how it fares with what was measured, and who set it', () => {
  mountDevices(root, NO_ACTIONS).render(heard(golden('update')), AT);
  const limits = new Map(rowsOf(root).map((row) => [row.getAttribute('data-key'), cellOf(row, 'limit')]));
  assert.equal(seen(limits.get('00:11:32:aa:bb:01')), 'Unlimited');
  assert.equal(seen(limits.get('0a:1b:2c:3d:4e:5f')), '30 Mbit/sin force · ↓29.4 ↑0.41');
  assert.equal(seen(limits.get('a4:83:e7:00:00:12')), '↓50 ↑10 Mbit/snot biting: FastTrack');
  assert.match(limits.get('a4:83:e7:00:00:12').withClass('mark')[0].getAttribute('title'), /FastTrack lets its traffic pass/);
  assert.equal(seen(limits.get('b8:27:eb:00:00:13')), '↓∞ ↑2.5 Mbit/sset elsewhere');
});

test('while a limit is applied the row says so; a refusal is a sentence there and the limit in force stays', () => {
  const panel = mountDevices(root, NO_ACTIONS);
  const state = heard(golden('update'));
  const wish = (change) => reduce(state, { type: 'change', id: 'limit 0a:1b:2c:3d:4e:5f', change });
  const row = () => rowsOf(root).find((one) => one.getAttribute('data-key') === '0a:1b:2c:3d:4e:5f');
  panel.render(wish({ phase: 'applying', wanted: { download_mbps: 5, upload_mbps: null } }), AT);
  assert.equal(seen(cellOf(row(), 'limit')), '↓5 ↑∞ Mbit/sapplying …');
  panel.render(wish({ phase: 'refused', words: 'The router did not answer in time.' }), AT);
  assert.equal(seen(cellOf(row(), 'limit')), '30 Mbit/sin force · ↓29.4 ↑0.41');
  assert.equal(seen(cellOf(row(), 'said')), 'The limit was not set: The router did not answer in time.');
  panel.render(state, AT);
  assert.equal(seen(cellOf(row(), 'said')), '');
});

test('a click on the limit asks for another one, one on the row opens the device, and Enter does too', () => {
  const asked = [];
  const panel = mountDevices(root, { ...NO_ACTIONS, open: (address) => asked.push(address), limit: (key) => asked.push(`limit ${key}`) });
  globalThis.getSelection = () => ({ isCollapsed: true });
  panel.render(heard(golden('update')), AT);
  const [row] = rowsOf(root);
  const table = root.all((node) => node.tagName === 'table')[0];
  table.fire('click', { target: cellOf(row, 'limit').withClass('pick')[0] });
  table.fire('click', { target: cellOf(row, 'address') });
  table.fire('keydown', { target: row, key: 'Enter' });
  assert.deepEqual(asked, ['limit 00:11:32:aa:bb:01', '#device=00:11:32:aa:bb:01', '#device=00:11:32:aa:bb:01']);
});

test('a name is changed in place: Enter saves, Escape takes back, a problem is a sentence and the host name stays', async () => {
  const saved = [];
  let answer = null;
  const rename = async (...words) => {
    saved.push(words);
    return answer;
  };
  mountDevices(root, { ...NO_ACTIONS, rename }).render(heard(golden('update')), AT);
  const [row] = rowsOf(root);
  const table = root.all((node) => node.tagName === 'table')[0];
  const begin = async () => {
    table.fire('click', { target: row.withClass('pencil')[0] });
    while (row.withClass('rename').length === 0) await new Promise(setImmediate);
    return row.withClass('rename')[0];
  };
  const press = (field, key) => field.fire('keydown', { key, stopPropagation() {}, preventDefault() {} });

  let field = await begin();
  assert.equal(field.value, 'Storage');
  assert.equal(document.activeElement, field);
  assert.match(seen(cellOf(row, 'name')), /nas · Synology/);
  field.value = 'Other';
  press(field, 'Escape');
  assert.equal(row.withClass('rename').length, 0);
  assert.equal(document.activeElement, row);

  answer = 'A name has at most 64 characters.';
  field = await begin();
  field.value = ' Cellar ';
  press(field, 'Enter');
  await new Promise(setImmediate);
  assert.match(seen(row), /at most 64 characters/);
  answer = null;
  field.value = '';
  press(field, 'Enter');
  await new Promise(setImmediate);
  assert.equal(row.withClass('rename').length, 0);
  assert.deepEqual(saved, [['00:11:32:aa:bb:01', 'Cellar'], ['00:11:32:aa:bb:01', '']]);
});

test('what a device moved today and this month is shown and sorted by; nothing measured is a dash', () => {
  const panel = mountDevices(root, NO_ACTIONS);
  const usage = {
    today: new Map([['0a:1b:2c:3d:4e:5f', { down: 4e9, up: 2e8 }]]),
    month: new Map([['0a:1b:2c:3d:4e:5f', { down: 9e10, up: 1e9 }], ['a4:83:e7:00:00:12', { down: 5e6, up: 0 }]]),
  };
  const state = viewed(reduce(heard(golden('update')), { type: 'usage', usage }), { sort: { column: 'month', descending: true } });
  panel.render(state, AT);
  const moved = rowsOf(root).map((row) => seen(cellOf(row, 'moved')));
  assert.deepEqual(moved.slice(0, 3), ['4.20 GB91.0 GB', '–5.00 MB', '––']);
});

test('state is told in a word beside the dot', () => {
  mountDevices(root, NO_ACTIONS).render(heard(golden('update')), AT);
  assert.deepEqual(root.withClass('status').filter((c) => c.tagName === 'td').map(seen).sort(), ['Idle', 'Offline', 'Online', 'Online', 'Unknown']);
});

test('rows are kept from push to push, and only the cells that changed are written', () => {
  const panel = mountDevices(root, NO_ACTIONS);
  const first = golden('update');
  panel.render(heard(first), AT);
  const rows = rowsOf(root);
  const nameNode = (row) => row.all((node) => node.tagName === 'a')[0].firstChild;
  const names = rows.map(nameNode);
  const second = golden('update');
  second.devices[0].download_bps = 52_000_000;
  panel.render(heard(first, second), AT + 2000);
  assert.deepEqual(rowsOf(root), rows);
  assert.deepEqual(rows.map(nameNode), names);
  assert.equal(seen(cellOf(rows[0], 'download')), '52.00');
});

test('the busiest device comes first, and a click on a column asks for its order', () => {
  const asked = [];
  const panel = mountDevices(root, { ...NO_ACTIONS, sort: (sort) => asked.push(sort) });
  panel.render(heard(golden('update')), AT);
  assert.equal(keysOf(root)[0], '00:11:32:aa:bb:01');
  const heads = root.all((node) => node.tagName === 'th');
  assert.equal(heads.find((th) => th.getAttribute('class') === 'download').getAttribute('aria-sort'), 'descending');
  assert.equal(heads.find((th) => th.getAttribute('class') === 'name').getAttribute('aria-sort'), 'none');
  for (const name of ['name', 'download', 'upload']) {
    heads.find((th) => th.getAttribute('class') === name).children[0].fire('click');
  }
  assert.deepEqual(asked, [
    { column: 'name', descending: false },
    { column: 'download', descending: false },
    { column: 'upload', descending: true },
  ]);
});

test('the order holds still under the pointer, and a choice of the reader is obeyed all the same', () => {
  const panel = mountDevices(root, NO_ACTIONS);
  const calm = golden('update');
  panel.render(heard(calm), AT);
  const before = keysOf(root);
  const table = root.all((node) => node.tagName === 'table')[0];
  table.fire('pointerover', { target: rowsOf(root)[2], pointerType: 'mouse' });
  const busy = golden('update');
  busy.devices[2].download_bps = 900_000_000;
  busy.devices.push({ ...busy.devices[4], key: '10.0.0.3', ip: '10.0.0.3', download_bps: 1e9 });
  const next = heard(calm, busy, busy);
  panel.render(next, AT + 4000);
  assert.deepEqual(keysOf(root), [...before, '10.0.0.3']);
  assert.equal(seen(root.withClass('held')[0]), 'order held');
  panel.render(viewed(next, { sort: { column: 'ip', descending: false } }), AT + 4000);
  assert.equal(keysOf(root)[0], '10.0.0.2');
  panel.render(viewed(next, { sort: { column: 'download', descending: true } }), AT + 4000);
  table.fire('pointerleave');
  panel.render(next, AT + 4000);
  assert.deepEqual(keysOf(root).slice(0, 2), ['10.0.0.3', 'a4:83:e7:00:00:12']);
  assert.equal(seen(root.withClass('held')[0]), '');
});

test('the order holds while a row has the focus; arrows move the focus', () => {
  const panel = mountDevices(root, NO_ACTIONS);
  const calm = golden('update');
  panel.render(heard(calm), AT);
  const rows = rowsOf(root);
  assert.deepEqual(rows.map((row) => row.getAttribute('tabindex')), ['0', '-1', '-1', '-1', '-1']);
  rows[0].focus();
  const table = root.all((node) => node.tagName === 'table')[0];
  table.fire('keydown', { target: rows[0], key: 'ArrowDown', preventDefault() {} });
  assert.equal(document.activeElement, rows[1]);
  assert.deepEqual(rows.map((row) => row.getAttribute('tabindex')), ['-1', '0', '-1', '-1', '-1']);
  const before = keysOf(root);
  const busy = golden('update');
  busy.devices[3].download_bps = 900_000_000;
  panel.render(heard(calm, busy, busy), AT + 4000);
  assert.deepEqual(keysOf(root), before);
});

test('a tap does not hold the order', () => {
  const panel = mountDevices(root, NO_ACTIONS);
  panel.render(heard(golden('update')), AT);
  root.all((node) => node.tagName === 'table')[0].fire('pointerover', { target: rowsOf(root)[0], pointerType: 'touch' });
  panel.render(heard(golden('update')), AT);
  assert.equal(seen(root.withClass('held')[0]), '');
});

test('a filter and a search show what they find, count it and can be cleared', () => {
  const panel = mountDevices(root, NO_ACTIONS);
  const state = heard(golden('update'));
  panel.render(viewed(state, { status: 'online' }), AT);
  assert.equal(rowsOf(root).length, 2);
  assert.match(seen(root), /2 of 5/);
  panel.render(viewed(state, { search: 'no such thing' }), AT);
  assert.match(seen(root), /No device matches.*Show all devices/);
  panel.render(state, AT);
  assert.equal(rowsOf(root).length, 5);
});

test('who is found follows what devices are called, and their figures go on in between', () => {
  const table = mountDevices(root, NO_ACTIONS);
  const [nas, , laptop] = golden('update').devices;
  let state = viewed(heard(golden('update')), { search: 'laptop' });
  const push = (devices) => {
    const { seq, ts } = state.update;
    state = reduce(state, { type: 'message', message: { type: 'delta', seq: seq + 1, ts: ts + 2, devices }, at: AT });
    table.render(state, AT);
    return keysOf(root);
  };
  assert.deepEqual(push({}), [laptop.key]);
  assert.deepEqual(push({ [laptop.key]: { download_bps: 7_000_000 } }), [laptop.key]);
  assert.equal(seen(cellOf(rowsOf(root)[0], 'download')), '7.00');
  assert.deepEqual(push({ [nas.key]: { vendor: 'Laptops Ltd' } }).sort(), [laptop.key, nas.key].sort());
  assert.deepEqual(push({ [laptop.key]: { hostname: 'desk' } }), [nas.key]);
});

test('an order by name is made anew when somebody is called otherwise, and by what was moved with every push', () => {
  const table = mountDevices(root, NO_ACTIONS);
  const first = golden('update');
  const [nas] = first.devices;
  let state = heard(first);
  const push = (view, devices) => {
    const { seq, ts } = state.update;
    state = reduce(viewed(state, view), { type: 'message', message: { type: 'delta', seq: seq + 1, ts: ts + 2, devices }, at: AT });
    table.render(state, AT);
    return keysOf(root);
  };
  const byName = { sort: { column: 'name', descending: false } };
  const before = push(byName, {});
  assert.deepEqual(push(byName, { [nas.key]: { download_bps: 1 } }), before);
  assert.equal(push(byName, { [nas.key]: { alias: 'zz' } }).at(-1), nas.key);
  const bySeen = { sort: { column: 'last_seen', descending: true } };
  const key = first.devices[2].key;
  push(bySeen, {});
  assert.equal(push(bySeen, { [key]: { last_seen: 1_900_000_000 } })[0], key);
});

test('500 devices stand in groups, in order, each once; those that leave are gone', () => {
  const panel = mountDevices(root, NO_ACTIONS);
  const update = golden('update');
  const many = (n) => ({ ...update, devices: Array.from({ length: n }, (_, i) => ({ ...update.devices[3], key: `k${i}`, ip: `10.0.${i >> 8}.${i & 255}` })) });
  const byAddress = (state) => viewed(state, { sort: { column: 'ip', descending: false } });
  panel.render(byAddress(heard(many(500))), AT);
  assert.deepEqual(keysOf(root), Array.from({ length: 500 }, (_, i) => `k${i}`));
  panel.render(byAddress(heard(many(37))), AT);
  assert.deepEqual(keysOf(root), Array.from({ length: 37 }, (_, i) => `k${i}`));
  const groups = root.all((node) => node.tagName === 'tbody');
  assert.deepEqual(groups.map((group) => group.properties.get('--rows')), ['10', '10', '10', '7'], 'room is kept for what is in them');
});

test('an empty table says what is going on and later what to check', async () => {
  const state = heard(golden('update-empty'));
  assert.equal(emptiness(state, AT + 1000)[0], 'Looking around …');
  assert.match(emptiness(state, AT + 31_000)[1], /local\.scan/);
  const blind = golden('update-empty');
  blind.choices.devices = { source: null, reason: 'mikrotik: wrong password' };
  assert.match(emptiness(heard(blind), AT)[1], /wrong password/);
  mountDevices(root, NO_ACTIONS).render(state, AT);
  await new Promise(setImmediate); // The words are loaded first.
  assert.match(seen(root), /Looking around …/);
});

test('the column of limits is there only where somebody can set one, and else a note says why', () => {
  const panel = mountDevices(root, NO_ACTIONS);
  panel.render(heard(golden('update')), AT);
  const table = root.all((node) => node.tagName === 'table')[0];
  assert.equal(table.hasAttribute('data-limits'), true);
  assert.equal(seen(root.withClass('limitless')[0]), '');
  const update = golden('update');
  update.choices.limits = { source: null, reason: 'mikrotik: the user may not write' };
  panel.render(heard(update), AT);
  assert.equal(table.hasAttribute('data-limits'), false);
  assert.equal(seen(root.withClass('limitless')[0]), 'Limits cannot be set here: mikrotik: the user may not write.');
});

test('the header shows the line, the source with its reason and that all is live', () => {
  mountHeader(root, NO_ACTIONS).render(heard(golden('update')), AT);
  assert.match(seen(root), /↓.*81\.23 Mbit\/s.*↑.*1\.23 Mbit\/s/);
  const [badge] = root.withClass('source');
  assert.equal(seen(badge), 'RouterOS');
  assert.match(badge.getAttribute('title'), /mikrotik: the highest priority of those that answer/);
  assert.match(seen(root), /97 % attributed/);
  assert.match(seen(root), /Live/);
});

test('the header tells where the router is, once that is known', () => {
  const state = reduce(heard(golden('update')), { type: 'sources', answer: golden('sources') });
  mountHeader(root, NO_ACTIONS).render(state, AT);
  assert.equal(seen(root.withClass('source')[0]), 'RouterOS at 192.168.88.1');
});

test('a fallback is marked with its reason', () => {
  const update = golden('update');
  update.choices.devices = { source: 'local', reason: 'mikrotik does not answer since 14:02 (refused)' };
  mountHeader(root, NO_ACTIONS).render(heard(update), AT);
  const [badge] = root.withClass('source');
  assert.equal(badge.getAttribute('data-kind'), 'fallback');
  assert.equal(seen(badge), 'This machine: mikrotik does not answer since 14:02 (refused)');
});

test('after six seconds the header says that there is no data, and stops saying so', () => {
  const panel = mountHeader(root, NO_ACTIONS);
  const state = heard(golden('update'));
  panel.renderAge(state, AT + 12_000);
  assert.match(seen(root), /No data for 12 s/);
  panel.renderAge(state, AT + 100);
  assert.doesNotMatch(seen(root), /No data/);
});

test('a line that is not measured is a dash that says why', () => {
  mountHeader(root, NO_ACTIONS).render(heard(golden('update-empty')), AT);
  const [down] = root.withClass('down');
  assert.match(seen(down), /–/);
  assert.match(down.getAttribute('title'), /No figures from local yet/);
});

test('tiles count and filter, and a second click shows all again', () => {
  const asked = [];
  const panel = mountTiles(root, { filter: (status) => asked.push(status) });
  const state = heard(golden('update'));
  panel.render(state);
  assert.deepEqual(root.children.map(seen), ['2Online', '1Idle', '1Offline', '1Unknown']);
  root.children[1].fire('click');
  panel.render(viewed(state, { status: 'idle' }));
  assert.deepEqual(root.children.map((tile) => tile.getAttribute('aria-pressed')), ['false', 'true', 'false', 'false']);
  root.children[1].fire('click');
  assert.deepEqual(asked, ['idle', null]);
});

/** A panel of the line whose chart only notes what it is to draw. */
function lineOn(root, past = () => Promise.reject(new Error('No history is kept.'))) {
  const drawn = [];
  const asked = [];
  const picked = [];
  let tell = null;
  const panel = mountWan(
    root,
    { past: (...question) => (asked.push(question), past(...question)), seed: (frames) => picked.push(frames), pick: (device) => picked.push(device) },
    (host, actions) => ((tell = actions), { draw: (picture) => drawn.push(picture), point: (index) => actions.pointed(index) }),
  );
  return { panel, drawn, asked, picked, pointer: () => tell };
}
const legend = (node) => node.all((n) => n.tagName === 'tr').map((row) => row.children.map(seen).join(' '));
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the line is drawn in layers by device, with its gaps, and the legend tells who moves what now', () => {
  const { panel, drawn } = lineOn(root);
  const gap = { ...golden('update'), total_download_bps: null, total_upload_bps: null, devices: [] };
  panel.render(heard(golden('update'), gap, golden('update')), AT + 4000);
  const [{ edges, colors, from, to }] = drawn;
  assert.deepEqual(edges[0].at(-1), [81.234567, null, 81.234567]);
  assert.equal(edges[0].length, colors.length);
  assert.deepEqual([from, to], [1_789_999_884.25, 1_790_000_004.25]);
  const rows = legend(root);
  assert.equal(rows[0], 'Now, Mbit/s ↓ down ↑ up');
  assert.equal(rows[1], 'The line 81.23 1.23');
  assert.equal(rows[2], 'Storage 51.00 1.00');
  assert.match(rows.at(-1), /^Unattributed \d/);
});

test('the legend tells what is under the pointer, and what is now when it leaves', () => {
  const { panel, pointer } = lineOn(root);
  const before = golden('update');
  before.total_download_bps = 5_000_000;
  panel.render(heard(before, golden('update')), AT + 2000);
  pointer().pointed(0);
  assert.match(legend(root)[0], /^\d\d:\d\d:\d\d, Mbit\/s/);
  assert.equal(legend(root)[1], 'The line 5.00 1.23');
  pointer().pointed(null);
  assert.equal(legend(root)[1], 'The line 81.23 1.23');
});

test('the line is read by keyboard: the moment in words, the same one while time goes on, and what it adds up to', async () => {
  const { panel } = lineOn(root);
  const before = { ...golden('update'), total_download_bps: 5_000_000, total_upload_bps: null };
  const gap = { ...golden('update'), total_download_bps: null, total_upload_bps: null, devices: [] };
  panel.render(heard(before, gap, golden('update')), AT + 4000);
  const [host] = root.withClass('chart');
  assert.deepEqual([host.getAttribute('role'), host.getAttribute('tabindex'), host.getAttribute('aria-describedby')], ['slider', '0', 'line-sum']);
  assert.match(host.getAttribute('aria-valuetext'), /rrow keys/);
  assert.equal(seen(root.all((n) => n.getAttribute('id') === 'line-sum')[0]),
    'Peak: down 81.23, up 1.23 Mbit/s. Average: down 43.12, up 1.23 Mbit/s.');
  host.fire('focus');
  for (let i = 0; i < 5000 && !host.listeners.has('keydown'); i += 1) await settled();
  const press = (key) => host.fire('keydown', { key, preventDefault() {} });
  press('ArrowLeft');
  assert.match(host.getAttribute('aria-valuetext'), /^\d\d:\d\d:\d\d: down 81\.23, up 1\.23 Mbit\/s$/);
  press('ArrowLeft');
  assert.match(host.getAttribute('aria-valuetext'), /: not measured$/);
  press('ArrowLeft');
  const told = host.getAttribute('aria-valuetext');
  assert.match(told, /: down 5\.00, up – Mbit\/s$/);
  assert.match(legend(root)[0], /^\d\d:\d\d:\d\d, Mbit\/s/);
  panel.render(heard(before, gap, golden('update'), golden('update')), AT + 6000);
  assert.equal(host.getAttribute('aria-valuetext'), told);
  host.fire('blur');
  assert.match(host.getAttribute('aria-valuetext'), /rrow keys/);
  assert.match(legend(root)[0], /^Now/);
});

test('figures that are old are not told as those of now', () => {
  const { panel } = lineOn(root);
  panel.render(heard(golden('update')), AT);
  panel.redraw(heard(golden('update')), AT + 7000);
  assert.match(legend(root)[0], /^Last known, Mbit/);
});

test('another range asks the history once, tells bytes, and what hinders it', async () => {
  const { panel, drawn, asked } = lineOn(root, () => Promise.resolve(golden('shares')));
  panel.render(heard(golden('update')), AT);
  const range = (name) => root.all((n) => n.getAttribute('data-test') === `range-${name}`)[0];
  range('1440').fire('click');
  assert.match(seen(root), /Reading the history/);
  for (let i = 0; i < 5000 && !/[kMG]?B/.test(legend(root)[1]); i += 1) await settled(); // What older times need is loaded first.
  panel.render(heard(golden('update')), AT + 2000);
  assert.deepEqual(asked, [[2, null, 50], [1440, null, 6]]);
  assert.equal(range('1440').getAttribute('aria-pressed'), 'true');
  assert.match(legend(root)[0], /^In this time/);
  assert.match(legend(root)[1], /^The line [\d.]+ [kMG]?B/);
  assert.equal(drawn.at(-1).to - drawn.at(-1).from, 86_400);
  const csv = root.withClass('csv')[0];
  assert.equal(csv.getAttribute('href'), 'api/history/wan/export?minutes=1440');
});

test('what is dragged over is asked for more finely, and a double click shows all again', async () => {
  const { panel, asked, drawn, pointer } = lineOn(root, () => Promise.resolve(golden('shares')));
  panel.render(heard(golden('update')), AT);
  root.all((n) => n.getAttribute('data-test') === 'range-1440')[0].fire('click');
  pointer().zoomed(1_789_980_000, 1_789_983_600);
  await settled();
  assert.deepEqual(asked.at(-1), [60, 1_789_983_600, 6]);
  assert.deepEqual([drawn.at(-1).from, drawn.at(-1).to], [1_789_980_000, 1_789_983_600]);
  assert.match(root.withClass('csv')[0].getAttribute('href'), /minutes=60&until=1789983600$/);
  assert.match(seen(root), /Reset zoom/);
  pointer().reset();
  assert.doesNotMatch(seen(root), /Reset zoom/);
  assert.deepEqual(asked.at(-1), [1440, null, 6]);
});

test('a history that cannot be had says why instead of an empty chart', async () => {
  const { panel } = lineOn(root);
  panel.render(heard(golden('update')), AT);
  root.all((n) => n.getAttribute('data-test') === 'range-60')[0].fire('click');
  await settled();
  assert.match(seen(root), /No history is kept\./);
});

test('the page begins with what the history knows of the last minutes', async () => {
  const { panel, picked } = lineOn(root, () => Promise.resolve(golden('shares')));
  panel.render(heard(golden('update')), AT);
  await settled();
  panel.render(heard(golden('update')), AT + 2000);
  assert.equal(picked.length, 1);
  assert.ok(picked[0].length > 15);
  assert.ok(picked[0].every((frame) => frame.keys.length === golden('shares').devices.length));
});

test('a name in the legend leads to its device', () => {
  const { panel, picked } = lineOn(root);
  panel.render(heard(golden('update')), AT);
  root.all((n) => n.tagName === 'button' && seen(n) === 'Storage')[0].fire('click');
  assert.equal(picked.at(-1).ip, '192.168.88.10');
});

test('every box is drawn with its sockets, and a port without a link is named', () => {
  const update = { ...golden('update'), ports: golden('ports') };
  mountPorts(root, NO_ACTIONS).render(heard(update));
  assert.equal(root.withClass('box').length, 3);
  assert.equal(root.withClass('socket').length, 4 + 24 + 2);
  const [router, rack, host] = root.withClass('box');
  assert.match(seen(router), /WAN/);
  assert.match(seen(router), /ether1.*1 Gbit\/s.*81\.23.*1\.23/);
  assert.match(seen(router), /No link: ether2/);
  assert.equal(rack.withClass('double').length, 1);
  assert.equal(host.withClass('double').length, 0);
  assert.deepEqual(host.withClass('socket').map((s) => s.getAttribute('data-link')), ['unknown', 'down']);
});

test('a port changes its figures without being drawn anew', () => {
  const panel = mountPorts(root, NO_ACTIONS);
  const update = golden('update');
  panel.render(heard(update));
  const boxes = root.withClass('box');
  const next = golden('update');
  next.ports.boxes[0].ports[0].rx_bps = 5_000_000;
  panel.render(heard(next));
  assert.deepEqual(root.withClass('box'), boxes);
  assert.match(seen(boxes[0]), /5\.00/);
});

test('a socket tells its state in characters', () => {
  const port = (running, link_bps) => socketText({ running, link_bps });
  assert.deepEqual([port(true, 1e9), port(true, null), port(false, null), port(null, null)], ['1G', 'up', '·', '?']);
  assert.equal(socketName({ name: 'ether12' }, true), '12');
  assert.equal(socketName({ name: 'ether1' }, false), 'ether1');
  assert.equal(socketName({ name: 'sfp-sfpplus1' }, false), 'sfp+1');
});

test('a port tells its errors and the name that its maker gave it', () => {
  assert.equal(errorWords({ rx_errors: null, tx_errors: null }), null);
  assert.equal(errorWords({ rx_errors: 0, tx_errors: 0 }), null);
  assert.equal(errorWords({ rx_errors: 7, tx_errors: null }), '7 receive errors, – transmit errors');
  const port = { name: 'attic', default_name: 'ether5', comment: 'AP', running: true, link_bps: 1e9 };
  assert.equal(portTitle(port), 'attic = ether5 (AP): 1 Gbit/s');
  assert.equal(portTitle({ ...port, name: 'ether5', comment: null, running: false }), 'ether5: no link');
});

test('a port leads to exactly the devices behind it, and back to all of them', () => {
  const asked = [];
  const panel = mountPorts(root, { follow: (search) => asked.push(search) });
  const state = heard({ ...golden('update'), ports: golden('ports') });
  panel.render(state);
  const button = (name) => root.withClass('box')[0].all((n) => n.tagName === 'button' && n.getAttribute('aria-label')?.endsWith(` at ${name}`))[0];
  assert.equal(seen(button('wifi1')), '1 device');
  assert.equal(seen(button('ether1')), '', 'nobody hangs at the WAN');
  button('wifi1').fire('click');
  panel.render(viewed(state, { search: asked[0] }));
  assert.equal(button('wifi1').getAttribute('aria-pressed'), 'true');
  const found = state.update.devices.filter((device) => matches(device, asked[0]));
  assert.deepEqual(found.map((device) => device.port), ['wifi1']);
  button('wifi1').fire('click');
  assert.deepEqual(asked, ['port:"wifi1"@mikrotik', '']);
});

test('a socket tells by its colour too whether its link is slow, and marks errors', () => {
  const speed = (running, link_bps) => speedOf({ running, link_bps });
  assert.deepEqual([speed(true, 1e8), speed(true, 1e9), speed(true, 1e10), speed(true, null), speed(false, 1e9)], ['slow', 'usual', 'fast', null, null]);
  const update = golden('update');
  update.ports.boxes[0].ports[0].rx_errors = 7;
  mountPorts(root, NO_ACTIONS).render(heard(update));
  assert.match(seen(root), /7 errors/);
  assert.equal(root.withClass('socket').filter((s) => s.hasAttribute('data-errors')).length, 1);
});

test('no box at all is said, not left blank', () => {
  mountPorts(root, NO_ACTIONS).render(heard(golden('update-empty')));
  assert.match(seen(root), /No box tells about its ports yet/);
});

test('the sources tell what they do, why they are chosen, what fails and what mends it', () => {
  const state = reduce(heard(golden('update')), { type: 'sources', answer: golden('sources') });
  mountSources(root, NO_ACTIONS).render(state, AT);
  const text = seen(root);
  assert.match(text, /Devicesmikrotik: the highest priority of those that answer/);
  assert.match(text, /Portsall: every box tells about its own/);
  assert.match(text, /mikrotikworks in part.*MikroTik · built-in · priority 100/);
  assert.match(text, /Devicesin useworks, answered just now, in 43 ms/);
  assert.match(text, /Bandwidthin usefailing since \d\d:\d\d: no answer within 5 s/);
  assert.match(text, /Limitsnot possible here.*this machine is not the router/);
  assert.match(text, /FastTrack hides/);
  assert.deepEqual(root.all((n) => n.tagName === 'code').map(seen), [
    '/ip firewall filter set [find action=fasttrack-connection] disabled=yes',
    'sudo setcap cap_net_admin,cap_net_raw+ep /usr/bin/java',
  ]);
  assert.match(text, /Asking it takes 29 requests and 21\.9 kB a minute, .* of it waiting; 8202 requests, 5\.23 MB so far\./);
});

const HEALTH = { ok: true, version: '1.2.3', uptime_seconds: 7300, mikrotik_connected: true, device_count: 5, last_scan: null, db_size_bytes: 12_300_000, history_trouble: null };
const CHANNEL = { name: 'ntfy', target: 'ntfy.sh/home', state: 'up', since: 1_789_990_000, last_sent: 1_789_999_400, problem: null, waiting: 0, sent: 3, lost: 0 };
const ALERTS = { configured: true, learning_until: null, quiet_until: null, held: 0, channels: [CHANNEL] };
const healthy = (health, alerts) => reduce(heard(golden('update')), { type: 'health', health: { ...HEALTH, ...health }, alerts: { ...ALERTS, ...alerts } });
const healthOf = (node) => seen(node.withClass('health')[0]);

test('the health of MHS itself is told: version, uptime, history and its trouble, alerts', () => {
  const panel = mountSources(root, NO_ACTIONS);
  panel.render(healthy(), AT);
  assert.match(healthOf(root), /Version1\.2\.3Running for2 hHistoryis writtenDatabase12\.3 MB/);
  assert.match(healthOf(root), /ntfyntfy\.sh\/home: arrives, last sent 10 min ago/);
  panel.render(healthy({ history_trouble: 'The disk is full.', db_size_bytes: 5 }), AT);
  assert.match(healthOf(root), /Historyin trouble.*The disk is full\./);
  panel.render(healthy({ db_size_bytes: 0 }, { channels: [{ ...CHANNEL, state: 'failing', problem: 'no answer', waiting: 2, lost: 1 }] }), AT);
  assert.match(healthOf(root), /Historyis not keptDatabasenone.*does not arrive at present.*2 waiting, 1 lost, no answer/);
});

test('alerts that are not configured say how, and have nothing to test', () => {
  mountSources(root, NO_ACTIONS).render(healthy({}, { configured: false, channels: [] }), AT);
  assert.match(healthOf(root), /set ALERT_NTFY_TOPIC or ALERT_WEBHOOK_URL/);
  assert.doesNotMatch(healthOf(root), /Send a test/);
});

test('alerts that are silent for a reason say so', () => {
  assert.equal(silence(ALERTS, 100), null);
  assert.match(silence({ ...ALERTS, learning_until: 1000 }, 100), /^Until \d\d:\d\d MHS learns/);
  assert.match(silence({ ...ALERTS, quiet_until: 1000, held: 2 }, 100), /^Quiet until \d\d:\d\d; 2 held back\.$/);
  assert.equal(silence({ ...ALERTS, learning_until: 50, quiet_until: 50 }, 100), null);
});

test('a test of the alerts tells what came of it, or why there was none', async () => {
  let answer = () => Promise.resolve({ ok: false, channels: [{ channel: 'ntfy', ok: true, answer: '200', took_seconds: 0.3 }, { channel: 'webhook', ok: false, answer: 'refused', took_seconds: 0 }] });
  mountSources(root, { testAlerts: () => answer() }).render(healthy(), AT);
  const button = root.all((n) => n.tagName === 'button' && seen(n) === 'Send a test')[0];
  button.fire('click');
  assert.match(healthOf(root), /Sending …/);
  assert.equal(button.hasAttribute('disabled'), true);
  await settled();
  assert.match(healthOf(root), /ntfy: arrived \(200\), 300 ms · webhook: did not arrive \(refused\)/);
  answer = () => Promise.reject(new Error('The last test is too short ago: wait 9 s.'));
  button.fire('click');
  await settled();
  assert.match(healthOf(root), /wait 9 s/);
  assert.equal(button.hasAttribute('disabled'), false);
});

test('sources are shown from the push alone, and the panel says when details are missing', () => {
  const state = reduce(heard(golden('update')), { type: 'sources-failed', detail: 'The server does not answer.' });
  mountSources(root, NO_ACTIONS).render(state, AT);
  assert.match(seen(root), /mikrotikworks in part/);
  assert.match(seen(root), /Details are not available: The server does not answer\./);
});

test('a source that could not be opened says why', () => {
  const update = golden('update');
  update.sources[0] = { ...update.sources[0], state: 'broken', problem: 'no such host: rooter' };
  mountSources(root, NO_ACTIONS).render(heard(update), AT);
  assert.match(seen(root), /could not be opened.*no such host: rooter/);
});

test('a sparkline keeps its gaps, ends at the right edge and stays low for noise', () => {
  const at = (ts, down) => frame(ts, { k: [down, null] });
  const frames = [at(100, 1000), at(102, 500_000), at(104, null), at(106, 1_000_000), at(130, 0)];
  const [path, up] = sparkPaths(frames, 'k', 2);
  assert.equal((path.match(/M/g) ?? []).length, 3);
  assert.equal((path.match(/L/g) ?? []).length, 1);
  assert.match(path, /L\S+ 13M/, 'half of the least top, in the middle');
  assert.match(path, /M100 25h\.1$/);
  assert.equal(up, '');
  assert.deepEqual(sparkPaths(frames, 'stranger', 2), ['', '']);
  assert.match(sparkPaths([at(100, 8e6), at(102, 2e6)], 'k', 2)[0], /^M98\.3 1h\.1L100 19$/, 'the peak is the top');
});

test('what stays level is one stroke, so that the sparkline of who is quiet is the same from push to push', () => {
  const quiet = (count, from) => Array.from({ length: count }, (_, i) => frame(from + 2 * i, { k: [0, 100] }));
  const paths = sparkPaths(quiet(70, 1000), 'k', 2);
  assert.deepEqual(paths, ['M0 25h.1H100', 'M0 25h.1H100']);
  assert.deepEqual(sparkPaths(quiet(70, 1002), 'k', 2), paths);
  const busy = quiet(3, 1000).concat(frame(1006, { k: [1e6, 0] }));
  assert.equal(sparkPaths(busy, 'k', 2)[0], 'M95 25h.1H98.3L100 1');
});

test('the line of a row goes on with every third push, after a silence at once', () => {
  const row = deviceRow('k');
  const [path] = row.tr.all((node) => node.tagName === 'path' && node.getAttribute('class') === 'down');
  const at = (n) => Array.from({ length: 70 }, (_, i) => frame(100 + 2 * (n + i), { k: [(i + n) % 7 * 1e6, 0] }));
  const drawn = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => (row.trace(at(n), 2), path.getAttribute('d')));
  const changes = drawn.flatMap((d, n) => (n > 0 && d !== drawn[n - 1] ? [n] : []));
  assert.ok(drawn[0].startsWith('M'), 'the first at once');
  assert.ok(changes.length === 2 || changes.length === 3, String(changes));
  for (let i = 1; i < changes.length; i += 1) assert.equal(changes[i] - changes[i - 1], 3);
  row.trace(at(40), 2);
  assert.notEqual(path.getAttribute('d'), drawn[8]);
  const late = deviceRow('k', 1);
  const line = () => late.tr.all((node) => node.tagName === 'path' && node.getAttribute('class') === 'down')[0].getAttribute('d');
  late.trace(at(1).slice(-1), 2);
  const lone = line();
  late.trace(at(1), 2);
  assert.notEqual(line(), lone, 'a past that comes after the first push is drawn at once');
});

test('children are brought into order, and those that stand well are not touched', () => {
  const nodes = ['a', 'b', 'c', 'd', 'e'].map((name) => el('i', { id: name }));
  let moves = 0;
  const plain = root.insertBefore.bind(root);
  root.insertBefore = (node, next) => {
    moves += 1;
    plain(node, next);
  };
  const movesFor = (wanted) => {
    moves = 0;
    arrange(root, wanted);
    assert.deepEqual(root.children, wanted);
    return moves;
  };
  assert.equal(movesFor(nodes), 5);
  assert.equal(movesFor(nodes), 0);
  const [a, b, c, d, e] = nodes;
  assert.equal(movesFor([b, c, d, e, a]), 1);
  assert.equal(movesFor([c, e]), 0);
  assert.equal(movesFor([a, c, e]), 1);
  arrange(el('tbody'), [a]);
  assert.deepEqual(root.children, [c, e]);
});

test('a node cannot be given a listener, a style or an address as text', () => {
  for (const name of ['onclick', 'onerror', 'style', 'src', 'href', 'srcdoc', 'formaction']) {
    assert.throws(() => el('a', { [name]: 'x' }), /is not to be set/, name);
  }
});
