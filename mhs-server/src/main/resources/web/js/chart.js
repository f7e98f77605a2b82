// The only file that knows uPlot.
import { lonePoints, roundTop } from './format.js';

/** So many layers there can be: devices, the others, and what nobody is known to have moved. */
export const MOST_LAYERS = 8;

/**
 * Download above and upload below, each in layers that lie on each other, with one time axis. Upload
 * has a scale of its own: on most lines it would not be seen beside the download.
 * @param {HTMLElement} host where it stands; its size is the chart's
 * @param {{pointed: (index: number | null) => void, zoomed: (from: number, to: number) => void, reset: () => void}} actions
 *   pointed gets which moment is under the pointer, zoomed what was dragged over, reset a double click
 */
export function throughputChart(host, actions) {
  const UPlot = /** @type {any} */ (globalThis).uPlot;
  /** @type {Page.Picture} */ let shown = { ts: [], edges: [[], []], colors: [], from: 0, to: 120, marks: [], near: 3 };
  // Asking for a computed style makes the browser lay out at once: ask only when the theme changes.
  /** @type {Map<string, string>} */ const colors = new Map();
  const css = (name) => {
    if (!colors.has(name)) colors.set(name, getComputedStyle(host).getPropertyValue(name).trim());
    return colors.get(name) ?? '';
  };

  /** The layer that a series draws: the first lies behind all others and has the highest edge. */
  const layerOf = (series) => shown.colors.length - series;
  const layer = () => ({
    width: 1,
    // Between two layers is a line of the ground, so that they can be told apart without their colours.
    stroke: () => css('--card'),
    fill: (u, series) => css(shown.colors[layerOf(series)] ?? '--card'),
    spanGaps: false,
    points: { show: false },
  });
  /** Drawn last, over the edges of all layers. */
  const line = {
    width: 1.5,
    stroke: () => css('--edge-of-line'),
    spanGaps: false,
    points: { size: 4, filter: (u, series) => lonePoints(u.data[series]) },
  };
  const axis = { stroke: () => css('--dim'), font: '12px system-ui, sans-serif', ticks: { show: false } };

  /** Where the pointer is, if something was measured there: the nearest value may be far away. */
  const indexAt = (u) => {
    const { idx, left } = u.cursor;
    if (left < 0 || idx === null || idx === undefined) return null;
    return Math.abs(shown.ts[idx] - u.posToVal(left, 'x')) > shown.near ? null : idx;
  };

  /** @param {0 | 1} direction */
  function plot(direction) {
    const last = direction === 1;
    const place = document.querySelector ? host.children[direction] : host;
    return new UPlot(
      {
        width: place.clientWidth || 600,
        height: place.clientHeight || 100,
        padding: [last ? 3 : 10, 12, last ? 0 : 3, 0],
        legend: { show: false },
        cursor: {
          y: false,
          sync: { key: 'line', scales: ['x', null] },
          drag: { x: true, y: false, setScale: false },
          points: { show: false },
          bind: { dblclick: () => () => actions.reset() },
        },
        scales: {
          x: { time: false, range: () => [shown.from, shown.to] },
          y: { range: (u, low, high) => [0, roundTop(high ?? 0)], dir: last ? -1 : 1 },
        },
        series: [{}, ...Array.from({ length: MOST_LAYERS }, layer), line],
        axes: [
          {
            ...axis,
            show: last,
            grid: { show: false },
            size: 28,
            gap: 9,
            splits: () => shown.marks.map((mark) => mark.at),
            values: () => shown.marks.map((mark) => mark.label),
          },
          {
            ...axis,
            grid: { stroke: () => css('--line'), width: 1 },
            size: 52,
            splits: (u, i, low, high) => (last ? [high / 2, high] : [0, high / 4, high / 2, (high * 3) / 4, high]),
            values: (u, marks) => marks.map((mark, i) => `${i < marks.length - 1 ? '' : last ? '↑ ' : '↓ '}${Number(mark.toPrecision(3))}`),
          },
        ],
        hooks: {
          setCursor: [(u) => actions.pointed(indexAt(u))],
          setSelect: [
            (u) => {
              const { left, width } = u.select;
              if (width < 8) return;
              u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
              actions.zoomed(u.posToVal(left, 'x'), u.posToVal(left + width, 'x'));
            },
          ],
        },
      },
      dataOf(direction),
      place,
    );
  }

  function dataOf(direction) {
    const nothing = shown.ts.map(() => null);
    const layers = [...shown.edges[direction]].reverse();
    const unused = Array.from({ length: MOST_LAYERS - layers.length }, () => nothing);
    return [shown.ts, ...layers, ...unused, layers[0] ?? nothing];
  }

  const plots = [plot(0), plot(1)];
  new ResizeObserver(() => {
    plots.forEach((one, i) => {
      const { clientWidth: width, clientHeight: height } = host.children[i];
      if (width > 0) one.setSize({ width, height });
    });
  }).observe(host);
  document.addEventListener('mhs-theme', () => {
    colors.clear();
    plots.forEach((one) => one.redraw(false, true));
  });

  return {
    /** @param {Page.Picture} next */
    draw(next) {
      shown = next;
      plots.forEach((one, i) => one.setData(dataOf(i)));
    },
    /** Reads a moment as if it were pointed at; null none. @param {number | null} index */
    point(index) {
      for (const one of plots) one.setCursor({ left: index === null ? -10 : one.valToPos(shown.ts[index], 'x'), top: 1 });
    },
  };
}
