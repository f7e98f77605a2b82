// Where the marks of a chart stand and what they say. Pure.

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

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const STEPS = [
  5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR,
  6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 364 * DAY,
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (part) => String(part).padStart(2, '0');

/** @param {number} ts @param {number} step */
function label(ts, step) {
  const date = new Date(ts * 1000);
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  if (step >= DAY || (date.getHours() === 0 && date.getMinutes() === 0 && step >= MINUTE)) return day;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return step < MINUTE ? `${time}:${two(date.getSeconds())}` : time;
}

/**
 * Round moments of the reader's own clock within a time.
 * @param {number} from Unix seconds @param {number} to
 * @param {number} most so many marks have room
 * @returns {{at: number, label: string}[]}
 */
export function timeMarks(from, to, most) {
  const step = STEPS.find((s) => (to - from) / s <= most) ?? STEPS[STEPS.length - 1];
  // Round by the clock on the wall: an hour may be 30 min off elsewhere, and a day begins at midnight.
  const offset = (ts) => new Date(ts * 1000).getTimezoneOffset() * -60;
  const marks = [];
  let wall = Math.ceil((from + offset(from)) / step) * step;
  for (; wall - offset(from) <= to + HOUR; wall += step) {
    const at = wall - offset(wall - offset(from)); // on the other side of a change of the clock too
    if (at >= from && at <= to) marks.push({ at, label: label(at, step) });
  }
  return marks;
}

/** Marks of the time that is just passing. @param {number} now Unix seconds @param {number} seconds how far back */
export const agoMarks = (now, seconds) =>
  [1, 0.75, 0.5, 0.25, 0].map((part) => ({
    at: now - part * seconds,
    label: part === 0 ? 'now' : part * seconds >= 120 ? `${(part * seconds) / 60} min` : `${part * seconds} s`,
  }));

/**
 * A stretch of time in words: `13:05 – 13:40`, with the day where it is not one day.
 * @param {number} from Unix seconds @param {number} to
 */
export function timeSpan(from, to) {
  const long = label(from, DAY) !== label(to, DAY);
  const one = (ts) => `${long ? `${label(ts, DAY)} ` : ''}${timeOf(ts)}`;
  return `${one(from)} – ${one(to)}`;
}

const timeOf = (ts) => {
  const date = new Date(ts * 1000);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** A moment in words, as exact as the steps of the chart. @param {number} ts @param {number} step seconds */
export function momentWords(ts, step) {
  const date = new Date(ts * 1000);
  const seconds = step < MINUTE ? `:${two(date.getSeconds())}` : '';
  return `${step >= 5 * MINUTE ? `${label(ts, DAY)} ` : ''}${timeOf(ts)}${seconds}`;
}
