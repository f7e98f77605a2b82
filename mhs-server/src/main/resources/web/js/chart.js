// The only file that knows uPlot: what went down above and what went up below the line of nothing.
import { el } from './dom.js';
import { lonePoints, roundTop } from './format.js';

const SCALES = /** @type {const} */ (['down', 'up']);
/** How much room upload has below the line of nothing, in parts of the room of download above it. */
const UPLOAD_ROOM = 0.55;

/** The colours of the style sheets, for a canvas. Asking for one makes the browser lay out at once: each is asked for once a theme. @param {Element} host */
export function colorsOf(host) {
  /** @type {Map<string, string>} */ const known = new Map();
  document.addEventListener('mhs-theme', () => known.clear());
  return (name) => {
    if (!known.has(name)) known.set(name, getComputedStyle(host).getPropertyValue(name).trim());
    return known.get(name) ?? '';
  };
}

/** A line in which what stands alone is a dot. @param {'down' | 'up'} scale @param {() => string} stroke @param {object} more */
export const lineSeries = (scale, stroke, more) => ({
  scale, stroke, width: 1.5, points: { size: 4, filter: (u, series) => lonePoints(u.data[series]) }, ...more,
});

/**
 * What stands along an axis, as nodes: a text on a canvas is made anew with each push, and costs more than all the rest of it.
 * @param {HTMLElement} over what lies over the plot @param {'left' | 'top'} side from which places are told
 */
function labels(over, side) {
  let before = '';
  return (/** @type {[share: number, text: string][]} */ wanted) => {
    const all = wanted.map(([share, text]) => `${share.toFixed(4)} ${text}`).join();
    if (all === before) return;
    before = all;
    for (const node of over.querySelectorAll(`.mark-${side}`)) node.remove();
    for (const [share, text] of wanted) {
      const node = el('span', { class: `mark-${side}` }, text);
      node.style[side] = `${share * 100}%`;
      over.append(node);
    }
  };
}

/**
 * A plot with a scale for each direction, since on most lines upload would not be seen beside download.
 * @param {HTMLElement} host where it stands; its size is the plot's
 * @param {{css: (name: string) => string, steps: readonly number[], span: () => {from: number, to: number, marks: readonly {at: number, label: string}[]},
 *   series: readonly object[], cursor: object, hooks: object}} options steps is where lines lie above, in parts of the highest; span is the time that is shown
 */
export function plotOf(host, { css, steps, span, series, cursor, hooks }) {
  const lines = (low, high) => [low, low / 2, 0, ...steps.map((part) => part * high)];
  const plot = new /** @type {any} */ (globalThis).uPlot(
    {
      width: host.clientWidth || 600,
      height: host.clientHeight || 200,
      padding: [10, 14, 28, 0],
      legend: { show: false },
      cursor: { y: false, ...cursor },
      scales: {
        x: { time: false, range: () => [span().from, span().to] },
        down: { range: (u, low, high) => [-UPLOAD_ROOM * roundTop(high ?? 0), roundTop(high ?? 0)] },
        up: { range: (u, low, high) => [-roundTop(high ?? 0) / UPLOAD_ROOM, roundTop(high ?? 0)], dir: -1 },
      },
      series: [{}, ...series],
      axes: [
        { show: false },
        {
          scale: 'down', grid: { stroke: () => css('--line'), width: 1 }, size: 52, ticks: { show: false },
          splits: (u, i, low, high) => lines(low, high), values: (u, splits) => splits.map(() => null),
        },
      ],
      hooks: { ...hooks, draw: [told] },
    },
    [[], ...series.map(() => [])],
    host,
  );
  const moments = labels(plot.over, 'left');
  const rates = labels(plot.over, 'top');
  function told() {
    const { from, to, marks } = span();
    moments(marks.map(({ at, label }) => [(at - from) / (to - from), label]));
    const { down: { min, max }, up } = plot.scales;
    rates(lines(min, max).map((mark) => {
      const mbps = Number((mark < 0 ? (mark / min) * up.max : mark).toPrecision(3));
      return [(max - mark) / (max - min), mark === min ? `↑ ${mbps}` : mark === max ? `↓ ${mbps}` : String(mbps)];
    }));
  }
  new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = host;
    if (width > 0 && (width !== plot.width || height !== plot.height)) plot.setSize({ width, height });
  }).observe(host);
  document.addEventListener('mhs-theme', () => plot.redraw(false, true));
  return plot;
}

