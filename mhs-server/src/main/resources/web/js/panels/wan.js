// The household's line: who moves what now, and who moved what.
import { wordsOf } from '../api.js';
import { throughputChart } from '../chart.js';
import { el, fill, READ_BY_KEYS, setAttribute, slider, write } from '../dom.js';
import { agoMarks, byteCount, megabits, readingWords, timeOfDay } from '../format.js';
import { indexIn } from '../frames.js';
import { nameOf } from '../order.js';
import { busiest, colored, edges, liveLayers, MOST, noLayers, pastFrames } from '../stack.js';
import { freshness, pushInterval, serverTime, standing, unmeasured, WINDOW_SECONDS } from '../state.js';

/** How far back one can look: label, minutes, and after how many seconds it is asked anew. */
const RANGES = /** @type {const} */ ([
  ['2 min', 2, 0],
  ['1 h', 60, 30],
  ['24 h', 1440, 300],
  ['7 d', 10_080, 900],
  ['90 d', 129_600, 3600],
]);
const LIVE = 2;
/** Shorter than this nothing is to be seen. */
const SHORTEST_ZOOM_SECONDS = 10;
const OTHERS = '--others';
const NOBODY = '--nobody';

/**
 * @param {Element} root
 * @param {{past: (minutes: number, until: number | null, top: number) => Promise<Wire.Shares>,
 *   pick: (device: {key: string, ip: string | null}) => void, seed: (frames: Page.Frame[]) => void}} actions
 * @param {typeof throughputChart} makeChart
 */
