// Lets a chart be read by keyboard, and hence by a screen reader. Loaded when one first has the focus.
import { setAttribute } from './dom.js';

/** So far the keys of a page go. */
const FAR = 10;

/**
 * The arrow keys go from moment to moment, Home and End to the first and the last. What is read stays the same moment
 * while time goes on.
 * @param {HTMLElement} host what has the focus: a slider
 * @param {{moments: () => readonly number[], point: (index: number | null) => void}} chart
 * @returns {() => void} to be called when the moments are other ones
 */
export function readByKeys(host, { moments, point }) {
  /** @type {number | null} */ let read = null;

  /** @param {readonly number[]} all */
  function place(all) {
    const after = all.findIndex((ts) => ts >= Number(read));
    return after < 0 ? all.length - 1 : after;
  }

  function show() {
    const all = moments();
    if (read === null || all.length === 0) return;
    setAttribute(host, 'aria-valuemax', all.length - 1);
    setAttribute(host, 'aria-valuenow', place(all));
    point(place(all));
  }

  host.addEventListener('keydown', (event) => {
    const all = moments();
    const last = all.length - 1;
    const at = read === null ? last + 1 : place(all);
    const goals = {
      ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1,
      PageDown: at - FAR, PageUp: at + FAR, Home: 0, End: last,
    };
    const goal = goals[event.key];
    if (goal === undefined || last < 0) return;
    event.preventDefault();
    read = all[Math.max(0, Math.min(last, goal))];
    show();
  });
  host.addEventListener('blur', () => {
    if (read !== null) point(null);
    read = null;
  });
  return show;
}