/**
 * The household's line, in layers that lie on each other.
 * @param {HTMLElement} host where it stands; its size is the chart's
 * @param {{pointed: (index: number | null) => void, zoomed: (from: number, to: number) => void, reset: () => void}} actions
 *   pointed gets which moment is under the pointer, zoomed what was dragged over, reset a double click
 */
export function throughputChart(host, actions) {
  /** @type {Page.Picture} */ let shown = { ts: [], edges: [[], []], colors: [], from: 0, to: 120, marks: [], near: 3 };
  const css = colorsOf(host);
  /** Where each moment is, in pixels of the canvas: the same for all layers. @type {number[]} */ let xs = [];
  /** The edge of a layer, and what lies between it and nothing. */
  function area(u, scale, values) {
    const [stroke, fill] = [new Path2D(), new Path2D()];
    const zero = u.valToPos(0, scale, true);
    const perUnit = u.valToPos(1, scale, true) - zero;
    const floor = zero + 1.5 * Math.sign(perUnit); // Both directions are apart.
    let isOpen = false;
    for (let i = 0; i <= values.length; i += 1) {
      const isGap = (values[i] ?? null) === null;
      if (isGap && isOpen) fill.lineTo(xs[i - 1], floor);
      if (!isGap) {
        const y = zero + values[i] * perUnit;
        if (!isOpen) fill.moveTo(xs[i], floor);
        if (isOpen) stroke.lineTo(xs[i], y);
        else stroke.moveTo(xs[i], y);
        fill.lineTo(xs[i], y);
      }
      isOpen = !isGap;
    }
    return { stroke, fill };
  }

  /** The layers of both directions, the highest first: it lies behind all others. As series of uPlot they would take three times as long. */
  function paint(u) {
    const { ctx, bbox } = u;
    xs = shown.ts.map((ts) => u.valToPos(ts, 'x', true));
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    // Between two layers is a line of the ground, so that they can be told apart without their colours.
    ctx.strokeStyle = css('--card');
    ctx.lineWidth = devicePixelRatio;
    shown.edges.forEach((edges, direction) => {
      for (let layer = edges.length - 1; layer >= 0; layer -= 1) {
        const { stroke, fill } = area(u, SCALES[direction], edges[layer]);
        ctx.fillStyle = css(shown.colors[layer]);
        ctx.fill(fill);
        ctx.stroke(stroke);
      }
    });
    ctx.restore();
  }
  /** Drawn last, over the edges of all layers: the highest of them. @param {'down' | 'up'} scale */
  const line = (scale) => lineSeries(scale, () => css('--edge-of-line'), {
    paths: (u, series) => ({ stroke: area(u, scale, u.data[series]).stroke }),
  });

  /** Where the pointer is, if something was measured there: the nearest value may be far away. */
  const indexAt = (u) => {
    const { idx, left } = u.cursor;
    if (left < 0 || idx === null || idx === undefined) return null;
    return Math.abs(shown.ts[idx] - u.posToVal(left, 'x')) > shown.near ? null : idx;
  };

  const plot = plotOf(host, {
    css,
    steps: [0.25, 0.5, 0.75, 1],
    span: () => shown,
    series: SCALES.map(line),
    cursor: {
      drag: { x: true, y: false, setScale: false },
      points: { show: false },
      bind: { dblclick: () => () => actions.reset() },
    },
    hooks: {
      drawAxes: [paint],
      setCursor: [(u) => actions.pointed(indexAt(u))],
      setSelect: [(u) => {
        const { left, width } = u.select;
        if (width < 8) return;
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        actions.zoomed(u.posToVal(left, 'x'), u.posToVal(left + width, 'x'));
      }],
    },
  });

  return {
    /** @param {Page.Picture} next */
    draw(next) {
      shown = next;
      plot.setData([shown.ts, ...shown.edges.map((edges) => edges.at(-1) ?? [])]);
    },
    /** Reads a moment as if it were pointed at; null none. @param {number | null} index */
    point(index) {
      plot.setCursor({ left: index === null ? -10 : plot.valToPos(shown.ts[index], 'x'), top: 1 });
    },
  };
}