export function mountWan(root, actions, makeChart = throughputChart) {
  const note = el('span', { class: 'note' });
  const span = el('span', { class: 'note figures', hidden: true });
  const reset = el('button', { type: 'button', class: 'quiet', hidden: true, on: { click: () => zoom(null) } }, 'Reset zoom');
  const csv = el('a', { class: 'csv', download: true, title: 'For a spreadsheet' }, 'CSV');
  const buttons = RANGES.map(([label, minutes]) =>
    el('button', { type: 'button', 'data-test': `range-${minutes}`, on: { click: () => choose(minutes) } }, label));
  const host = el('div', { class: 'chart figures', ...slider('Internet line', 'line-sum'), on: { focus: keysWanted } });
  const sum = el('p', { class: 'visually-hidden', id: 'line-sum' });
  const empty = el('p', { class: 'chart-empty', role: 'status' });
  const when = el('th', { scope: 'col' });
  const unit = el('span', { class: 'dim' });
  const body = el('tbody');
  root.append(
    el('div', { class: 'head' }, el('h2', {}, 'Internet line'), el('span', { class: 'note' }, 'Mbit/s'), note, span, reset,
      el('div', { class: 'ranges', role: 'group', 'aria-label': 'How far back' }, buttons), csv),
    el('div', { class: 'line' },
      el('div', { class: 'chart-frame' }, host, empty, sum),
      el('table', { class: 'legend figures', 'data-test': 'legend' },
        el('caption', { class: 'visually-hidden' }, 'Who moves what'),
        el('thead', {}, el('tr', {}, when, el('th', { scope: 'col' }, '↓ down'), el('th', { scope: 'col' }, '↑ up'))), body)),
  );
  const chart = makeChart(host, { pointed, zoomed, reset: () => zoom(null) });

  let minutes = LIVE;
  /** @type {[number, number] | null} */ let window_ = null;
  /** @type {Wire.Shares | null} */ let past = null;
  /** What was asked for last, so that an answer that comes late is not taken for it. */
  let asked = 0;
  let askedAt = 0;
  let problem = '';
  /** @type {number | null} */ let index = null;
  /** @type {readonly string[]} */ let keys = [];
  /** @type {Map<string, number>} */ let slots = new Map();
  /** @type {Page.State | null} */ let state = null;
  let at = 0;
  let seeded = false;
  /** Loaded when an older time is first looked at, or a part of one. @type {typeof import('../past-line.js') | null} */ let older = null;
  /** What was drawn last: much else happens than pushes. @type {readonly Page.Frame[] | null} */
  let drawn = null;
  let layers = noLayers();
  /** @type {ReturnType<typeof legendRow>[]} */ let rows = [];
  let rowsOf = '';

  /** Set once the chart had the focus. */
  let moved = () => {};

  let hadFocus = false;
  async function keysWanted() {
    if (hadFocus) return;
    hadFocus = true;
    try {
      const { readByKeys } = await import('../by-keys.js');
      moved = readByKeys(host, { moments: () => layers.ts, point: chart.point });
    } catch {
      hadFocus = false; // The server is away: the page says so.
    }
  }

  const isLive = () => minutes === LIVE;
  const isNow = () => isLive() && window_ === null;
  const now = () => (state === null || state.update === null ? WINDOW_SECONDS : serverTime(state, at));

  function choose(next) {
    minutes = next;
    past = null;
    zoom(null);
  }

  /** @param {[number, number] | null} next */
  function zoom(next) {
    window_ = next;
    void (isLive() ? lookCloser() : ask());
    draw();
  }

  async function lookCloser() {
    if (older !== null || isNow()) return;
    try {
      older = await import('../past-line.js');
      draw();
    } catch {
      // The server is away: the page says so.
    }
  }

  function zoomed(from, to) {
    if (to - from >= SHORTEST_ZOOM_SECONDS) zoom([from, to]);
  }

  async function ask() {
    asked += 1;
    askedAt = at;
    const mine = asked;
    try {
      const [back, until] = window_ === null
        ? [minutes, null]
        : [Math.max(1, Math.ceil((window_[1] - window_[0]) / 60)), Math.ceil(window_[1])];
      const answer = await actions.past(back, until, MOST);
      older ??= await import('../past-line.js');
      if (mine !== asked) return;
      past = answer;
      problem = '';
    } catch (failure) {
      if (mine !== asked) return;
      problem = wordsOf(failure);
    }
    draw();
  }

  /** The page need not begin empty: the last minutes are known, if a history is kept. */
  async function seed(interval) {
    seeded = true;
    try {
      actions.seed(pastFrames(await actions.past(LIVE, null, 50), interval));
    } catch {
      // Then the picture begins with the first push, as it does where no history is kept.
    }
  }

  function pointed(next) {
    if (next === index) return;
    index = next;
    tell();
  }

  function draw() {
    if (state === null) return;
    const time = now();
    if (isLive() && window_ !== null && window_[0] < time - WINDOW_SECONDS) window_ = null;
    const [from, to] = window_ ?? [time - minutes * 60, time];
    const step = isLive() ? pushInterval(state.update) : (past?.step_seconds ?? 30);
    const before = keys;
    if (isLive()) {
      keys = busiest(state.frames, keys);
      layers = liveLayers(state.frames, keys, step);
    } else {
      keys = past?.devices.map((device) => device.key) ?? [];
      layers = past === null || older === null ? noLayers() : older.pastLayers(past);
    }
    if (keys !== before) slots = colored(keys, slots);
    const count = keys.length + 2;
    const colors = [...keys.map((key) => `--device-${slots.get(key)}`), OTHERS, NOBODY];
    chart.draw({
      ts: layers.ts,
      edges: [edges(layers.parts[0], count), edges(layers.parts[1], count)],
      colors, from, to,
      marks: isNow() ? agoMarks(time, WINDOW_SECONDS) : (older?.timeMarks(from, to, 7) ?? []),
      near: Math.max(3, step * 0.75),
    });
    moved();
    write(sum, summary(layers.line));
    setAttribute(span, 'hidden', window_ === null);
    setAttribute(reset, 'hidden', window_ === null);
    if (window_ !== null) write(span, older?.timeSpan(window_[0], window_[1]) ?? '');
    setAttribute(csv, 'href', `api/history/wan/export?minutes=${Math.ceil((to - from) / 60)}${window_ === null ? '' : `&until=${Math.ceil(to)}`}`);
    buttons.forEach((button, i) => setAttribute(button, 'aria-pressed', String(RANGES[i][1] === minutes)));
    tellEmptiness();
    tell();
  }

  function tellEmptiness() {
    const measured = layers.ts.some((_, i) => layers.parts.some((parts) => parts[i].some((v) => v !== null)));
    const why = isLive()
      ? (state?.update ? unmeasured(state.update) : 'Waiting for the first figures …')
      : problem || (past === null ? 'Reading the history …' : 'Nothing was measured in this time.');
    setAttribute(empty, 'hidden', measured && !(problem && !isLive()));
    write(empty, why);
  }

  /** @returns {{key: string, ip: string | null, name: string}[]} */
  function named() {
    const told = state?.update?.devices ?? [];
    const known = indexIn(state?.frames.at(-1)?.keys ?? []);
    return keys.map((key) => {
      const device = told[known.get(key) ?? -1] ?? (isLive() ? undefined : past?.devices.find((one) => one.key === key));
      return { key, ip: device?.ip ?? null, name: device ? nameOf(device) : key };
    });
  }

  function tell() {
    if (state === null) return;
    const names = named();
    const shape = JSON.stringify([names, [...slots]]);
    if (shape !== rowsOf) {
      rowsOf = shape;
      rows = [
        legendRow('The line', '--edge-of-line', null),
        ...names.map((device) => legendRow(device.name, `--device-${slots.get(device.key)}`, () => actions.pick(device))),
        legendRow('Other devices', OTHERS, null),
        legendRow('Unattributed', NOBODY, null, 'What the line moved and no device is known to have moved'),
      ];
      fill(body, ...rows.map((row) => row.node));
    }
    const i = index ?? (isLive() ? layers.ts.length - 1 : null);
    const step = isLive() ? pushInterval(state.update) : (past?.step_seconds ?? 30);
    setAttribute(host, 'aria-valuetext', READ_BY_KEYS);
    if (i === null) return tellSums();
    const moment = index === null
      ? freshness(state, at).phase === 'stale' ? 'Last known' : 'Now'
      : isLive() || older === null ? timeOfDay(layers.ts[i]) : older.momentWords(layers.ts[i] - step / 2, step);
    write(when, `${moment}, Mbit/s`);
    if (index !== null) setAttribute(host, 'aria-valuetext', readingWords(moment, layers.line[0][i], layers.line[1][i]));
    rows.forEach((row, n) => {
      const value = (direction) => (n === 0 ? layers.line[direction][i] : layers.parts[direction][i]?.[n - 1]);
      row.show(megabits(value(0)), megabits(value(1)));
    });
  }

  /** While nothing is pointed at, the past is told in bytes. */
  function tellSums() {
    write(when, 'In this time');
    const sums = past === null ? [] : [past.line, ...past.devices, past.others, past.unattributed];
    rows.forEach((row, n) => row.show(byteCount(sums[n]?.download_bytes), byteCount(sums[n]?.upload_bytes)));
  }

  return {
    /** @param {Page.State} next @param {number} time */
    render(next, time) {
      state = next;
      at = time;
      const { update } = state;
      if (update !== null && !seeded) void seed(pushInterval(update));
      const every = (RANGES.find(([, m]) => m === minutes)?.[2] ?? 0) * 1000;
      if (!isLive() && window_ === null && at - askedAt >= every) void ask();
      if (update !== null && state.frames === drawn) return; // Nothing new of the line.
      drawn = state.frames;
      write(note, update ? meter(update) : '');
      // The past moves on with the answers about it; who is pointed at has its name from now.
      if (isLive()) draw();
      else tell();
    },
    redraw(next, time) {
      state = next;
      at = time;
      if (isLive()) draw();
    },
  };
}

