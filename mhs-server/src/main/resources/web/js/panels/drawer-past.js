// What a device moved, and when: the chart of the drawer with what it adds up to.
import { readByKeys } from '../by-keys.js';
import { wordsOf } from '../api.js';
import { el, fill, READ_BY_KEYS, setAttribute, slider, write } from '../dom.js';
import { byteCount, duration, megabits, readingWords } from '../format.js';
import { pastChart } from '../past-chart.js';
import { historyColumns, historySummary } from '../past.js';
import { momentWords } from '../time-marks.js';

/** Minutes, what they are called, and in a sentence; the first is shown first. @type {[number, string, string][]} */
const WINDOWS = [[60, '1 h', 'hour'], [360, '6 h', '6 hours'], [1440, '24 h', '24 hours'], [10_080, '7 d', '7 days']];

/**
 * @param {(key: string, minutes: number) => Promise<Wire.History>} ask
 * @param {typeof pastChart} makeChart
 */
export function mountPast(ask, makeChart = pastChart) {
  const tabs = WINDOWS.map(([minutes, label, words]) => {
    const button = el('button', { type: 'button', 'aria-label': `The last ${words}`, on: { click: () => choose(minutes) } }, label);
    return { minutes, button };
  });
  const csv = el('a', { class: 'button quiet', download: true, title: 'What it moved in this time, for a spreadsheet' }, 'CSV');
  const host = el('div', { class: 'past-chart figures', ...slider('What it moved over time', 'past-sum') });
  const empty = el('p', { class: 'chart-empty', role: 'status' });
  const readout = el('p', { class: 'past-readout' });
  const sum = el('dl', { class: 'past-sum', id: 'past-sum' });
  const node = el('section', { 'aria-label': 'What it moved' },
    el('div', { class: 'tabs', role: 'group', 'aria-label': 'How far back' }, ...tabs.map((one) => one.button), csv),
    el('div', { class: 'chart-frame' }, host, el('span', { class: 'chart-unit', 'aria-hidden': 'true' }, 'Mbit/s'), empty),
    readout, sum);
  /** @type {ReturnType<typeof pastChart> | null} */ let chart = null;
  let moved = () => {};
  let key = '';
  let minutes = WINDOWS[0][0];
  /** @type {Wire.History | null} */ let past = null;
  let isAsking = false;
  let now = () => 0;

  /** @param {number} next */
  function choose(next) {
    minutes = next;
    past = null;
    for (const { minutes: one, button } of tabs) setAttribute(button, 'aria-pressed', String(one === next));
    setAttribute(csv, 'href', `api/history/${encodeURIComponent(key)}/export?minutes=${next}`);
    fill(sum);
    write(readout, ' ');
    chart?.clear();
    tellEmptiness('Loading …');
    void load();
  }

  /** @param {string} words empty where there is something to see */
  function tellEmptiness(words) {
    write(empty, words);
    setAttribute(empty, 'hidden', words === '');
  }

  async function load() {
    const [asker, window] = [key, minutes];
    const isStillWanted = () => asker === key && window === minutes;
    isAsking = true;
    try {
      const answer = await ask(asker, window);
      if (!isStillWanted()) return;
      past = answer;
      show();
    } catch (problem) {
      const words = wordsOf(problem);
      if (!isStillWanted()) return;
      if (past === null) tellEmptiness(words);
      else write(readout, `No newer figures: ${words}`);
    } finally {
      isAsking = isAsking && !isStillWanted();
    }
  }

  function show() {
    if (past === null) return;
    const { samples, step_seconds: step } = past;
    if (chart === null) {
      chart = makeChart(host, read);
      moved = readByKeys(host, chart);
    }
    chart.draw(historyColumns(samples, step), now() - minutes * 60, now(), step);
    tellEmptiness(samples.length > 0 ? '' : 'Nothing was measured in this time.');
    const { peak, average, bytes } = historySummary(samples);
    const row = (label, { down, up }, words) =>
      el('div', {}, el('dt', {}, label),
        el('dd', {}, el('span', { class: 'down' }, `↓ ${words(down)}`), el('span', { class: 'up' }, `↑ ${words(up)}`)));
    const rate = (bps) => `${megabits(bps)} Mbit/s`;
    fill(sum, row('Peak', peak, rate), row('Average', average, rate), row('Moved', bytes, byteCount));
    read(null);
    moved();
  }

  /** @param {Page.Reading | null} reading */
  function read(reading) {
    setAttribute(host, 'aria-valuetext', READ_BY_KEYS);
    if (reading === null) {
      write(readout, past === null || past.samples.length === 0 ? ' ' : `In steps of ${duration(past.step_seconds)}; hover, tap or use the arrow keys to read`);
      return;
    }
    const step = past?.step_seconds ?? 1;
    // A sample is named by its end; people mean its middle.
    const moment = momentWords(reading.ts - step / 2, step);
    setAttribute(host, 'aria-valuetext', readingWords(moment, reading.download, reading.upload));
    write(readout, `${moment}: ↓ ${megabits(reading.download)} ↑ ${megabits(reading.upload)} Mbit/s`);
  }

  return {
    node,
    /** Begins anew with a device. @param {string} next its key @param {() => number} clock the server's, Unix seconds */
    begin(next, clock) {
      key = next;
      now = clock;
      choose(WINDOWS[0][0]);
    },
    load,
    /** What has only begun to be measured is shown as soon as there is something, and a failure is tried again. */
    loadIfEmpty: () => ((past?.samples.length ?? 0) > 0 || isAsking ? undefined : load()),
    end() {
      key = '';
    },
  };
}
