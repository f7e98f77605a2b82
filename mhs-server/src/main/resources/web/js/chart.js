// The only file that knows uPlot.
import { WINDOW_SECONDS } from './state.js';

const NEAR_SECONDS = 3;

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
    if (values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) {
      lone.push(i);
    }
  }
  return lone;
}

/** @param {readonly (number | null)[]} bps */
const toMegabits = (bps) =>
  bps.map((value) => (value === null || value === undefined ? null : value / 1e6));

/** @param {string} color a CSS colour of six hexadecimal digits @param {string} alpha two more */
const faded = (color, alpha) => (/^#[0-9a-f]{6}$/i.test(color) ? color + alpha : 'transparent');

/**
 * Down and up over the last two minutes.
 * @param {HTMLElement} host where it stands; its size is the chart's
 * @param {(reading: Page.Reading | null) => void} pointed
 *   gets what is under the pointer, or null
 */
export function throughputChart(host, pointed) {
  const UPlot = /** @type {any} */ (globalThis).uPlot;
  let end = 0;
  /** @type {Page.Columns} */
  let columns = { ts: [], download: [], upload: [] };
  // Asking for a computed style makes the browser lay out at once: ask only when the theme changes.
  /** @type {Map<string, string>} */
  const colors = new Map();
  const css = (name) => {
    if (!colors.has(name)) colors.set(name, getComputedStyle(host).getPropertyValue(name).trim());
    return colors.get(name) ?? '';
  };

  const line = (name, label) => ({
    label,
    width: 2,
    stroke: () => css(name),
    fill: () => faded(css(name), name === '--down' ? '26' : '18'),
    spanGaps: false,
    points: {
      size: 5,
      filter: (u, i) => lonePoints(u.data[i]),
    },
  });
  const axis = { stroke: () => css('--dim'), font: '12px system-ui, sans-serif' };
  const grid = { stroke: () => css('--line'), width: 1 };

  const plot = new UPlot(
    {
      width: host.clientWidth || 600,
      height: host.clientHeight || 200,
      padding: [10, 14, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 8 },
        // Where nothing was measured there is nothing to read: the nearest value may be a minute away.
        dataIdx: (u, series, i, x) => (Math.abs((u.data[0][i] ?? 0) - x) > NEAR_SECONDS ? null : i),
      },
      scales: {
        x: { time: false, range: () => [end - WINDOW_SECONDS, end] },
        y: {
          range: (u, low, high) =>
            [0, roundTop(high ?? 0)],
        },
      },
      series: [{}, line('--down', 'down'), line('--up', 'up')],
      axes: [
        {
          ...axis,
          grid: { show: false },
          ticks: { show: false },
          size: 24,
          splits: () => [120, 90, 60, 30, 0].map((back) => end - back),
          values: () => ['2 min', '90 s', '60 s', '30 s', 'now'],
        },
        {
          ...axis,
          grid,
          ticks: { show: false },
          size: 58,
          splits: (u, i, low, high) =>
            [0, high / 4, high / 2, (high * 3) / 4, high],
          values: (u, marks) =>
            marks.map((mark) => String(Number(mark.toPrecision(4)))),
        },
      ],
      hooks: {
        setCursor: [
          (u) => {
            const i = u.cursor.left >= 0 ? (u.cursor.idxs[1] ?? null) : null;
            pointed(
              i === null
                ? null
                : { ts: columns.ts[i], download: columns.download[i], upload: columns.upload[i] },
            );
          },
        ],
      },
    },
    [[], [], []],
    host,
  );
  new ResizeObserver(() => {
    if (host.clientWidth > 0) plot.setSize({ width: host.clientWidth, height: host.clientHeight });
  }).observe(host);
  document.addEventListener('mhs-theme', () => {
    colors.clear();
    plot.redraw(false, true);
  });

  return {
    /**
     * @param {Page.Columns} next
     * @param {number} now Unix seconds at the right edge
     */
    draw(next, now) {
      columns = next;
      end = now;
      plot.setData([next.ts, toMegabits(next.download), toMegabits(next.upload)]);
    },
  };
}
