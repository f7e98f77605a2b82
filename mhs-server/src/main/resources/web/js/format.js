// Numbers as people read them. Pure: no clock, no document.

/** Stands where a value is not known: a gap is not a zero. */
export const UNKNOWN = '–';

/** @param {unknown} value @returns {value is number} */
export const isMeasured = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

/**
 * A rate in Mbit/s, always in that unit and with the same decimals, so that digits stand still and
 * rows can be compared at a glance.
 * @param {number | null | undefined} bps bits per second
 */
export function megabits(bps) {
  if (!isMeasured(bps)) return UNKNOWN;
  const mbps = bps / 1e6;
  if (bps > 0 && mbps < 0.01) return '<0.01';
  return mbps.toFixed(mbps < 9999.995 ? 2 : 0);
}

/**
 * How much a rate matters to the eye: `gap` not measured, `quiet` next to nothing, `busy`.
 * @param {number | null | undefined} bps
 * @returns {'gap' | 'quiet' | 'busy'}
 */
export function weightOf(bps) {
  if (!isMeasured(bps)) return 'gap';
  return bps < 10_000 ? 'quiet' : 'busy';
}

/**
 * The capacity of a link: a name rather than a measurement, hence in the unit that the trade uses.
 * @param {number | null | undefined} bps
 * @param {boolean} [short] `2.5G`, to stand in a socket, rather than `2.5 Gbit/s`
 */
export function linkSpeed(bps, short = false) {
  if (!isMeasured(bps) || bps === 0) return short ? '' : UNKNOWN;
  const [scale, unit] = bps >= 1e9 ? [1e9, 'G'] : [1e6, 'M'];
  const number = Number((bps / scale).toPrecision(3));
  return short ? `${number}${unit}` : `${number} ${unit}bit/s`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** @param {number | null | undefined} bytes */
export function byteCount(bytes) {
  if (!isMeasured(bytes)) return UNKNOWN;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${BYTE_UNITS[unit]}`;
}

/** A length of time, in its largest unit. @param {number | null | undefined} seconds */
export function duration(seconds) {
  if (!isMeasured(seconds)) return UNKNOWN;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/**
 * How long ago something was, coarse enough not to flicker.
 * @param {number | null | undefined} ts Unix seconds, or null for never
 * @param {number} now Unix seconds, by the clock that wrote `ts`
 */
export function ago(ts, now) {
  if (typeof ts !== 'number' || !Number.isFinite(ts)) return 'never';
  const seconds = now - ts;
  if (seconds < 10) return 'now';
  return `${duration(seconds < 60 ? Math.floor(seconds / 10) * 10 : seconds)} ago`;
}

/** @param {number} part */
const two = (part) => String(part).padStart(2, '0');

/** The time of day where the reader is, `14:02:31`. @param {number} ts Unix seconds */
export function timeOfDay(ts) {
  const date = new Date(ts * 1000);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Date and time where the reader is. @param {number | null | undefined} ts Unix seconds */
export function dateAndTime(ts) {
  if (typeof ts !== 'number' || !Number.isFinite(ts)) return 'never';
  const date = new Date(ts * 1000);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${timeOfDay(ts)}`;
}

/** @param {number | null | undefined} ratio */
export function percent(ratio) {
  return isMeasured(ratio) ? `${Math.round(ratio * 100)} %` : UNKNOWN;
}
