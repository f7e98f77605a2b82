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

// Where the marks of a chart stand and what they say.

/**
 * The next "round" number at or above a peak, so that the scale changes seldom.
 * @param {number} peak Mbit/s
 */
export function roundTop(peak) {
  if (!(peak > 1)) return 1;
  const power = 10 ** Math.floor(Math.log10(peak));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((s) => s * power >= peak * 1.0001) ?? 10;
  return step * power;
}

/** Points that stand alone between gaps: a line would not show them. @param {readonly (number | null)[]} values */
export function lonePoints(values) {
  const lone = [];
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) lone.push(i);
  }
  return lone;
}

/** Marks of the time that is just passing. @param {number} now Unix seconds @param {number} seconds how far back */
export const agoMarks = (now, seconds) =>
  [1, 0.75, 0.5, 0.25, 0].map((part) => ({
    at: now - part * seconds,
    label: part === 0 ? 'now' : part * seconds >= 120 ? `${(part * seconds) / 60} min` : `${part * seconds} s`,
  }));

/** A moment with what was moved then, to be heard. @param {string} moment @param {number | null | undefined} down bits per second @param {number | null | undefined} up */
export const readingWords = (moment, down, up) =>
  isMeasured(down) || isMeasured(up) ? `${moment}: down ${megabits(down)}, up ${megabits(up)} Mbit/s` : `${moment}: not measured`;
