import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as order from '../../main/resources/web/js/order.js';
import { frame } from './frames.mjs';
import { golden } from './golden.mjs';

const devices = () => golden('update').devices;
const keys = (list) => list.map((device) => device.key);

/** Rates by key for some pushes, oldest first. */
const frames = (...pushes) =>
  pushes.map((rates, i) => frame(100 + 2 * i, rates));

/** A generator whose seed is told when a property fails. */
function randomFrom(seed) {
  let x = seed;
  return () => (x = (x * 48271) % 2147483647) / 2147483647;
}

function shuffled(list, random) {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

test('a device is called by its alias, then its host name, then its address', () => {
  assert.deepEqual(devices().map(order.nameOf), ['Storage', '<img src=x onerror=alert(1)>', 'laptop', '192.168.88.13', '10.0.0.2']);
  assert.equal(order.nameOf({ mac: 'aa:bb:cc:dd:ee:ff', key: 'k' }), 'aa:bb:cc:dd:ee:ff');
});

test('the place of a device is its network and its port', () => {
  assert.deepEqual(devices().map(order.placeOf), ['ether3', 'Home · wifi1', 'ether4', 'ether4', 'wg0']);
  const behind = { port: 'ether7', port_source: 'hall', interface: 'bridge', ssid: null };
  assert.equal(order.placeOf(behind), 'ether7 · hall');
  assert.equal(order.placeOf({ ...behind, port: null, port_source: null }), 'bridge');
});

test('devices are counted by presence, and a presence that is not known here is unknown', () => {
  assert.deepEqual(order.countByPresence([...devices(), { status: 'asleep' }]), { online: 2, idle: 1, offline: 1, unknown: 2 });
});

test('a search finds names, addresses, vendors, ports and remarks, all words of it', () => {
  const found = (search) => keys(devices().filter((device) => order.matches(device, search)));
  assert.deepEqual(found('storage'), ['00:11:32:aa:bb:01']);
  assert.deepEqual(found('NAS synology'), ['00:11:32:aa:bb:01']);
  assert.deepEqual(found('unplug'), ['00:11:32:aa:bb:01']);
  assert.deepEqual(found('88.1').length, 4);
  assert.deepEqual(found('fd00::10'), ['00:11:32:aa:bb:01']);
  assert.deepEqual(found('ether4 apple'), ['a4:83:e7:00:00:12']);
  assert.deepEqual(found('nas apple'), []);
  assert.equal(found('   ').length, 5);
});

test('a MAC is found in any spelling, and a short word is not taken for one', () => {
  const [nas] = devices();
  for (const spelling of ['00:11:32:AA', '00-11-32-aa', '0011.32aa', '001132aabb01']) {
    assert.ok(order.matches(nas, spelling), spelling);
  }
  assert.ok(!order.matches(nas, 'ab'));
});

test('addresses sort as numbers, IPv4 before IPv6', () => {
  const sorted = ['fd00::10', '192.168.1.10', '192.168.1.9', 'fd00::9', '10.0.0.200', '2001:db8::1'];
  sorted.sort((a, b) => (order.addressKey(a) < order.addressKey(b) ? -1 : 1));
  assert.deepEqual(sorted, ['10.0.0.200', '192.168.1.9', '192.168.1.10', '2001:db8::1', 'fd00::9', 'fd00::10']);
  assert.equal(order.addressKey(null), null);
});

test('each column sorts both ways, and what is not known comes last either way', () => {
  const sort = (column, descending) => keys(order.sorted(devices(), { column, descending }, []));
  assert.deepEqual(sort('vendor', false).slice(0, 3), ['a4:83:e7:00:00:12', 'b8:27:eb:00:00:13', '00:11:32:aa:bb:01']);
  assert.deepEqual(sort('vendor', true).slice(0, 3), ['00:11:32:aa:bb:01', 'b8:27:eb:00:00:13', 'a4:83:e7:00:00:12']);
  assert.deepEqual(sort('mac', true).at(-1), '10.0.0.2');
  assert.equal(sort('ip', false)[0], '10.0.0.2');
  assert.equal(sort('status', false)[0], '00:11:32:aa:bb:01');
  assert.equal(sort('limit', true)[0], 'a4:83:e7:00:00:12');
  assert.equal(sort('last_seen', true).at(-1), '10.0.0.2');
  assert.equal(sort('where', false).length, 5);
});

test('a MAC sorts by its digits, not as a number', () => {
  const list = ['a0:00', '0a:00', '1:00'].map((mac) => ({ mac, key: mac, status: 'online', ip: null }));
  assert.deepEqual(keys(order.sorted(list, { column: 'mac', descending: false }, [])), ['0a:00', '1:00', 'a0:00']);
});

test('names sort as people count', () => {
  const list = ['tv-10', 'TV-9', 'ac'].map((hostname) => ({ hostname, key: hostname, status: 'online', ip: null }));
  assert.deepEqual(keys(order.sorted(list, { column: 'name', descending: false }, [])), ['ac', 'TV-9', 'tv-10']);
});

test('a stored column that is not known any more sorts by name', () => {
  assert.equal(keys(order.sorted(devices(), { column: 'nonsense', descending: false }, [])).length, 5);
});

test('a single burst does not carry a device to the top', () => {
  const list = [{ key: 'steady', status: 'online', ip: null }, { key: 'burst', status: 'online', ip: null }];
  const calm = frames({ steady: [9e6, 0], burst: [0, 0] }, { steady: [9e6, 0], burst: [0, 0] }, { steady: [9e6, 0], burst: [2e7, 0] });
  assert.deepEqual(keys(order.sorted(list, { column: 'download', descending: true }, calm)), ['steady', 'burst']);
});

test('rates that were not measured do not count as zero', () => {
  assert.equal(order.recentRate(frames({ a: [null, null] }, { a: [5e6, null] }), 'a', 0), 500);
  assert.equal(order.recentRate(frames({ a: [null, null] }), 'a', 1), null);
  assert.equal(order.recentRate([], 'a', 0), null);
});

test('the order is the same whatever order the devices came in', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const random = randomFrom(seed);
    const list = Array.from({ length: 40 }, (_, i) => ({
      key: `k${i}`,
      status: ['online', 'idle', 'offline'][Math.floor(random() * 3)],
      ip: random() < 0.1 ? null : `192.168.1.${Math.floor(random() * 20)}`,
      vendor: random() < 0.5 ? null : 'V',
    }));
    const push = frames(Object.fromEntries(list.map((d) => [d.key, [random() < 0.7 ? 0 : random() * 1e8, null]])));
    for (const column of ['download', 'upload', 'vendor', 'ip', 'status']) {
      const sort = { column, descending: random() < 0.5 };
      assert.deepEqual(
        keys(order.sorted(shuffled(list, random), sort, push)),
        keys(order.sorted(list, sort, push)),
        `seed ${seed}, ${column}`,
      );
    }
  }
});

test('an order that is held keeps its rows and puts newcomers last', () => {
  const held = order.heldOrder(['c', 'a', 'gone'], ['n1', 'a', 'n2', 'c']);
  assert.deepEqual(held, ['c', 'a', 'n1', 'n2']);
});

test('a port is found exactly: no other that begins alike, and none of another box', () => {
  const at = (port, port_source) => ({ ...devices()[0], port, port_source });
  const word = order.portWord('ether1', 'switch');
  assert.equal(order.matches(at('ether1', 'switch'), word), true);
  assert.equal(order.matches(at('ether10', 'switch'), word), false);
  assert.equal(order.matches(at('ether1', 'mikrotik'), word), false);
  assert.equal(order.matches(at('WiFi of the Kids', 'ap'), order.portWord('WiFi of the Kids', 'ap')), true);
  assert.equal(order.matches(at(null, null), word), false);
});
