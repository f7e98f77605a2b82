// A device's past, drawn. Besides chart.js the only file that knows uPlot; loaded with the drawer.
import { isMeasured, lonePoints, roundTop, timeMarks } from './format.js';

/** How much room upload has below the line of nothing, in parts of the room of download above it. */
const UPLOAD_ROOM = 0.6;
const NOTHING = { ts: [], download: [], upload: [] };

/** @param {readonly (number | null)[]} bps */
const toMegabits = (bps) => bps.map((value) => (isMeasured(value) ? value / 1e6 : null));
/** @param {readonly (number | null)[]} mbps */
const topOf = (mbps) => roundTop(mbps.reduce((/** @type {number} */ top, value) => Math.max(top, value ?? 0), 0));

/** @param {string} color a CSS colour of six hexadecimal digits */
const faded = (color) => (/^#[0-9a-f]{6}$/i.test(color) ? `${color}2e` : 'transparent');

/**
 * Download above and upload below over a device's past. Each has a scale of its own: on most lines upload would not be
 * seen beside download.
 * @param {HTMLElement} host where it stands; its size is the chart's
 * @param {(reading: Page.Reading | null) => void} pointed gets what is under the pointer, or null
 */
export function pastChart(host, pointed) {
  const UPlot = /** @type {any} */ (globalThis).uPlot;
  const css = (name) => getComputedStyle(host).getPropertyValue(name).trim();
  let marks = [];
  /** @type {Page.Columns} */ let columns = NOTHING;
  let edges = [0, 1];
  let step = 1;
  /** The tops of both scales. @type {[number, number]} */
  let [down, up] = [1, 1];
  const line = (scale, name) => ({
    scale,
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
      height: host.clientHeight || 200,
      padding: [8, 18, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 7 },
        dataIdx: (u, series, i, x) => (Math.abs((u.data[0][i] ?? 0) - x) > step * 1.5 ? null : i),
      },
      scales: {
        x: { time: false, range: () => edges },
        down: { range: () => [-UPLOAD_ROOM * down, down] },
        up: { dir: -1, range: () => [-up / UPLOAD_ROOM, up] },
      },
      series: [{}, line('down', '--down'), line('up', '--up')],
      axes: [
        { ...axis, grid: { show: false }, size: 24, gap: 6, splits: () => marks.map((mark) => mark.at), values: () => marks.map((mark) => mark.label) },
        {
          ...axis, scale: 'down', grid: { stroke: () => css('--line'), width: 1 }, size: 46,
          splits: () => [-UPLOAD_ROOM * down, (-UPLOAD_ROOM * down) / 2, 0, down / 2, down],
          values: () => [up, up / 2, 0, down / 2, down].map((mark) => String(Number(mark.toPrecision(3)))),
        },
      ],
      hooks: {
        setCursor: [
          (u) => {
            const i = u.cursor.left >= 0 ? (u.cursor.idxs[1] ?? u.cursor.idxs[2] ?? null) : null;
            pointed(i === null ? null : { ts: columns.ts[i], download: columns.download[i], upload: columns.upload[i] });
          },
        ],
      },
    },
    [[], [], []],
    host,
  );
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = host;
    if (width > 0 && (width !== plot.width || height !== plot.height)) plot.setSize({ width, height });
  }).observe(host);
  document.addEventListener('mhs-theme', () => plot.redraw(false, true));

  return {
    /** @param {Page.Columns} next @param {number} from Unix seconds @param {number} to @param {number} seconds a step */
    draw(next, from, to, seconds) {
      [columns, edges, step] = [next, [from, to], seconds];
      marks = timeMarks(from, to, Math.max(2, Math.floor((host.clientWidth || 400) / 74)));
      const [first, second] = [toMegabits(next.download), toMegabits(next.upload)];
      [down, up] = [topOf(first), topOf(second)];
      plot.setData([next.ts, first, second]);
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
