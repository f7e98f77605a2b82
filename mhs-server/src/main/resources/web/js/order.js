// Which devices are shown, under which names and in which order. Pure.
import { rateIn } from './frames.js';

/** How many pushes a rate is averaged over before it decides about the order: calm beats exact. */
const SORT_FRAMES = 3;
const PRESENCES = ['online', 'idle', 'offline', 'unknown'];

/** @param {Wire.Device} device */
export const nameOf = (device) =>
  device.alias || device.hostname || device.ip || device.mac || device.key;

/** The router's own ports and this machine's need no box beside their name. */
const UNNAMED_BOXES = ['mikrotik', 'local'];

/**
 * Where it hangs, and beyond that what: the wireless network with its port, or the port with its switch.
 * @param {Wire.Device} device @returns {[string, string]}
 */
export function placesOf({ port, port_source: box, interface: name, ssid }) {
  const known = port || name || '';
  const boxed = port && box && !UNNAMED_BOXES.includes(box) ? box : '';
  if (ssid) return [ssid, [known, boxed].filter(Boolean).join(' · ')];
  return [known, boxed];
}

/** The same in one text. @param {Wire.Device} device */
export const placeOf = (device) => placesOf(device).filter(Boolean).join(' · ');

/** @param {Wire.Device} device */
export const presenceOf = (device) =>
  PRESENCES.includes(device.status) ? device.status : 'unknown';

/** @param {readonly Wire.Device[]} devices @returns {Record<string, number>} */
export function countByPresence(devices) {
  const counts = Object.fromEntries(PRESENCES.map((presence) => [presence, 0]));
  devices.forEach((device) => (counts[presenceOf(device)] += 1));
  return counts;
}

/**
 * The word of a search that finds what hangs at one port of one box, and nothing else.
 * @param {string} port @param {string} source whose port it is
 */
export const portWord = (port, source) => `port:"${port}"@${source}`;

/** @param {Wire.Device} device @param {string} word */
const isAt = ({ port, port_source: source }, word) =>
  port !== null && word === portWord(port, source ?? '').toLowerCase();

/** @param {string} text */
const bare = (text) => text.replace(/[^0-9a-z]/g, '');

/**
 * Whether every word of a search is found somewhere in a device. A MAC is found in any spelling.
 * @param {Wire.Device} device @param {string} search
 */
export function matches(device, search) {
  // A port may have blanks in its name.
  const words = search.toLowerCase().match(/port:".*"@\S+|\S+/g) ?? [];
  if (words.length === 0) return true;
  const { alias, hostname, ips, ip, mac, vendor, comment } = device;
  const text = [alias, hostname, ip, ...(ips ?? []), mac, vendor, placeOf(device), comment]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
  const macDigits = bare((mac ?? '').toLowerCase());
  return words.every(
    (word) =>
      isAt(device, word) || text.includes(word) ||
      (/^[0-9a-f]{2}([-:.]?[0-9a-f])+$/.test(word) && macDigits.includes(bare(word))),
  );
}

/** What was made of addresses before: they are the same ones push after push. @type {Map<string, string>} */
const addressKeys = new Map();
const MOST_KEYS = 4096;

/**
 * An address as a text that sorts as the address does: 192.168.1.9 before 192.168.1.10.
 * @param {string | null} ip
 */
export function addressKey(ip) {
  if (!ip) return null;
  const known = addressKeys.get(ip);
  if (known !== undefined) return known;
  if (addressKeys.size >= MOST_KEYS) addressKeys.clear();
  const key = spreadAddress(ip);
  addressKeys.set(ip, key);
  return key;
}

/** @param {string} ip */
function spreadAddress(ip) {
  if (ip.includes('.') && !ip.includes(':')) {
    return `4${ip.split('.').map((part) => part.padStart(3, '0')).join('')}`;
  }
  const [head, tail] = ip.toLowerCase().split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const fill = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...new Array(fill).fill('0'), ...right];
  return `6${groups.map((group) => group.padStart(4, '0')).join('')}`;
}

