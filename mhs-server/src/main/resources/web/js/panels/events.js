// What happened, the newest first: loaded by pages; what happens meanwhile appears by itself.
import { el, fill, setAttribute, write } from '../dom.js';
import { serverTime } from '../state.js';
import { eventItem } from './event-item.js';

const PAGE = 30;
const EVERY_MS = 10_000;

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

/**
 * @param {Element} root
 * @param {any} api
 */
export function mountEvents(root, api) {
  const pick = el('select', { 'aria-label': 'Which events', on: { change: () => void begin() } }, ...CHOICES.map(([value, label]) => el('option', { value }, label)));
  const list = el('ol', { class: 'events' });
  const note = el('p', { class: 'note', role: 'status' }, 'Loading …');
  const older = el('button', { type: 'button', hidden: true, on: { click: () => void more() } }, 'Older');
  root.append(el('div', { class: 'head' }, el('h2', {}, 'Events'), el('div', { class: 'tools' }, pick)), list, note, older);
  /** @type {Wire.Event[]} */
  let events = [];
  /** @type {string | null} */
  let cursor = null;
  let now = 0;
  let drawn = '';

  function show() {
    const minute = Math.floor(now / 10);
    const text = `${minute} ${events.length} ${events[0]?.id} ${events.at(-1)?.id}`;
    if (text === drawn) return;
    drawn = text;
    // The focus may be on a link of the list.
    if (list.contains?.(document.activeElement)) return;
    fill(list, ...events.map((event) => eventItem(event, now)));
  }

  /** @param {object} which @param {(answer: {events: Wire.Event[], next: string | null, problem: string | null}) => void} heard */
  async function ask(which, heard) {
    const kind = pick.value;
    try {
      const answer = await api.events({ ...which, ...(kind ? { kind } : {}) });
      if (kind !== pick.value) return;
      heard(answer);
      write(note, answer.problem ?? (events.length === 0 ? 'Nothing happened yet.' : ''));
    } catch (problem) {
      write(note, problem instanceof Error ? problem.message : String(problem));
    }
    setAttribute(older, 'hidden', cursor === null);
    drawn = '';
    show();
  }

  const begin = () => {
    events = [];
    cursor = null;
    return ask({ limit: PAGE }, (answer) => {
      events = answer.events;
      cursor = answer.next;
    });
  };
  const more = () => ask({ limit: PAGE, cursor }, (answer) => {
    events = joined(events, answer.events);
    cursor = answer.next;
  });
  const news = () => (events.length === 0 ? begin() : ask({ limit: 500, since: Math.floor(events[0].ts) }, (answer) => {
    events = joined(events, answer.events);
  }));
  void begin();
  setInterval(() => !document.hidden && void news(), EVERY_MS);

  return {
    /** @param {Page.State} state @param {number} at */
    render(state, at) {
      now = serverTime(state, at);
      show();
    },
  };
}
