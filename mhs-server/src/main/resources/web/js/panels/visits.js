// Who only passed by: on the network for less than five minutes, in the last 24 hours.
import { el, fill, setAttribute, write } from '../dom.js';
import { dateAndTime, isMeasured, UNKNOWN } from '../format.js';
import { serverTime } from '../state.js';
import { momentNode } from './event-item.js';
import { deviceAddress } from './rows.js';

/** A length of time to the second, as people say it: `1 min 2 s`. @param {number | null | undefined} seconds */
export function exactDuration(seconds) {
  if (!isMeasured(seconds)) return UNKNOWN;
  const whole = Math.round(seconds);
  const parts = [[Math.floor(whole / 3600), 'h'], [Math.floor(whole / 60) % 60, 'min'], [whole % 60, 's']];
  const told = parts.filter(([amount]) => Number(amount) > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return told.slice(0, 2).join(' ') || '0 s';
}

/** So many are shown at first. */
const FIRST = 10;

/** @param {Wire.Visit} visit @param {string | null} key where it is still known @param {number} now */
function visitItem({ ip, mac, hostname, alias, vendor, first_seen: first, last_seen: last, duration_seconds: seconds }, key, now) {
  const name = alias || hostname || ip || mac || 'nameless';
  const further = [name === ip ? null : ip, vendor, name === mac ? null : mac].filter(Boolean).join(' · ');
  const moment = momentNode(last);
  moment.update(now);
  return el('li', { title: `${dateAndTime(first)} – ${dateAndTime(last)}` },
    el('span', { class: 'clip' }, key === null ? el('b', {}, name) : el('a', { href: deviceAddress(key) }, name)),
    el('span', { class: 'visit-length' }, exactDuration(seconds)),
    el('span', { class: 'sub' }, further),
    moment.node);
}

/** @param {Element} root */
export function mountVisits(root) {
  const list = el('ol', { class: 'visits', 'aria-label': 'Recently disconnected, the newest first' });
  const empty = el('p', { class: 'note' });
  const all = el('button', { type: 'button', hidden: true, on: { click: showAll } });
  root.append(el('div', { class: 'head' }, el('h2', {}, 'Recently disconnected'), el('span', { class: 'note' }, 'here for less than 5 min, in the last 24 h')), list, empty, all);
  let most = FIRST;
  let drawn = '';
  /** @type {[Page.State, number] | null} */ let shown = null;

  function showAll() {
    most = Infinity;
    if (shown !== null) render(...shown);
  }

  /** @param {Page.State} state @param {number} at */
  function render(state, at) {
    shown = [state, at];
    const { update } = state;
    const now = serverTime(state, at);
    const visits = update?.transient_devices ?? [];
    const text = `${Math.floor(now / 10)} ${visits.length} ${visits[0]?.last_seen} ${most} ${update === null}`;
    if (text === drawn) return;
    drawn = text;
    const keys = new Map(update?.devices.flatMap(({ key, mac, ip }) => [[mac ?? ip, key], [ip, key]]));
    fill(list, ...visits.slice(0, most).map((visit) => visitItem(visit, keys.get(visit.mac ?? visit.ip) ?? null, now)));
    setAttribute(list, 'hidden', visits.length === 0);
    setAttribute(all, 'hidden', visits.length <= most);
    write(all, `Show all ${visits.length}`);
    setAttribute(empty, 'hidden', visits.length > 0);
    write(empty, update === null ? 'Connecting …' : 'Nobody only passed by.');
  }

  return { render };
}
