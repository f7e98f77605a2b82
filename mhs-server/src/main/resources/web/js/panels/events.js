// What happened, the newest first: loaded by pages; what happens meanwhile appears by itself.
import { wordsOf } from '../api.js';
import { arrange, el, setAttribute, write } from '../dom.js';
import { serverTime } from '../state.js';
import { eventItem } from './event-item.js';

const PAGE = 12;
const MOST_AT_ONCE = 500;
const EVERY_MS = 30_000;
/** After a change it is asked with so many pushes: what happened may be written a moment later. */
const PUSHES = 2;

/** What can be chosen to see. @type {[string, string][]} kinds, label */
const CHOICES = [
  ['', 'All'],
  ['joined,left,new_device', 'Coming and going'],
  ['limit_changed', 'Limits'],
  ['alias_changed,address_changed', 'Names and addresses'],
  ['source_failed,source_recovered,router_rebooted', 'Sources'],
];

/**
 * Both without anything twice, the newest first. @template {{id: number}} T
 * @param {readonly T[]} some @param {readonly T[]} more @returns {T[]}
 */
export function joined(some, more) {
  const byId = new Map([...some, ...more].map((one) => [one.id, one]));
  return [...byId.values()].sort((a, b) => b.id - a.id);
}

/** What of a push is an event when it changes, in a text to compare. @param {Wire.Update} update */
export function circumstances({ devices, limits, aliases, sources }) {
  const standing = devices.map(({ status, ip }) => `${status} ${ip}`).join();
  return [standing, JSON.stringify(limits), JSON.stringify(aliases), (sources ?? []).map((source) => source.state).join()].join('\n');
}

/**
 * @param {Element} root
 * @param {any} api
 */
export function mountEvents(root, api) {
  const pick = el('select', { 'aria-label': 'Which events', on: { change: () => void begin() } }, ...CHOICES.map(([value, label]) => el('option', { value }, label)));
  const list = el('ol', { class: 'events', 'aria-label': 'Events, the newest first' });
  const note = el('p', { class: 'note', role: 'status' }, 'Loading …');
  const older = el('button', { type: 'button', hidden: true, on: { click: () => void more() } }, 'Show more');
  root.append(el('div', { class: 'head' }, el('h2', {}, 'Events'), el('div', { class: 'tools' }, pick)), list, note, older);
  /** @type {Wire.Event[]} */ let events = [];
  /** @type {string | null} */ let cursor = null;
  /** @type {Map<number, ReturnType<typeof eventItem>>} */ const items = new Map();
  let now = 0;
  let pushed = 0;
  let seen = '';
  let due = 0;

  /** Nodes stay while what they tell is listed: the focus may be on a link in one. */
  function show() {
    const known = new Set(events.map((event) => event.id));
    for (const id of items.keys()) if (!known.has(id)) items.delete(id);
    for (const event of events) if (!items.has(event.id)) items.set(event.id, eventItem(event));
    const listed = events.map((event) => /** @type {ReturnType<typeof eventItem>} */ (items.get(event.id)));
    for (const item of listed) item.update(now);
    arrange(list, listed.map((item) => item.node));
    setAttribute(list, 'hidden', events.length === 0);
    setAttribute(older, 'hidden', cursor === null);
  }

  /** @param {object} which @param {(answer: {events: Wire.Event[], next: string | null, problem: string | null}) => void} heard */
  async function ask(which, heard) {
    const kind = pick.value;
    let words = '';
    try {
      const answer = await api.events({ ...which, ...(kind ? { kind } : {}) });
      if (kind !== pick.value) return;
      heard(answer);
      words = answer.problem ?? (events.length > 0 ? '' : kind ? 'Nothing of this kind happened yet.' : 'Nothing happened yet.');
    } catch (problem) {
      if (kind !== pick.value) return;
      words = wordsOf(problem);
    }
    write(note, words);
    show();
  }

  const begin = () => {
    events = [];
    cursor = null;
    write(note, 'Loading …');
    show();
    return ask({ limit: PAGE }, (answer) => {
      events = answer.events;
      cursor = answer.next;
    });
  };
  const more = () => ask({ limit: PAGE, cursor }, (answer) => {
    events = joined(events, answer.events);
    cursor = answer.next;
  });
  const news = () => (events.length === 0 ? begin() : ask({ limit: MOST_AT_ONCE, since: Math.floor(events[0].ts) }, (answer) => {
    events = joined(events, answer.events);
  }));
  void begin();
  setInterval(() => !document.hidden && void news(), EVERY_MS);

  return {
    /** @param {Page.State} state @param {number} at */
    render(state, at) {
      const { update } = state;
      const before = Math.floor(now / 10);
      now = serverTime(state, at);
      if (Math.floor(now / 10) !== before) for (const item of items.values()) item.update(now);
      if (update === null || update.seq === pushed) return;
      pushed = update.seq;
      const next = circumstances(update);
      if (next !== seen) due = seen === '' ? 0 : PUSHES;
      seen = next;
      if (due > 0 && !document.hidden) {
        due -= 1;
        void news();
      }
    },
  };
}
