// The little line in each row. Pure: numbers in, SVG path out.
import { isGap, WINDOW_SECONDS } from './state.js';

export const SPARK_WIDTH = 96;
export const SPARK_HEIGHT = 22;
/** Below this peak a line stays low: noise must not look like load. */
const SMALLEST_TOP_BPS = 1e6;

/** @param {number} value */
const short = (value) => String(Math.round(value * 10) / 10);

/**
 * The path of one direction of one device over the last two minutes. Gaps stay gaps; a value that
 * stands alone between two gaps becomes a dot.
 * @param {readonly Page.Frame[]} frames @param {string} key @param {0 | 1} direction
 * @param {number} top the rate at the upper edge @param {number} interval seconds between pushes
 */
export function sparkPath(frames, key, direction, top, interval) {
  const end = frames.at(-1)?.ts ?? 0;
  let path = '';
  let drawing = false;
  frames.forEach((frame, i) => {
    const rate = frame.rates.get(key)?.[direction] ?? null;
    const x = SPARK_WIDTH * (1 - (end - frame.ts) / WINDOW_SECONDS);
    const before = frames[i - 1];
    if (before && isGap(before.ts, frame.ts, interval)) drawing = false;
    if (rate === null || x < 0) {
      drawing = false;
      return;
    }
    const y = SPARK_HEIGHT - 1 - (SPARK_HEIGHT - 2) * Math.min(1, rate / top);
    path += drawing ? `L${short(x)} ${short(y)}` : `M${short(x)} ${short(y)}h.1`;
    drawing = true;
  });
  return path;
}

/** The rate at the upper edge, the same for both directions. @param {readonly Page.Frame[]} frames @param {string} key */
export function sparkTop(frames, key) {
  let top = SMALLEST_TOP_BPS;
  for (const frame of frames) {
    const rates = frame.rates.get(key);
    if (rates) top = Math.max(top, rates[0] ?? 0, rates[1] ?? 0);
  }
  return top;
}
