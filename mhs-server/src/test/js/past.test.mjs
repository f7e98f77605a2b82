import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceAddress, deviceOfHash } from '../../main/resources/web/js/panels/rows.js';
import * as past from '../../main/resources/web/js/past.js';
import { golden } from './golden.mjs';

const { samples } = golden('history');
const NOW = new Date(2026, 5, 17, 12, 0).getTime() / 1000;
const hour = (day, h) => new Date(2026, 5, day, h).getTime() / 1000;
const session = (from, to, open = false) => ({ first_seen: from, last_seen: to, duration_seconds: to - from, open });

test('a step that was not measured is a gap in the chart, and no step of the others is lost', () => {
  const columns = past.historyColumns(samples, 30);
  assert.deepEqual(columns.ts, [1789999890, 1789999920, 1789999950, 1789999980]);
  assert.deepEqual(columns.download, [2000, null, 81234567, 51000000]);
  assert.deepEqual(columns.upload, [1000, null, 0, 1000000]);
  assert.deepEqual(past.historyColumns([], 30).ts, []);
});

test('peak, average and bytes are of what was measured alone', () => {
  const { peak, average, bytes } = past.historySummary([...samples, { ts: 1790000010, download_bps: null, upload_bps: null, download_bytes: null, upload_bytes: null }]);
  assert.deepEqual(peak, { down: 81234567, up: 1000000 });
  assert.equal(Math.round(average.down), 44078856);
  assert.deepEqual(bytes, { down: 495887126, up: 3753750 });
  assert.deepEqual(past.historySummary([]).peak, { down: null, up: null });
});

test('a session over midnight is a bar on both days, and one that goes on ends now', () => {
  const days = past.dayBars([session(hour(17, 9), hour(17, 10), true), session(hour(15, 18), hour(16, 6))], NOW, 3);
  assert.deepEqual(days.map((day) => day.label), ['Today', 'Tue 16', 'Mon 15']);
  assert.deepEqual(days.map((day) => day.bars.map(({ from, to }) => [from, to])), [[[0.375, 0.5]], [[0, 0.25]], [[0.75, 1]]]);
  assert.deepEqual(days.map((day) => day.end), [0.5, 1, 1]);
  assert.deepEqual(days.map((day) => day.seconds / 3600), [3, 6, 6]);
  assert.deepEqual(days.map((day) => day.bars[0].title), ['09:00 – now, 3 h', '00:00 – 06:00, 6 h', '18:00 – 24:00, 6 h']);
});

test('why a device counts as present is a sentence: proofs first, each kind once, with the end of its lease', () => {
  const evidence = [
    { kind: 'lease', weight: 'hint', at: NOW - 720, detail: `until ${new Date((NOW + 3 * 3600 + 1800) * 1000).toISOString()}` },
    { kind: 'bridge_host', weight: 'hint', at: NOW - 9, detail: null },
    { kind: 'neighbor_reachable', weight: 'proof', at: NOW - 40, detail: 'reachable' },
    { kind: 'neighbor_reachable', weight: 'proof', at: NOW - 4, detail: 'reachable' },
  ];
  assert.equal(
    past.presenceSentence({ status: 'online', evidence }, NOW),
    'Online – ARP or NDP reachable 4 s ago; its MAC was seen on a port 9 s ago; spoke to the DHCP server 12 min ago, lease until 15:30.',
  );
  const denied = [{ kind: 'neighbor_failed', weight: 'denial', at: NOW - 30, detail: 'failed' }, evidence[1]];
  assert.match(past.presenceSentence({ status: 'offline', evidence: denied }, NOW), /^Offline: somebody looked, and it was not there – did not answer ARP 30 s ago; its MAC/);
  assert.equal(past.presenceSentence({ status: 'unknown', evidence: [] }, NOW), 'Unknown: nobody can look.');
  assert.equal(past.presenceSentence({ status: 'online', evidence: [{ kind: 'new_kind', weight: 'proof', at: NOW, detail: null }] }, NOW), 'Online – new kind 0 s ago.');
});

test('names and addresses that a device had are those of its events that it has no more', () => {
  const events = [
    { kind: 'alias_changed', was: 'Old', became: 'Storage' },
    { kind: 'alias_changed', was: null, became: 'Old' },
    { kind: 'address_changed', was: '192.168.88.7', became: '192.168.88.10' },
    { kind: 'joined', was: null, became: null },
  ];
  assert.deepEqual(past.formerly(events, golden('update').devices[0]), { names: ['Old'], addresses: ['192.168.88.7'] });
});

test('a link to a device leads to it, whatever its key; what is no such link leads nowhere', () => {
  for (const key of ['00:11:32:aa:bb:01', 'fd00::10', '10.0.0.2']) assert.equal(deviceOfHash(deviceAddress(key)), key);
  assert.equal(deviceOfHash('#device=00:11:32:AA:BB:01'), '00:11:32:aa:bb:01');
  for (const hash of ['', '#devices', '#device=', '#device=%']) assert.equal(deviceOfHash(hash), null);
});
