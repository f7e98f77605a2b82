// One thing that happened, in a line.
import { el, write } from '../dom.js';
import { ago, dateAndTime } from '../format.js';
import { momentWords } from '../time-marks.js';
import { deviceAddress } from './rows.js';

/** What a kind looks like at a glance; the sentence says it in words. @type {Record<string, string>} */
const SIGNS = {
  joined: '→', left: '←', new_device: '+', address_changed: '⇄', limit_changed: '≤', alias_changed: '✎',
  source_failed: '!', source_recovered: '✓', router_rebooted: '↻',
};

/** How long ago, in a sentence's words. @param {number} ts @param {number} now */
export const agoWords = (ts, now) => ago(ts, now).replace(/^now$/, 'just now');

/** The time of day, with the day where that is not the present one. @param {number} ts @param {number} now Unix seconds */
export function whenWords(ts, now) {
  const isToday = dateAndTime(ts).slice(0, 10) === dateAndTime(now).slice(0, 10);
  return momentWords(ts, isToday ? 60 : 3600);
}

/** A moment both ways: by the clock, and how long ago. @param {number} ts Unix seconds */
export function momentNode(ts) {
  const clock = el('span', { class: 'clock' });
  const age = el('span', { class: 'age-words' });
  const node = el('time', { datetime: new Date(ts * 1000).toISOString(), title: dateAndTime(ts) }, clock, age);
  return {
    node,
    /** @param {number} now */
    update(now) {
      write(clock, whenWords(ts, now));
      write(age, agoWords(ts, now));
    },
  };
}

/** @param {Wire.Event} event @param {boolean} linked whether the device's name leads to it */
export function eventItem({ ts, kind, text, device }, linked = true) {
  const { name, key } = device ?? { name: '', key: '' };
  const at = linked && name ? text.indexOf(name) : -1;
  const words = at < 0 ? [text] : [text.slice(0, at), el('a', { href: deviceAddress(key) }, name), text.slice(at + name.length)];
  const moment = momentNode(ts);
  const node = el('li', { 'data-kind': kind },
    el('span', { class: 'event-sign', 'aria-hidden': 'true' }, SIGNS[kind] ?? '·'),
    el('span', { class: 'event-text' }, ...words),
    moment.node);
  return { node, update: moment.update };
}
