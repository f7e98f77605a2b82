import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyDelta } from '../../main/resources/web/js/delta.js';
import { golden } from './golden.mjs';

// One whole update, then again and again a delta and the whole update that it must lead to: written by
// the server's own tests, from households that change as chance has it.
const [first, ...rest] = golden('delta-sequence');
const steps = rest.flatMap((delta, i) => (i % 2 === 0 ? [{ delta, whole: rest[i + 1] }] : []));

test('a delta and what was make exactly what is', () => {
  let update = first;
  for (const { delta, whole } of steps) {
    update = applyDelta(update, delta);
    const { seen_times: _, ...told } = whole; // each device tells it anyway
    assert.deepEqual(update, told, `seq ${delta.seq}`);
  }
  assert.ok(steps.length >= 8);
});

test('the sequence holds every kind of change', () => {
  const seen = new Set(steps.flatMap(({ delta }) => Object.keys(delta)));
  for (const name of ['devices', 'removed', 'order', 'boxes', 'ports', 'limits', 'aliases', 'choices', 'sources', 'transient_devices', 'last_scan']) {
    assert.ok(seen.has(name), name);
  }
});

test('what was is left alone', () => {
  const before = golden('update');
  applyDelta(before, golden('delta'));
  assert.deepEqual(before, golden('update'));
});

test('devices are new, changed, gone and in their order', () => {
  const { devices, limits } = applyDelta(golden('update'), golden('delta'));
  assert.deepEqual(devices.map((d) => d.key), golden('delta').order);
  assert.equal(devices[0].download_bps, 42_000_000);
  assert.equal(devices[0].hostname, 'nas');
  assert.equal(devices[0].rate_source, null);
  assert.deepEqual(limits, { '192.168.88.11': 5 });
});

test('a port stands in its box and in the list of its kind', () => {
  const { ports } = applyDelta(golden('update'), golden('delta'));
  assert.equal(ports.router[0].rx_bps, 42_000_000);
  assert.deepEqual(ports.boxes[0].ports, ports.router);
  assert.equal(ports.router[0].rx_bytes, 987654321098);
});

test('a name that every object has is a device like any other', () => {
  const update = golden('update');
  const [device] = update.devices;
  const changed = JSON.parse(`{"type": "delta", "seq": ${update.seq + 1}, "ts": 1, "devices": {"__proto__": {"key": "__proto__", "hostname": "odd"}, "${device.key}": {"hostname": "new"}}}`);
  const { devices } = applyDelta({ ...update, devices: [...update.devices, { ...device, key: 'constructor' }] }, changed);
  assert.equal(devices.find((one) => one.key === 'constructor').hostname, device.hostname);
  assert.equal(devices[0].hostname, 'new');
  assert.equal(devices.at(-1).hostname, 'odd');
});
