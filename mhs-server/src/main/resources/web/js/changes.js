// What the reader asked for, as long as no push shows it. Pure.
import { limitOf, sameLimit } from './limits.js';

/** An answer stands in for the push that does not show it yet, for so many pushes. */
const PUSHES = 3;

/** Under which name a change is kept. @param {'limit' | 'alias'} kind @param {string} key of the device */
export const changeId = (kind, key) => `${kind} ${key}`;

/** @param {Page.Changes} changes @param {string} id @param {Page.Change | null} change null: done with @returns {Page.Changes} */
export function withChange(changes, id, change) {
  const { [id]: _, ...others } = changes;
  return change === null ? others : { ...others, [id]: change };
}

/**
 * What is left after a push: an answer that it shows, or should, is done with.
 * @param {Page.Changes} changes @param {Wire.Update} update @param {number} interval seconds between pushes
 * @returns {Page.Changes}
 */
export function changesAfter(changes, update, interval) {
  const ids = Object.keys(changes);
  if (ids.length === 0) return changes;
  const devices = new Map(update.devices.map((device) => [device.key, device]));
  const kept = ids.filter((id) => isOpen(changes[id], devices.get(id.slice(id.indexOf(' ') + 1)), update.ts, interval));
  return kept.length === ids.length ? changes : Object.fromEntries(kept.map((id) => [id, changes[id]]));
}

/** @param {Page.Change} change @param {Wire.Device | undefined} device @param {number} ts @param {number} interval */
function isOpen(change, device, ts, interval) {
  if (change.phase !== 'applied') return true;
  if (device === undefined || ts - change.ts > PUSHES * interval) return false;
  if ('alias' in change) return (device.alias ?? '') !== change.alias;
  return !sameLimit(limitOf(device), change.answer);
}

const UNMEASURED = { ours: true, measured_download_mbps: null, measured_upload_mbps: null, biting: null };

/** The device as the server just answered that it is now. @param {Wire.Device} device @param {Page.Changes} changes */
export function asAnswered(device, changes) {
  const name = changes[changeId('alias', device.key)];
  const limit = changes[changeId('limit', device.key)];
  const named = name?.phase === 'applied' ? { ...device, alias: name.alias || null } : device;
  if (limit?.phase !== 'applied') return named;
  const { answer } = limit;
  const none = answer.download_mbps === null && answer.upload_mbps === null;
  return { ...named, limit_mbps: answer.download_mbps ?? answer.upload_mbps, limit: none ? null : { ...UNMEASURED, ...answer } };
}
