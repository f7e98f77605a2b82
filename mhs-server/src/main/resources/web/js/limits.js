// What a limit is called, how it fares, and what would mend it. Pure.
import { isMeasured } from './format.js';

/** @param {number} mbps */
const amount = (mbps) => String(Number(mbps.toFixed(3)));
/** @param {number} mbps */
const about = (mbps) => String(Number(mbps.toPrecision(3)));

/** @param {number | null | undefined} mbps */
const part = (mbps) => (isMeasured(mbps) ? amount(mbps) : '∞');

/** A limit as people call it: `30 Mbit/s`, `1 Gbit/s`, `↓50 ↑10 Mbit/s`. @param {Page.Wanted | null | undefined} limit */
export function limitName(limit) {
  const { download_mbps: down, upload_mbps: up } = limit ?? { download_mbps: null, upload_mbps: null };
  if (!isMeasured(down) && !isMeasured(up)) return 'Unlimited';
  if (down !== up) return `↓${part(down)} ↑${part(up)} Mbit/s`;
  const both = /** @type {number} */ (down);
  return both >= 1000 ? `${amount(both / 1000)} Gbit/s` : `${amount(both)} Mbit/s`;
}

/** What a device may move. @param {Wire.Device} device @returns {Page.Wanted | null} */
export function limitOf({ limit, limit_mbps: both }) {
  if (limit) return limit;
  return both === null || both === undefined ? null : { download_mbps: both, upload_mbps: both };
}

/** @param {Page.Wanted | null} a @param {Page.Wanted | null} b */
export const sameLimit = (a, b) => limitName(a) === limitName(b);

/** What was measured in the directions that are limited: `↓29.4 ↑0.41`. @param {Wire.Limit} limit */
export function measured(limit) {
  const one = (arrow, allowed, moved) => (isMeasured(allowed) && isMeasured(moved) ? `${arrow}${about(moved)}` : '');
  return [
    one('↓', limit.download_mbps, limit.measured_download_mbps),
    one('↑', limit.upload_mbps, limit.measured_upload_mbps),
  ].filter(Boolean).join(' ');
}

/** @param {string} words */
export const ended = (words) => (/[.!?]$/.test(words) ? words : `${words}.`);

/** @param {string | null} reason */
export const isFastTrack = (reason) => /fasttrack/i.test(reason ?? '');

/**
 * How the limit of a device fares: `tone` for the eye, `mark` in a few words.
 * @param {Wire.Device} device @param {Page.LimitChange | undefined} change what the reader asked for
 * @returns {Page.LimitView}
 */
export function limitView(device, change) {
  const { limit } = device;
  if (change?.phase === 'applying') return { name: limitName(change.wanted), tone: 'applying', mark: 'applying …', refused: null };
  const refused = change?.phase === 'refused' ? change.words : null;
  return { name: limitName(limitOf(device)), refused, ...fate(limit) };
}

/** @param {Wire.Limit | null} limit @returns {{tone: Page.LimitView['tone'], mark: string}} */
function fate(limit) {
  if (!limit || limitName(limit) === 'Unlimited') return { tone: 'none', mark: '' };
  if (!limit.enforced) return { tone: 'bad', mark: isFastTrack(limit.reason) ? 'not biting: FastTrack' : limit.biting === false ? 'not biting' : 'not in force' };
  return { tone: limit.ours ? 'good' : 'elsewhere', mark: [limit.ours ? 'in force' : 'set elsewhere', measured(limit)].filter(Boolean).join(' · ') };
}

/**
 * Why no limit can be set here, or null where one can.
 * @param {Wire.Update | null} update
 */
export function unlimitable(update) {
  const choice = update?.choices?.limits;
  if (!choice || choice.source !== null) return null;
  return `Limits cannot be set here: ${ended(choice.reason || 'no source in use can')}`;
}
