// The little lines in each row. Pure: numbers in, SVG paths out.
import { isGap, WINDOW_SECONDS } from './state.js';

export const SPARK_WIDTH = 100;
export const SPARK_HEIGHT = 26;
/** Below this peak a line stays low: noise must not look like load. */
const SMALLEST_TOP_BPS = 1e6;

/**
 * The paths of both directions of one device over the last two minutes, download first, on the same scale. Gaps stay
 * gaps; a value that stands alone between two gaps becomes a dot. What stays level is one stroke from its first to its last
 * moment: it costs the browser next to nothing, and while nothing moves the path is the same text from push to push.
 * @param {readonly Page.Frame[]} frames @param {string} key
 * @param {number} interval seconds between pushes
 * @returns {[string, string]}
 */
export function sparkPaths(frames, key, interval) {
  const rates = frames.map((frame) => frame.rates.get(key));
  let top = SMALLEST_TOP_BPS;
  for (const pair of rates) if (pair) top = Math.max(top, pair[0] ?? 0, pair[1] ?? 0);
  return [path(frames, rates, 0, top, interval), path(frames, rates, 1, top, interval)];
}

function path(frames, rates, direction, top, interval) {
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
    const rate = rates[i]?.[direction] ?? null;
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
