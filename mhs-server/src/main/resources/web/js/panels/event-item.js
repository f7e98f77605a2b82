// One thing that happened, in a line.
import { el } from '../dom.js';
import { ago, dateAndTime } from '../format.js';
import { deviceAddress } from './rows.js';

/** What a kind looks like at a glance; the sentence says it in words. @type {Record<string, string>} */
const SIGNS = {
  joined: '→', left: '←', new_device: '+', address_changed: '⇄', limit_changed: '≤', alias_changed: '✎',
  source_failed: '!', source_recovered: '✓', router_rebooted: '↻',
};

/** @param {Wire.Event} event @param {number} now @param {boolean} linked whether the device's name leads to it */
export function eventItem({ ts, kind, text, device }, now, linked = true) {
  const { name, key } = device ?? { name: '', key: '' };
  const at = linked && name ? text.indexOf(name) : -1;
  const words = at < 0 ? [text] : [text.slice(0, at), el('a', { href: deviceAddress(key) }, name), text.slice(at + name.length)];
  return el('li', { 'data-kind': kind },
    el('span', { class: 'event-sign', 'aria-hidden': 'true' }, SIGNS[kind] ?? '·'),
    el('span', { class: 'event-text' }, ...words),
    el('time', { class: 'dim', title: dateAndTime(ts) }, ago(ts, now).replace(/^now$/, 'just now')));
}