/** The highest and the mean, for whom the picture says nothing. @param {Page.Layers['line']} line */
function summary(line) {
  const known = line.map((values) => values.filter((value) => value !== null));
  const words = (name, of) => readingWords(name, ...known.map((all) => (all.length > 0 ? of(all) : null)));
  return `${words('Peak', (all) => Math.max(...all))}. ${words('Average', (all) => all.reduce((sum, one) => sum + one) / all.length)}.`;
}

/** @param {string} name @param {string} layer the CSS property of its colour @param {(() => void) | null} pick @param {string | null} title */
function legendRow(name, layer, pick, title = null) {
  const down = el('td', {}, '–');
  const up = el('td', {}, '–');
  const words = pick === null
    ? el('span', { class: 'clip', title: title ?? name }, name)
    : el('button', { type: 'button', class: 'clip quiet', title: name, on: { click: pick } }, name);
  const swatch = el('span', { class: 'swatch', 'aria-hidden': 'true' });
  swatch.style.setProperty('--layer', `var(${layer})`);
  const node = el('tr', {}, el('th', { scope: 'row' }, swatch, words), down, up);
  return {
    node,
    show(downText, upText) {
      write(down, downText);
      write(up, upText);
    },
  };
}

/** Who measures, where that is not who knows the devices. @param {Wire.Update} update */
function meter(update) {
  const { source } = standing(update, 'bandwidth');
  return source !== null && source !== update.source ? `measured by ${source}` : '';
}