/**
 * The average of what was measured of a device in these pushes in steps of 10 kbit/s, or null when there is none.
 * @param {readonly Page.Frame[]} frames @param {string} key @param {0 | 1} direction 0 down, 1 up
 */
export function recentRate(frames, key, direction) {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < frames.length; i += 1) {
    const rate = rateIn(frames[i], key, direction);
    if (rate === null) continue;
    sum += rate;
    count += 1;
  }
  // In the steps in which it is shown: what looks alike must not change places.
  return count === 0 ? null : Math.round(sum / count / 10_000);
}

/** Both directions together. @param {Map<string, Page.Moved> | undefined} usage @param {string} key */
export function movedBytes(usage, key) {
  const moved = usage?.get(key);
  return moved === undefined ? null : moved.down + moved.up;
}

/** @type {Record<string, (device: Wire.Device, frames: readonly Page.Frame[], usage: Page.Usage | null) => string | number | null>} */
const KEYS = {
  status: (device) => PRESENCES.indexOf(presenceOf(device)),
  name: (device) => nameOf(device),
  ip: (device) => addressKey(device.ip),
  mac: (device) => device.mac,
  vendor: (device) => device.vendor || null,
  where: (device) => placeOf(device) || null,
  download: (device, frames) => recentRate(frames, device.key, 0),
  upload: (device, frames) => recentRate(frames, device.key, 1),
  last_seen: (device) => device.last_seen,
  first_seen: (device) => device.first_seen,
  today: (device, frames, usage) => movedBytes(usage?.today, device.key),
  month: (device, frames, usage) => movedBytes(usage?.month, device.key),
  limit: (device) => device.limit_mbps ?? device.limit?.download_mbps ?? device.limit?.upload_mbps ?? null,
};

/** Columns whose order stays as long as only figures change. */
export const STEADY = new Set(['status', 'name', 'ip', 'mac', 'vendor', 'where', 'first_seen']);
/** Columns in which the first click shows the largest first. */
export const LARGEST_FIRST = new Set(['download', 'upload', 'today', 'month', 'last_seen', 'first_seen']);

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** @param {string} a @param {string} b */
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** @param {string} column @returns {(a: any, b: any) => number} */
function comparison(column) {
  // Addresses are digits in hexadecimal, where "natural" order would be wrong.
  if (column === 'ip' || column === 'mac') return byText;
  return (a, b) => (typeof a === 'number' ? a - b : collator.compare(a, b));
}

/**
 * The devices in order. What is not known comes last either way; ties are broken by presence, then
 * address, so that the order is the same whatever order they came in.
 * @param {readonly Wire.Device[]} devices @param {Page.Sort} sort @param {readonly Page.Frame[]} frames
 * @param {Page.Usage | null} usage
 * @returns {Wire.Device[]}
 */
export function sorted(devices, sort, frames, usage = null) {
  const keyOf = KEYS[sort.column] ?? KEYS.name;
  const recent = frames.slice(-SORT_FRAMES);
  const compare = comparison(sort.column);
  const sign = sort.descending ? -1 : 1;
  return devices
    .map((device) => ({
      device,
      key: keyOf(device, recent, usage),
      presence: PRESENCES.indexOf(presenceOf(device)),
      address: addressKey(device.ip) ?? '9',
    }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) {
        if (a.key !== b.key) return a.key === null ? 1 : -1;
      } else {
        const order = compare(a.key, b.key);
        if (order !== 0) return sign * order;
      }
      return (
        a.presence - b.presence ||
        byText(a.address, b.address) ||
        byText(a.device.key, b.device.key)
      );
    })
    .map((entry) => entry.device);
}

/**
 * The order to show while the reader points at a row: as it was, newcomers last.
 * @param {readonly string[]} before the keys as they are shown
 * @param {readonly string[]} keys in the order that would be right
 */
export function heldOrder(before, keys) {
  const open = new Set(keys);
  return [...before.filter((key) => open.delete(key)), ...open];
}
