// One row of the device table: made once, then only what changed is written.
import { el, setAttribute, write } from '../dom.js';
import { ago, byteCount, dateAndTime, megabits, UNKNOWN, weightOf } from '../format.js';
import { rateIn } from '../frames.js';
import { limitView } from '../limits.js';
import { movedBytes, nameOf, placesOf, presenceOf } from '../order.js';
import { isGap, WINDOW_SECONDS } from '../state.js';

export const WORDS = { online: 'Online', idle: 'Idle', offline: 'Offline', unknown: 'Unknown' };
export const RANDOM_MAC =
  'A randomised (private) address: phones and laptops make one up for each network, so it names no vendor and may change';

/** Where a link to a device leads. @param {string} key */
export const deviceAddress = (key) => `#device=${encodeURIComponent(key).replaceAll('%3A', ':')}`;

/** Which device the address of the page names. @param {string} hash @returns {string | null} */
export function deviceOfHash(hash) {
  try {
    return /^#device=(.+)$/.exec(decodeURIComponent(hash))?.[1].toLowerCase() ?? null;
  } catch {
    return null; // no address of ours
  }
}

/** By key, MAC or IP address; many a device has no MAC that is known. @param {string | null} name @param {readonly Wire.Device[]} devices */
export const deviceCalled = (name, devices) =>
  devices.find(({ key, mac, ips }) => name && (key === name || mac === name || ips?.includes(name)));

/** What of a device is told in words, and what of its limit: all of it changes seldom, and then as a whole. */
const DESCRIBED = [
  'status', 'alias', 'hostname', 'ip', 'ips', 'mac', 'randomized_mac', 'vendor', 'comment', 'port', 'port_source', 'interface', 'ssid', 'first_seen',
];
const LIMITED = ['limit', 'limit_mbps'];

const SPARK_WIDTH = 100;
const SPARK_HEIGHT = 26;
/** Below this peak a line stays low: noise must not look like load. */
const SMALLEST_TOP_BPS = 1e6;
/** The little line of a row goes on by less than two pixels with a push: it is drawn with every third, and not those of all rows with the same. */
const TRACE_PUSHES = 3;

/** @param {string} name @param {...any} children */
const cell = (name, ...children) => el('td', { role: 'cell', class: name }, ...children);
const line = (name = 'clip') => el('span', { class: name });

const nameTitle = (device) =>
  [nameOf(device), device.alias && device.hostname && `calls itself ${device.hostname}`, device.comment]
    .filter(Boolean)
    .join('\n');

/** @param {Page.Moved | undefined} moved @param {string} when */
const movedTitle = (moved, when) =>
  moved === undefined ? `Nothing was measured ${when}` : `${when}: ↓ ${byteCount(moved.down)}, ↑ ${byteCount(moved.up)}`;

/**
 * Writes what a limit is called and how it fares on the buttons that change it.
 * @param {Element} limit @param {Element} mark @param {Page.LimitView} view @param {string} whose in words @param {string | null | undefined} reason
 */
export function nameLimit(limit, mark, view, whose, reason) {
  write(limit, view.name);
  setAttribute(limit, 'aria-label', `${whose}: ${view.name}. Change it`);
  write(mark, view.mark);
  setAttribute(mark, 'hidden', view.mark === '');
  setAttribute(mark, 'data-tone', view.tone);
  setAttribute(mark, 'title', reason || null);
}

