// One row of the device table: made once, then only what changed is written.
import { el, setAttribute, write } from '../dom.js';
import { ago, dateAndTime, limitText, megabits, UNKNOWN, weightOf } from '../format.js';
import { nameOf, placeOf, presenceOf } from '../order.js';
import { SPARK_HEIGHT, SPARK_WIDTH, sparkPath, sparkTop } from '../spark.js';

const WORDS = {
  online: 'Online',
  idle: 'Idle',
  offline: 'Offline',
  unknown: 'Unknown',
};

/** What a card on a phone says beside a value; a column's head says it elsewhere. @type {Record<string, string>} */
const LABELS = { ip: 'IP', mac: 'MAC', vendor: 'Vendor', where: 'Where', last_seen: 'Last seen', limit: 'Limit' };

/** @param {string} name @param {...any} children */
const cell = (name, ...children) =>
  el('td', { role: 'cell', class: name, 'data-label': LABELS[name] }, ...children);

function limitState({ limit }) {
  if (!limit) return { mark: '', title: '' };
  const whose = limit.ours ? '' : ' Set elsewhere, not by MHS.';
  if (!limit.enforced) {
    return { mark: 'no effect', title: `Not in force: ${limit.reason ?? 'reason unknown'}.${whose}` };
  }
  return { mark: limit.ours ? '' : 'set elsewhere', title: `In force.${whose}` };
}

const nameTitle = (device) =>
  [device.alias && `alias ${device.alias}`, device.hostname && `host name ${device.hostname}`, device.comment]
    .filter(Boolean)
    .join('\n');

/** @param {string} key @returns {Page.Row} */
export function deviceRow(key) {
  const dot = el('span', { class: 'dot', 'aria-hidden': 'true' });
  const word = el('span', { class: 'figures' });
  const name = el('span', { class: 'clip' });
  const ip = el('span', { class: 'clip' });
  const more = el('span', { class: 'chip', hidden: true });
  const mac = el('span', { class: 'clip' });
  const random = el(
    'span',
    { class: 'chip', hidden: true, title: 'A randomised (private) address: it may change' },
    'random',
  );
  const vendor = el('span', { class: 'clip' });
  const place = el('span', { class: 'clip' });
  const down = el('span', { class: 'rate figures' });
  const up = el('span', { class: 'rate figures' });
  const downPath = el('path', { class: 'down' });
  const upPath = el('path', { class: 'up' });
  const seen = el('span', { class: 'figures' });
  const limit = el('span', { class: 'clip' });
  const limitMark = el('span', { class: 'chip warn', hidden: true });
  const spark = el(
    'svg',
    {
      class: 'spark figures',
      viewBox: `0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    upPath,
    downPath,
  );
  const limitCell = cell('limit', limit, limitMark);
  const tr = el(
    'tr',
    { role: 'row', tabindex: '-1', 'data-key': key },
    cell('status', dot, word),
    cell('name', name),
    cell('ip', ip, more),
    cell('mac', mac, random),
    cell('vendor', vendor),
    cell('where', place),
    cell('download', down),
    cell('trace', spark),
    cell('upload', up),
    cell('last_seen', seen),
    limitCell,
  );

  // What is shown is remembered: asking the document costs more than all the rest.
  const rateCell = (node) => {
    let text = '';
    return (bps) => {
      const next = megabits(bps);
      if (next === text) return;
      text = next;
      write(node, text);
      setAttribute(node, 'data-weight', weightOf(bps));
    };
  };
  const showDown = rateCell(down);
  const showUp = rateCell(up);
  let seenText = '';
  const showText = (node, text) => {
    write(node, text || UNKNOWN);
    setAttribute(node, 'title', text || null);
  };

  // What is described changes seldom: one comparison of texts stands for a dozen of nodes.
  let described = '';
  /** @param {Wire.Device} device */
  function describe(device) {
    const { status, alias, hostname, ips, vendor: maker, comment, limit_mbps: both } = device;
    const text = [status, alias, hostname, device.ip, ips, device.mac, device.randomized_mac, maker,
      placeOf(device), comment, both, device.limit && JSON.stringify(device.limit)].join('\n');
    if (text === described) return;
    described = text;
    const presence = presenceOf(device);
    setAttribute(dot, 'class', `dot ${presence}`);
    setAttribute(tr, 'data-presence', presence);
    write(word, WORDS[presence]);
    write(name, nameOf(device));
    setAttribute(name, 'title', nameTitle(device) || nameOf(device));
    showText(ip, device.ip);
    const others = (ips ?? []).filter((address) => address !== device.ip);
    setAttribute(more, 'hidden', others.length === 0);
    setAttribute(more, 'title', others.join('\n'));
    write(more, `+${others.length}`);
    showText(mac, device.mac);
    setAttribute(random, 'hidden', !device.randomized_mac);
    showText(vendor, maker);
    showText(place, placeOf(device));
    const { mark, title } = limitState(device);
    write(limit, limitText(device));
    write(limitMark, mark);
    setAttribute(limitMark, 'hidden', mark === '');
    setAttribute(limitCell, 'title', title || null);
    setAttribute(limitCell, 'data-none', limitText(device) === '');
  }

  return {
    tr,
    update(device, now) {
      describe(device);
      showDown(device.download_bps);
      showUp(device.upload_bps);
      const live = device.status === 'online' && device.last_seen !== null;
      const text = live ? 'now' : ago(device.last_seen, now);
      if (text === seenText) return;
      seenText = text;
      write(seen, text);
      setAttribute(seen, 'title', live ? null : dateAndTime(device.last_seen));
    },
    trace(frames, interval) {
      const top = sparkTop(frames, key);
      setAttribute(downPath, 'd', sparkPath(frames, key, 0, top, interval));
      setAttribute(upPath, 'd', sparkPath(frames, key, 1, top, interval));
    },
  };
}
