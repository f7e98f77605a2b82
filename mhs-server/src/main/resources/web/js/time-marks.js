// Where the marks of a longer time stand, and what they and its moments are called. Pure; loaded with what shows one.
import { timeOfDay } from './format.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const STEPS = [
  5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR,
  6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 364 * DAY,
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const timeOf = (ts) => timeOfDay(ts).slice(0, 5);

/** @param {number} ts @param {number} step */
function label(ts, step) {
  const date = new Date(ts * 1000);
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  if (step >= DAY || (date.getHours() === 0 && date.getMinutes() === 0 && step >= MINUTE)) return day;
  return step < MINUTE ? timeOfDay(ts) : timeOf(ts);
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

/**
 * A stretch of time in words: `13:05 – 13:40`, with the day where it is not one day.
 * @param {number} from Unix seconds @param {number} to
 */
export function timeSpan(from, to) {
  const long = label(from, DAY) !== label(to, DAY);
  const one = (ts) => `${long ? `${label(ts, DAY)} ` : ''}${timeOf(ts)}`;
  return `${one(from)} – ${one(to)}`;
}

/** A moment in words, as exact as the steps of the chart. @param {number} ts @param {number} step seconds */
export function momentWords(ts, step) {
  return step < MINUTE ? timeOfDay(ts) : `${step >= 5 * MINUTE ? `${label(ts, DAY)} ` : ''}${timeOf(ts)}`;
}
