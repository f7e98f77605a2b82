// What is known and told of a device: why it counts as there, when it was, what it is called, what happened to it.
import { wordsOf } from '../api.js';
import { el, fill, SET, setAttribute, write } from '../dom.js';
import { dateAndTime, duration } from '../format.js';
import { placeOf } from '../order.js';
import { dayBars, formerly, presenceSentence } from '../past.js';
import { eventItem } from './event-item.js';
import { RANDOM_MAC } from './rows.js';

const SESSION_DAYS = 7;
const EVENTS_A_PAGE = 10;
/** As many changes of name and address as the server tells at once. */
const MOST_CHANGES = 500;
const BAR = { width: 240, height: 12 };

const part = (title, ...children) => el('section', {}, el('h3', {}, title), ...children);

/** A day as a bar from midnight to midnight, and in words. @param {ReturnType<typeof dayBars>[number]} day */
function dayItem({ label, end, seconds, bars }) {
  const x = (share) => (share * BAR.width).toFixed(2);
  const rect = (name, from, to) =>
    el('rect', { class: name, x: x(from), y: 0, width: Math.max(1, Number(x(to - from))), height: BAR.height });
  const told = bars.map((bar) => bar.title).join('; ') || 'not seen';
  return el('li', { title: told },
    el('span', { class: 'dim' }, label),
    el('svg', { viewBox: `0 0 ${BAR.width} ${BAR.height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      rect('ground', 0, end), ...bars.map((bar) => rect('there', bar.from, bar.to))),
    el('span', { class: 'dim' }, seconds > 0 ? duration(seconds) : '–'),
    el('span', { class: 'visually-hidden' }, told));
}

const hours = () =>
  el('li', { 'aria-hidden': 'true' }, el('span'),
    el('span', { class: 'hours' }, ...['0', '6', '12', '18', '24'].map((hour) => el('span', {}, hour))), el('span'));

/** @param {any} api */
export function mountTold(api) {
  const presence = el('p', { class: 'presence' });
  const watch = el('input', { type: 'checkbox', role: 'switch', disabled: true, on: { change: () => void decideWatch() } });
  const watchNote = el('span', { class: 'note', role: 'status' });
  const bars = el('ol', { class: 'days' });
  const facts = el('dl', { class: 'facts' });
  const events = el('ol', { class: 'events' });
  const eventsNote = el('p', { class: 'note' });
  const more = el('button', { type: 'button', hidden: true, on: { click: () => void loadEvents(cursor) } }, 'Show more');

  let key = '';
  let now = () => 0;
  /** @type {{status: string, evidence: Wire.Evidence[], field_sources: Record<string, string>} | null} */
  let details = null;
  /** @type {Wire.Event[]} */ let happened = [];
  /** @type {Wire.Event[]} */ let changes = [];
  /** @type {ReturnType<typeof eventItem>[]} */ let items = [];
  /** @type {string | null} */ let cursor = null;
  let factsText = '';

  /**
   * Asks, and tells the answer only while the same device is shown.
   * @param {Promise<any>} asked @param {(answer: any) => void} told @param {(words: string) => void} failed
   */
  async function ask(asked, told, failed) {
    const asker = key;
    try {
      const answer = await asked;
      if (asker === key) told(answer);
    } catch (problem) {
      if (asker === key) failed(wordsOf(problem));
    }
  }

  const loadEvidence = () => ask(api.device(key), (answer) => {
    details = answer;
    showPresence();
  }, (words) => {
    details = null;
    write(presence, words);
  });
  const loadSessions = () => ask(api.sessions(key, SESSION_DAYS * 24),
    ({ sessions }) => fill(bars, hours(), ...dayBars(sessions, now(), SESSION_DAYS).map(dayItem)),
    (words) => fill(bars, el('li', { class: 'note' }, words)));
  const loadChanges = () => ask(api.events({ device: key, kind: 'address_changed,alias_changed', limit: MOST_CHANGES }), (answer) => {
    changes = answer.events;
  }, () => {
    // The list of events below says what is wrong.
  });
  const loadWatch = () => ask(Promise.all([api.watches(), api.alerts()]), ([{ watched }, { configured }]) => {
    watch.checked = watched.includes(key);
    setAttribute(watch, 'disabled', false);
    write(watchNote, configured ? '' : `Nowhere to tell it yet: set ALERT_NTFY_TOPIC or ALERT_WEBHOOK_URL ${SET}.`);
  }, (words) => write(watchNote, words));
  /** @param {string | null} from */
  const loadEvents = (from) => ask(api.events({ device: key, limit: EVENTS_A_PAGE, ...(from ? { cursor: from } : {}) }), (answer) => {
    happened = from ? [...happened, ...answer.events] : answer.events;
    cursor = answer.next;
    items = happened.map((one) => eventItem(one, false));
    for (const item of items) item.update(now());
    fill(events, ...items.map((item) => item.node));
    write(eventsNote, answer.problem ?? (happened.length === 0 ? 'Nothing happened to it yet that MHS has seen.' : ''));
    setAttribute(more, 'hidden', cursor === null);
  }, (words) => write(eventsNote, words));

  async function decideWatch() {
    const wanted = watch.checked;
    await ask(api.watch(key, wanted), ({ reason }) => write(watchNote, reason ?? ''), (words) => {
      watch.checked = !wanted;
      write(watchNote, words);
    });
  }

  function showPresence() {
    if (details !== null) write(presence, presenceSentence(details, now()));
  }

  /** @param {Wire.Device} one */
  function showFacts(one) {
    const before = formerly([...happened, ...changes], one);
    const said = details?.field_sources ?? {};
    const rows = [
      ['Addresses', (one.ips ?? []).join('\n') || one.ip],
      ['Had before', before.addresses.join('\n')],
      ['MAC', one.mac && (one.randomized_mac ? `${one.mac}\n${RANDOM_MAC}.` : one.mac)],
      ['Vendor', one.vendor, said.vendor],
      ['Calls itself', one.hostname, said.hostname],
      ['Was called', before.names.join('\n')],
      ['Remark', one.comment, said.comment],
      ['Where', [placeOf(one), one.interface && placeOf(one) !== one.interface && `on ${one.interface}`].filter(Boolean).join(' '), said.ssid ?? said.port],
      ['First seen', dateAndTime(one.first_seen)],
      ['Last seen', one.status === 'online' ? 'now' : dateAndTime(one.last_seen)],
      ['Lease', one.lease_status, said.lease_status],
      ['Rates', one.rate_source && `measured by ${one.rate_source}`],
    ].filter(([, text]) => text);
    const text = JSON.stringify(rows);
    if (text === factsText) return;
    factsText = text;
    fill(facts, ...rows.map(([label, words, by]) =>
      el('div', {}, el('dt', {}, String(label)), el('dd', {}, String(words), by && el('span', { class: 'by', title: `Told by ${by}` }, String(by))))));
  }

  return {
    nodes: [
      part('Presence', presence, el('label', { class: 'watch-line' }, watch, el('span', {}, 'Tell me when it goes offline'), watchNote)),
      part('On the network', bars),
      part('What is known', facts),
      part('Events', events, eventsNote, more),
    ],
    /** Begins anew with a device. @param {string} next its key @param {() => number} clock the server's, Unix seconds */
    begin(next, clock) {
      [key, now, details, happened, changes, items, cursor, factsText] = [next, clock, null, [], [], [], null, ''];
      watch.checked = false;
      setAttribute(watch, 'disabled', true);
      write(watchNote, '');
      for (const node of [presence, eventsNote]) write(node, 'Loading …');
      fill(bars, el('li', { class: 'note' }, 'Loading …'));
      for (const node of [events, facts]) fill(node);
      setAttribute(more, 'hidden', true);
      for (const load of [loadEvidence, loadSessions, loadWatch, loadChanges, () => loadEvents(null)]) void load();
    },
    loadEvidence,
    /** What changes more slowly; a list of events that was made longer stays as it is. */
    loadRest: () => Promise.all([loadSessions(), loadChanges(), happened.length > EVENTS_A_PAGE ? null : loadEvents(null)]),
    end() {
      key = '';
    },
    /** @param {Wire.Device} device */
    render(device) {
      showFacts(device);
      showPresence();
      for (const item of items) item.update(now());
    },
  };
}
