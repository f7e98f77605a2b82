// A device's past, drawn. Besides chart.js the only file that knows uPlot; loaded with the drawer.
import { lonePoints, roundTop, timeMarks } from './axis.js';

/** @param {readonly (number | null)[]} bps */
const toMegabits = (bps) => bps.map((value) => (value === null || value === undefined ? null : value / 1e6));

/** @param {string} color a CSS colour of six hexadecimal digits */
const faded = (color) => (/^#[0-9a-f]{6}$/i.test(color) ? `${color}22` : 'transparent');

/**
 * Down and up of a device over its past.
 * @param {HTMLElement} host where it stands; its size is the chart's
 * @param {(reading: Page.Reading | null) => void} pointed gets what is under the pointer, or null
 */
export function pastChart(host, pointed) {
  const UPlot = /** @type {any} */ (globalThis).uPlot;
  const css = (name) => getComputedStyle(host).getPropertyValue(name).trim();
  let marks = [];
  /** @type {Page.Columns} */
  let columns = { ts: [], download: [], upload: [] };
  let edges = [0, 1];
  let step = 1;
  const line = (name) => ({
    width: 1.5,
    stroke: () => css(name),
    fill: () => faded(css(name)),
    spanGaps: false,
    points: { size: 4, filter: (u, i) => lonePoints(u.data[i]) },
  });
  const axis = { stroke: () => css('--dim'), font: '12px system-ui, sans-serif', ticks: { show: false } };
  const plot = new UPlot(
    {
      width: host.clientWidth || 400,
      height: host.clientHeight || 170,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 7 },
        dataIdx: (u, series, i, x) => (Math.abs((u.data[0][i] ?? 0) - x) > step * 1.5 ? null : i),
      },
      scales: { x: { time: false, range: () => edges }, y: { range: (u, low, high) => [0, roundTop(high ?? 0)] } },
      series: [{}, line('--down'), line('--up')],
      axes: [
        { ...axis, grid: { show: false }, size: 22, splits: () => marks.map((mark) => mark.at), values: () => marks.map((mark) => mark.label) },
        {
          ...axis, grid: { stroke: () => css('--line'), width: 1 }, size: 46,
          splits: (u, i, low, high) => [0, high / 2, high],
          values: (u, marks) => marks.map((mark) => String(Number(mark.toPrecision(4)))),
        },
      ],
      hooks: {
        setCursor: [
          (u) => {
            const i = u.cursor.left >= 0 ? (u.cursor.idxs[1] ?? null) : null;
            pointed(i === null ? null : { ts: columns.ts[i], download: columns.download[i], upload: columns.upload[i] });
          },
        ],
      },
    },
    [[], [], []],
    host,
  );
  const resized = new ResizeObserver(() => {
    if (host.clientWidth > 0) plot.setSize({ width: host.clientWidth, height: host.clientHeight });
  });
  resized.observe(host);
  document.addEventListener('mhs-theme', () => plot.redraw(false, true));

  return {
    /** @param {Page.Columns} next @param {number} from Unix seconds @param {number} to @param {number} seconds a step */
    draw(next, from, to, seconds) {
      [columns, edges, step] = [next, [from, to], seconds];
      marks = timeMarks(from, to, Math.max(2, Math.floor((host.clientWidth || 400) / 74)));
      plot.setData([next.ts, toMegabits(next.download), toMegabits(next.upload)]);
    },
  };
}
