// What the reader can choose as a limit, how one fares in whole sentences, and what mends one that does not hold. Pure.
import { SET } from './dom.js';
import { ended, isFastTrack, limitName, measured } from './limits.js';

/** The least and the most that the server takes, in Mbit/s. */
const SLOWEST = 0.001;
const FASTEST = 100_000;

/**
 * How the limit of a device fares, in sentences.
 * @param {Wire.Device} device @param {Page.LimitChange | undefined} change what the reader asked for
 */
export function limitSentences({ limit }, change) {
  if (change?.phase === 'applying') return ['It is being set, and read back to be sure that it is.'];
  if (!limit || limitName(limit) === 'Unlimited') return ['It may move as much as the line lets it.'];
  const moved = measured(limit);
  const further = [
    ...(moved === '' ? [] : [`Measured over the last 30 s: ${moved} Mbit/s.`]),
    ...(limit.ours ? [] : ['It was set elsewhere, not by MHS.']),
  ];
  if (limit.enforced) return [`It is in force${limit.biting ? ', and it holds the device back now' : ''}.`, ...further];
  const why = ended(limit.reason ?? 'Nobody says why');
  return [`The limit does not hold. ${why[0].toUpperCase()}${why.slice(1)}`, ...further];
}

/** The choices that mend a limit that does not hold. @param {Wire.Limit | null | undefined} limit @returns {Page.Remedy[]} */
export function remedies(limit) {
  if (!limit || limit.enforced || !isFastTrack(limit.reason)) return [];
  return [
    {
      title: 'Let MHS keep limited devices, and only these, out of FastTrack',
      detail: `Two firewall rules and an address list, marked as MHS’s own; they go with the last limit. Set this ${SET}:`,
      code: 'MHS_LIMITS_FASTTRACK=exempt',
    },
    {
      title: 'Or switch FastTrack off for everybody',
      detail: 'All traffic then costs the router’s processor more. In a terminal of the router:',
      code: '/ip/firewall/filter/disable [find action=fasttrack-connection]\n/ipv6/firewall/filter/disable [find action=fasttrack-connection]',
    },
  ];
}

/**
 * What somebody typed as a rate; empty is no limit, and a comma is taken for a decimal point.
 * @param {string} text @param {string} which `Down` or `Up`
 * @returns {{value: number | null, problem: string | null}}
 */
export function readRate(text, which) {
  const plain = text.trim().replace(',', '.');
  if (plain === '' || plain === '∞') return { value: null, problem: null };
  if (!/^\d*\.?\d+$|^\d+\.$/.test(plain)) {
    return { value: null, problem: `${which}: write a number of Mbit/s, such as 30 or 2.5.` };
  }
  const value = Number(plain);
  if (value === 0) return { value: null, problem: `${which}: 0 would stop nothing; leave it empty for no limit.` };
  if (value < SLOWEST || value > FASTEST) {
    return { value: null, problem: `${which}: from 0.001 to 100,000 Mbit/s.` };
  }
  return { value, problem: null };
}

/** @param {string} down @param {string} up @returns {{wanted: Page.Wanted | null, problem: string | null, field: 'down' | 'up' | null}} */
export function readCustom(down, up) {
  const first = readRate(down, 'Down');
  if (first.problem) return { wanted: null, problem: first.problem, field: 'down' };
  const second = readRate(up, 'Up');
  if (second.problem) return { wanted: null, problem: second.problem, field: 'up' };
  return { wanted: { download_mbps: first.value, upload_mbps: second.value }, problem: null, field: null };
}