/** @param {string} key @param {number} number of the row, so that not all lines are drawn with the same push @returns {Page.Row} */
export function deviceRow(key, number = 0) {
  const dot = el('span', { class: 'dot', 'aria-hidden': 'true' });
  const word = line('figures');
  const name = el('a', { href: deviceAddress(key), class: 'clip', tabindex: '-1' });
  const pencil = el('button', { type: 'button', class: 'pencil', tabindex: '-1', 'data-do': 'rename' }, '✎');
  const about = line('sub');
  const ip = line();
  const more = el('span', { class: 'chip', hidden: true });
  const mac = line();
  const random = el('span', { class: 'chip', hidden: true, title: RANDOM_MAC }, 'random');
  const place = line();
  const network = line('sub');
  const down = line('rate figures');
  const up = line('rate figures');
  const downPath = el('path', { class: 'down' });
  const upPath = el('path', { class: 'up' });
  const today = line();
  const month = line('sub');
  const seen = line('figures');
  const first = line('sub');
  const limit = el('button', { type: 'button', class: 'pick', tabindex: '-1', 'aria-haspopup': 'dialog', 'data-do': 'limit' });
  const mark = el('button', { type: 'button', class: 'mark', tabindex: '-1', 'data-do': 'limit' });
  const said = el('td', { role: 'cell', class: 'said', hidden: true });
  const spark = el('svg', { class: 'spark figures', viewBox: `0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, upPath, downPath);
  const tr = el('tr', { role: 'row', tabindex: '-1', 'data-key': key },
    cell('status', el('span', { class: 'pair' }, dot, word)),
    cell('name', el('span', { class: 'pair' }, name, pencil), about),
    cell('address', el('span', { class: 'pair' }, ip, more), el('span', { class: 'sub pair' }, mac, random)),
    cell('where', place, network),
    cell('download', down),
    cell('trace', spark),
    cell('upload', up),
    cell('moved', today, month),
    cell('seen', seen, first),
    cell('limit', limit, mark),
    said,
  );

  // What is shown is remembered: asking the document costs more than all the rest.
  const once = (show) => {
    let before;
    return (text) => {
      if (text === before) return;
      before = text;
      show(text);
    };
  };
  const text = (node) => once((next) => write(node, next));
  const rateCell = (node) => {
    const show = text(node);
    const weigh = once((weight) => setAttribute(node, 'data-weight', weight));
    return (bps) => [show(megabits(bps)), weigh(weightOf(bps))];
  };
  const [showDown, showUp] = [down, up].map(rateCell);
  const lineOf = (node) => once((next) => node.setAttribute('d', next));
  const [showDownLine, showUpLine] = [downPath, upPath].map(lineOf);
  const showSeen = text(seen);
  const showFirst = text(first);
  const titled = (node, words, title = words) => {
    write(node, words || UNKNOWN);
    setAttribute(node, 'title', title || null);
  };

  /** @param {Wire.Device} device */
  function describe(device) {
    const { alias, hostname, vendor, ips } = device;
    const presence = presenceOf(device);
    setAttribute(dot, 'class', `dot ${presence}`);
    setAttribute(tr, 'data-presence', presence);
    write(word, WORDS[presence]);
    titled(name, nameOf(device), nameTitle(device));
    setAttribute(pencil, 'aria-label', `Rename ${nameOf(device)}`);
    const others = [alias && hostname, vendor].filter(Boolean).join(' · ');
    titled(about, others || (alias || hostname ? '' : 'no name'), others);
    if (!others && (alias || hostname)) write(about, '');
    const further = (ips ?? []).filter((address) => address !== device.ip);
    titled(ip, device.ip);
    setAttribute(more, 'hidden', further.length === 0);
    setAttribute(more, 'title', further.join('\n'));
    write(more, `+${further.length}`);
    titled(mac, device.mac);
    setAttribute(random, 'hidden', !device.randomized_mac);
    const [nearest, beyond] = placesOf(device);
    titled(place, nearest);
    titled(network, beyond || ' ', beyond);
    setAttribute(seen, 'title', `Last seen ${dateAndTime(device.last_seen)}`);
    setAttribute(first, 'title', `First seen ${dateAndTime(device.first_seen)}`);
  }

  /** @param {Wire.Device} device @param {Page.LimitChange | undefined} change */
  function showLimit(device, change) {
    const view = limitView(device, change);
    nameLimit(limit, mark, view, `Limit for ${nameOf(device)}`, device.limit?.reason);
    setAttribute(limit, 'data-none', view.name === 'Unlimited');
    setAttribute(tr, 'data-limit', view.tone === 'none' ? null : view.tone);
    setAttribute(said, 'hidden', view.refused === null);
    setAttribute(said, 'role', view.refused === null ? 'cell' : 'alert');
    write(said, view.refused === null ? '' : `The limit was not set: ${view.refused}`);
  }

  /** @param {Page.Usage | null} usage */
  function showUsage(usage) {
    for (const [node, moved, when] of [[today, usage?.today, 'Today'], [month, usage?.month, 'This month']]) {
      write(node, byteCount(movedBytes(moved, key)));
      setAttribute(node, 'title', usage && movedTitle(moved.get(key), when));
    }
  }
  const used = once(showUsage);
  /** @type {Wire.Device | null} */ let device = null;
  let change;
  /** Which of its turns the lines were drawn in, and from which moment on: the past may come later than the first push. */
  let [drawnTurn, drawnFrom] = [NaN, 0];

  return {
    tr,
    update(next, now, wish, usage) {
      const differs = (name) => device === null || device[name] !== next[name];
      const isOther = DESCRIBED.some(differs) || (next.status !== 'online' && differs('last_seen'));
      if (isOther) describe(next);
      if (isOther || LIMITED.some(differs) || wish !== change) showLimit(next, wish);
      [device, change] = [next, wish];
      showDown(next.download_bps);
      showUp(next.upload_bps);
      used(usage);
      const live = next.status === 'online' && next.last_seen !== null;
      showSeen(live ? 'now' : ago(next.last_seen, now));
      showFirst(`first ${ago(next.first_seen, now).replace(/ ago$/, '')}`);
    },
    trace(frames, interval) {
      const turn = Math.floor(((frames.at(-1)?.ts ?? 0) / interval + number) / TRACE_PUSHES);
      const from = frames[0]?.ts ?? 0;
      if (turn === drawnTurn && from >= drawnFrom) return;
      [drawnTurn, drawnFrom] = [turn, from];
      const [downLine, upLine] = sparkPaths(frames, key, interval);
      showDownLine(downLine);
      showUpLine(upLine);
    },
    /** One row can be reached by Tab, and what is in it. @param {boolean} yes */
    reachable(yes) {
      for (const node of [tr, pencil, limit]) setAttribute(node, 'tabindex', yes ? '0' : '-1');
    },
  };
}

/**
 * The paths of both directions of one device over the last two minutes, download first, on the same scale. Gaps stay
 * gaps; a value that stands alone between two gaps becomes a dot. What stays level is one stroke from its first to its last
 * moment: it costs the browser next to nothing, and while nothing moves the path is the same text from push to push.
 * @param {readonly Page.Frame[]} frames @param {string} key
 * @param {number} interval seconds between pushes
 * @returns {[string, string]}
 */
export function sparkPaths(frames, key, interval) {
  const [downs, ups] = /** @type {const} */ ([0, 1]).map((direction) => frames.map((frame) => rateIn(frame, key, direction)));
  let top = SMALLEST_TOP_BPS;
  for (const rates of [downs, ups]) for (const rate of rates) top = Math.max(top, rate ?? 0);
  return [path(frames, downs, top, interval), path(frames, ups, top, interval)];
}

function path(frames, rates, top, interval) {
  const end = frames.at(-1)?.ts ?? 0;
  let path = '';
  /** Where the line is, and whether it only went on level since that was written; null in a gap. @type {number | null} */
  let level = null;
  let last = 0;
  let isOpen = false;
  const close = () => {
    if (isOpen) path += `H${last}`;
    isOpen = false;
  };
  for (let i = 0; i < frames.length; i += 1) {
    const rate = rates[i];
    const x = Math.round(SPARK_WIDTH * 10 * (1 - (end - frames[i].ts) / WINDOW_SECONDS)) / 10;
    if (level !== null && isGap(frames[i - 1].ts, frames[i].ts, interval)) {
      close();
      level = null;
    }
    if (rate === null || x < 0) {
      close();
      level = null;
      continue;
    }
    // Quarters of a pixel are finer than is seen.
    const y = SPARK_HEIGHT - 1 - Math.round((SPARK_HEIGHT - 2) * 4 * (rate / top)) / 4;
    if (y === level) isOpen = true;
    else {
      close();
      path += level === null ? `M${x} ${y}h.1` : `L${x} ${y}`;
    }
    level = y;
    last = x;
  }
  close();
  return path;
}
