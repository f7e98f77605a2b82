// The household's line over the last two minutes.
import { throughputChart } from '../chart.js';
import { el, setAttribute, write } from '../dom.js';
import { megabits, percent, timeOfDay } from '../format.js';
import { lineColumns, pushInterval, serverTime, standing, unmeasured, WINDOW_SECONDS } from '../state.js';

/** @param {readonly (number | null)[]} values */
const peakOf = (values) =>
  values.reduce((peak, v) => (v === null ? peak : Math.max(peak ?? 0, v)), null);

/**
 * @param {Element} root
 * @param {typeof throughputChart} makeChart
 */
export function mountWan(root, makeChart = throughputChart) {
  const note = el('span', { class: 'note' });
  const down = el('b', { class: 'down' }, '–');
  const up = el('b', { class: 'up' }, '–');
  const what = el('span', { class: 'dim' }, 'Peak');
  const share = el('span', { class: 'note figures', 'data-test': 'attributed' });
  const host = el('div', { class: 'chart figures', 'aria-hidden': 'true' });
  const empty = el('p', { class: 'chart-empty' });
  root.append(
    el(
      'div',
      { class: 'head' },
      el('h2', {}, 'Internet line'),
      note,
      share,
      el('p', { class: 'readout figures' }, what, ' ↓ ', down, ' ↑ ', up, el('span', { class: 'dim' }, ' Mbit/s')),
    ),
    el('div', { class: 'chart-frame' }, host, empty),
  );
  /** @type {Page.Reading | null} */
  let pointed = null;
  /** @type {Page.State | null} */
  let shown = null;
  const chart = makeChart(host, (reading) => {
    pointed = reading;
    showReadout();
  });

  function showReadout() {
    if (shown === null) return;
    const columns = lineColumns(shown.frames, pushInterval(shown.update));
    write(what, pointed === null ? 'Peak' : timeOfDay(pointed.ts));
    write(down, megabits(pointed === null ? peakOf(columns.download) : pointed.download));
    write(up, megabits(pointed === null ? peakOf(columns.upload) : pointed.upload));
  }

  /** @param {Page.State} state @param {number} at */
  function redraw(state, at) {
    shown = state;
    const columns = lineColumns(state.frames, pushInterval(state.update));
    const measured = columns.download.some((v) => v !== null) || columns.upload.some((v) => v !== null);
    // The right edge is now, by the server's clock; between pushes the picture stands still.
    chart.draw(columns, state.update === null ? WINDOW_SECONDS : serverTime(state, at));
    setAttribute(empty, 'hidden', measured);
    if (!measured) write(empty, state.update ? unmeasured(state.update) : 'Waiting for the first figures …');
    showReadout();
  }

  return {
    /** @param {Page.State} state @param {number} at */
    render(state, at) {
      const { update } = state;
      redraw(state, at);
      write(note, update ? `last 2 minutes${meter(update)}` : 'last 2 minutes');
      const ratio = update?.attributed_ratio ?? null;
      setAttribute(share, 'hidden', ratio === null);
      write(share, `${percent(ratio)} attributed`);
      setAttribute(share, 'title', 'The share of the line that belongs to known devices, last minute');
    },
    redraw,
  };
}

/** Who measures, where that is not who knows the devices. @param {Wire.Update} update */
function meter(update) {
  const { source } = standing(update, 'bandwidth');
  return source !== null && source !== update.source ? `, measured by ${source}` : '';
}
