import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { mountDrawer } from '../../main/resources/web/js/panels/drawer.js';
import { mountPast } from '../../main/resources/web/js/panels/drawer-past.js';
import { agoWords, whenWords } from '../../main/resources/web/js/panels/event-item.js';
import { circumstances, joined, mountEvents } from '../../main/resources/web/js/panels/events.js';
import { mountVisits } from '../../main/resources/web/js/panels/visits.js';
import { initialState, reduce } from '../../main/resources/web/js/state.js';
import { freshDocument, seen } from './fake-dom.mjs';
import { golden } from './golden.mjs';

const AT = 1_790_000_000_250;
const NOW = 1_790_000_000;
const NAS = '00:11:32:aa:bb:01';
const MARKUP = '<img src=x onerror=alert(1)>';

let root;
beforeEach(() => {
  root = freshDocument();
  mock.timers.enable({ apis: ['setInterval'] });
});
afterEach(() => mock.timers.reset());

const settled = async () => {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
};
const heard = (update, seq = update.seq) => reduce(initialState(AT), { type: 'message', message: { ...update, seq }, at: AT });
const byText = (node, text) => node.all((one) => one.tagName === 'button' && seen(one) === text)[0];
const happening = (id, text, name = null) => ({ id, ts: NOW - 60, kind: 'joined', text, device: name && { key: NAS, name }, was: null, became: null });

test('a moment is told by the clock, with its day unless that is the present one, and by its age', () => {
  const noon = new Date(2026, 5, 17, 12, 0).getTime() / 1000;
  assert.equal(whenWords(noon - 3600, noon), '11:00');
  assert.equal(whenWords(noon - 13 * 3600, noon), '16 Jun 23:00');
  assert.equal(agoWords(noon - 3, noon), 'just now');
  assert.equal(agoWords(noon - 600, noon), '10 min ago');
});

test('pages of events and what is new are put together without anything twice, the newest first', () => {
  assert.deepEqual(joined([{ id: 5 }, { id: 3 }], [{ id: 3 }, { id: 9 }, { id: 1 }]).map((one) => one.id), [9, 5, 3, 1]);
});

test('rates alone are no reason to ask for events; who comes or goes, a limit, a name and a source are', () => {
  const update = golden('update');
  const faster = structuredClone(update);
  for (const device of faster.devices) device.download_bps = 1;
  assert.equal(circumstances(faster), circumstances(update));
  for (const change of [
    (one) => (one.devices[0].status = 'offline'),
    (one) => (one.devices[0].ip = '192.168.88.99'),
    (one) => (one.limits = { ...one.limits, '192.168.88.99': 5 }),
    (one) => (one.aliases = { ...one.aliases, '192.168.88.99': 'TV' }),
    (one) => (one.sources[0].state = 'down'),
  ]) {
    const other = structuredClone(update);
    change(other);
    assert.notEqual(circumstances(other), circumstances(update), String(change));
  }
});

test('events come by pages; what happens meanwhile appears with the push that shows it; markup stays text', async () => {
  const asked = [];
  let news = [];
  const panel = mountEvents(root, {
    events: async (which) => {
      asked.push(which);
      if (which.since) return { events: news, next: null, problem: null };
      if (which.cursor) return { events: [happening(1, 'first')], next: null, problem: null };
      return { events: [happening(3, `${MARKUP} joined.`, MARKUP), happening(2, 'second')], next: '2', problem: null };
    },
  });
  const update = golden('update');
  panel.render(heard(update), AT);
  await settled();
  const texts = () => root.withClass('event-text').map(seen);
  assert.deepEqual(texts(), [`${MARKUP} joined.`, 'second']);
  assert.equal(root.all((node) => node.tagName === 'img').length, 0);
  assert.equal(root.all((node) => node.tagName === 'a')[0].getAttribute('href'), `#device=${NAS}`);

  const more = byText(root, 'Show more');
  more.fire('click');
  await settled();
  assert.deepEqual(texts(), [`${MARKUP} joined.`, 'second', 'first']);
  assert.equal(more.hasAttribute('hidden'), true);

  news = [happening(4, 'fourth')];
  panel.render(heard(update, 18), AT);
  await settled();
  assert.equal(asked.length, 2, 'nothing changed');
  const gone = structuredClone(update);
  gone.devices[0].status = 'offline';
  panel.render(heard(gone, 19), AT);
  await settled();
  assert.deepEqual(texts(), ['fourth', `${MARKUP} joined.`, 'second', 'first']);
});

test('a kind that is chosen is asked for; what cannot be had is said, and none of it too', async () => {
  const asked = [];
  let answer = async () => ({ events: [], next: null, problem: null });
  mountEvents(root, { events: (which) => (asked.push(which), answer()) });
  await settled();
  assert.match(seen(root), /Nothing happened yet\./);
  const [pick] = root.all((node) => node.tagName === 'select');
  pick.value = 'limit_changed';
  pick.fire('change');
  await settled();
  assert.deepEqual(asked.at(-1), { limit: 12, kind: 'limit_changed' });
  assert.match(seen(root), /Nothing of this kind happened yet\./);
  answer = () => Promise.reject(new Error('The server does not answer.'));
  pick.fire('change');
  await settled();
  assert.match(seen(root), /The server does not answer\./);
});

