// A device's past, drawn; loaded with the drawer.
import { colorsOf, lineSeries, plotOf } from './chart.js';
import { isMeasured } from './format.js';
import { timeMarks } from './time-marks.js';

const NOTHING = { ts: [], download: [], upload: [] };

/** @param {readonly (number | null)[]} bps */
const toMegabits = (bps) => bps.map((value) => (isMeasured(value) ? value / 1e6 : null));

/** @param {string} color a CSS colour of six hexadecimal digits */
const faded = (color) => (/^#[0-9a-f]{6}$/i.test(color) ? `${color}2e` : 'transparent');

/**
 * @param {HTMLElement} host where it stands; its size is the chart's
 * @param {(reading: Page.Reading | null) => void} pointed gets what is under the pointer, or null
 */
export function pastChart(host, pointed) {
  const css = colorsOf(host);
  /** @type {Page.Columns} */ let columns = NOTHING;
  /** @type {{from: number, to: number, marks: {at: number, label: string}[]}} */ let span = { from: 0, to: 1, marks: [] };
  let step = 1;
  const line = (scale) => lineSeries(scale, () => css(`--${scale}`), { fill: () => faded(css(`--${scale}`)) });
  const plot = plotOf(host, {
    css,
    steps: [0.5, 1],
    span: () => span,
    series: [line('down'), line('up')],
    cursor: {
      drag: { x: false, y: false },
      points: { size: 7 },
      dataIdx: (u, series, i, x) => (Math.abs((u.data[0][i] ?? 0) - x) > step * 1.5 ? null : i),
    },
    hooks: {
      setCursor: [(u) => {
        const i = u.cursor.left >= 0 ? (u.cursor.idxs[1] ?? u.cursor.idxs[2] ?? null) : null;
        pointed(i === null ? null : { ts: columns.ts[i], download: columns.download[i], upload: columns.upload[i] });
      }],
    },
  });

  return {
    /** @param {Page.Columns} next @param {number} from Unix seconds @param {number} to @param {number} seconds a step */
    draw(next, from, to, seconds) {
      [columns, step] = [next, seconds];
      span = { from, to, marks: timeMarks(from, to, Math.max(2, Math.floor((host.clientWidth || 400) / 74))) };
      plot.setData([next.ts, toMegabits(next.download), toMegabits(next.upload)]);
    },
    /** Reads a moment as if it were pointed at; null none. @param {number | null} index */
    point(index) {
      plot.setCursor({ left: index === null ? -10 : plot.valToPos(columns.ts[index], 'x'), top: 1 });
    },
    moments: () => columns.ts,
    clear() {
      this.draw(NOTHING, 0, 1, 1);
    },
  };
}