test('who only passed by is listed, the newest first, with how long; ten at first, all of them on demand', () => {
  const panel = mountVisits(root);
  const update = golden('update');
  update.transient_devices = Array.from({ length: 12 }, (_, i) => ({
    ip: `192.168.88.${i}`, mac: null, hostname: i === 0 ? MARKUP : null, alias: null, vendor: null,
    first_seen: NOW - 200 - i * 60, last_seen: NOW - 138 - i * 60, duration_seconds: 62,
  }));
  panel.render(heard(update), AT);
  const lengths = () => root.withClass('visit-length').map(seen);
  assert.deepEqual(lengths(), Array(10).fill('1 min 2 s'));
  assert.match(seen(root.all((node) => node.tagName === 'li')[0]), /<img src=x onerror=alert\(1\)>.*2 min ago/);
  byText(root, 'Show all 12').fire('click');
  assert.equal(lengths().length, 12);

  panel.render(heard({ ...update, transient_devices: [] }), AT);
  assert.match(seen(root), /Nobody only passed by\./);
});

test('the chart begins with an hour; a longer time is asked for; a late answer for another is dropped', async () => {
  const asked = [];
  const drawn = [];
  const answers = [];
  const past = mountPast(
    (key, minutes) => (asked.push([key, minutes]), new Promise((answered) => answers.push(answered))),
    () => ({ draw: (columns, from, to) => drawn.push([columns.ts.length, to - from]), clear() {}, moments: () => [], point() {} }),
  );
  past.begin(NAS, () => NOW);
  assert.match(seen(past.node), /Loading …/);
  byText(past.node, '24 h').fire('click');
  assert.deepEqual(asked, [[NAS, 60], [NAS, 1440]]);
  answers[1](golden('history'));
  await settled();
  answers[0](golden('history'));
  await settled();
  assert.deepEqual(drawn, [[4, 86_400]], 'three samples and a gap, once');
  assert.match(seen(past.node), /Peak↓ 81\.23 Mbit\/s↑ 1\.00 Mbit\/sAverage.*Moved↓ 496 MB↑ 3\.75 MB/);
  const [csv] = past.node.all((node) => node.tagName === 'a');
  assert.equal(csv.getAttribute('href'), `api/history/${encodeURIComponent(NAS)}/export?minutes=1440`);
});

test('no figures are said to be none, and why they cannot be had', async () => {
  let answer = async () => ({ ...golden('history'), samples: [] });
  const past = mountPast(() => answer(), () => ({ draw() {}, clear() {}, moments: () => [], point() {} }));
  past.begin(NAS, () => NOW);
  await settled();
  assert.match(seen(past.node), /Nothing was measured in this time\./);
  answer = () => Promise.reject(new Error('No history is kept.'));
  past.begin(NAS, () => NOW);
  await settled();
  assert.match(seen(past.node), /No history is kept\./);
});

/** A drawer on a server that counts what it is asked; dialogs of the fake document know no more than open and closed. */
function drawerOn(answers) {
  const asked = [];
  const api = Object.fromEntries(
    ['past', 'device', 'sessions', 'events', 'watches', 'alerts', 'watch'].map((name) => [
      name,
      (...how) => (asked.push(name), name in answers ? Promise.resolve(answers[name](...how)) : new Promise(() => {})),
    ]),
  );
  globalThis.ResizeObserver = class {
    observe() {}
  };
  globalThis.uPlot = class {
    setData() {}
  };
  globalThis.getComputedStyle = () => ({ getPropertyValue: () => '' });
  globalThis.matchMedia = () => ({ matches: false, addEventListener() {} });
  const drawer = mountDrawer(api, { close() {}, rename: async () => null, limit() {}, now: () => AT });
  const [node] = document.body.children;
  Object.assign(node, { show: () => (node.open = true), close: () => (node.open = false) });
  return { drawer, node, asked, count: (name) => asked.filter((one) => one === name).length };
}

test('what has only begun to be measured is shown as soon as there is something', async () => {
  const { drawer, count } = drawerOn({ past: () => ({ ...golden('history'), samples: [] }) });
  drawer.open(NAS, heard(golden('update')));
  await settled();
  mock.timers.tick(5000);
  await settled();
  assert.equal(count('past'), 2);
});

test('evidence is asked for every five seconds and the chart each minute while it is open, nothing once it is closed', () => {
  const { drawer, asked, count } = drawerOn({});
  drawer.open(NAS, heard(golden('update')));
  mock.timers.tick(60_000);
  assert.equal(count('device'), 1 + 12);
  assert.equal(count('past'), 1 + 1);
  drawer.close();
  const before = asked.length;
  mock.timers.tick(600_000);
  assert.equal(asked.length, before);
});

test('a device is shown with what is known of it and who told; one that is not known is said to be none, and nothing is asked', async () => {
  const { drawer, node, asked } = drawerOn({
    device: () => ({ status: 'online', field_sources: { hostname: 'mikrotik' }, evidence: [{ kind: 'answered', weight: 'proof', at: NOW - 4, detail: null }] }),
    events: ({ kind }) => ({ events: kind ? [{ ...happening(1, ''), kind: 'address_changed', was: '192.168.88.7', became: '192.168.88.10' }] : [], next: null, problem: null }),
  });
  const state = heard(golden('update'));
  drawer.open('10.9.9.9', state);
  assert.match(seen(node), /MHS knows no device by 10\.9\.9\.9\./);
  assert.deepEqual(asked, []);

  drawer.open(NAS, state);
  await settled();
  drawer.render(state);
  assert.match(seen(node), /^OnlineStorage/);
  assert.match(seen(node), /answered when it was asked 4 s ago/);
  assert.match(seen(node), /Had before192\.168\.88\.7/);
  assert.match(seen(node), /Calls itselfnasmikrotik/);
  assert.match(seen(node), /Nothing happened to it yet that MHS has seen\./);
});
