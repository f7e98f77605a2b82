// Who moves how much of the line, as layers of a chart that lie on each other. Pure.
import { isGap } from './state.js';

/** So many devices have a layer of their own; the others share one. */
export const MOST = 6;
/** So many colours there are for them (css/line.css): more than layers, so that one can rest. */
export const SLOTS = 8;
/** A device that has a layer keeps it until another moves this much more. */
const LOYALTY = 1.25;
/** Layers stand by size until one has grown this much beyond the one before it. */
const OVERTAKEN = 2;
/** Who was not among so many of any push moves too little to come into question. */
const LEADERS = 12;

/** @typedef {{leaders: [string, number][], download: number | null, upload: number | null}} Digest */
/** @type {WeakMap<Page.Frame, Digest>} */ const digests = new WeakMap();

const plus = (sum, value) => (typeof value === 'number' ? (sum ?? 0) + value : sum);

/**
 * What all devices of one push moved together, and who the most. Each push is looked through once:
 * there may be 500 devices in each of 60.
 * @param {Page.Frame} frame @returns {Digest}
 */
function digest(frame) {
  let found = digests.get(frame);
  if (found) return found;
  /** @type {[string, number][]} */ const moving = [];
  let download = null;
  let upload = null;
  for (const [key, rates] of frame.rates) {
    download = plus(download, rates[0]);
    upload = plus(upload, rates[1]);
    const both = (rates[0] ?? 0) + (rates[1] ?? 0);
    if (both > 0) moving.push([key, both]);
  }
  moving.sort((a, b) => b[1] - a[1]);
  found = { leaders: moving.slice(0, LEADERS), download, upload };
  digests.set(frame, found);
  return found;
}

/**
 * The keys of the devices that moved the most, first who moved the most. Whoever is among them stays, and in
 * its place, until another clearly moves more: layers must not change places with every push.
 * @param {readonly Page.Frame[]} frames @param {readonly string[]} before who they were
 */
export function busiest(frames, before, most = MOST) {
  /** @type {Map<string, number>} */ const sums = new Map();
  for (const frame of frames) {
    for (const [key, rate] of digest(frame).leaders) sums.set(key, (sums.get(key) ?? 0) + rate);
  }
  const weight = ([key, sum]) => (before.includes(key) ? sum * LOYALTY : sum);
  const best = [...sums].sort((a, b) => weight(b) - weight(a)).slice(0, most);
  const inOrder = (key, i) => i === 0 || (sums.get(key) ?? 0) <= OVERTAKEN * (sums.get(before[i - 1]) ?? 0);
  if (best.length === before.length && best.every(([key]) => before.includes(key)) && before.every(inOrder)) return before;
  return best.sort((a, b) => b[1] - a[1]).map(([key]) => key);
}

/** @param {string} key FNV-1a, so that a device has the same colour tomorrow */
function hash(key) {
  let sum = 0x811c9dc5;
  for (const letter of key) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return sum;
}

/**
 * Which colour each device has: the one that it had, else one that follows from its key, else the
 * next that is free. No two of them have the same.
 * @param {readonly string[]} keys at most as many as there are colours
 * @param {ReadonlyMap<string, number>} before the colours of all that had one
 * @returns {Map<string, number>} the colours of all that have or had one
 */
export function colored(keys, before, slots = SLOTS) {
  const next = new Map(before);
  const taken = new Set();
  const take = (key, slot) => {
    while (taken.has(slot)) slot = (slot + 1) % slots;
    taken.add(slot);
    next.set(key, slot);
  };
  const free = (key) => before.has(key) && !taken.has(before.get(key));
  const rest = keys.filter((key) => {
    if (!free(key)) return true;
    take(key, before.get(key));
    return false;
  });
  for (const key of rest) take(key, hash(key) % slots);
  return next;
}

/**
 * One moment of one direction, from the bottom up: each device, the others, what nobody is known to
 * have moved. All null where nothing was measured.
 * @param {number | null} line what the line moved
 * @param {number | null} all what all devices moved
 * @param {readonly (number | null | undefined)[]} parts what those with a layer moved
 * @returns {(number | null)[]}
 */
export function moment(line, all, parts) {
  if (line === null && all === null) return [...parts.map(() => null), null, null];
  const known = parts.map((part) => part ?? 0);
  const own = known.reduce((sum, part) => sum + part, 0);
  return [...known, Math.max(0, (all ?? 0) - own), line === null ? null : Math.max(0, line - Math.max(all ?? 0, own))];
}

/**
 * The last minutes as layers.
 * @param {readonly Page.Frame[]} frames @param {readonly string[]} keys who has a layer
 * @param {number} interval seconds between two pushes
 * @returns {Page.Layers}
 */
export function liveLayers(frames, keys, interval) {
  /** @type {Page.Layers} */ const layers = { ts: [], line: [[], []], parts: [[], []] };
  const nothing = keys.map(() => null);
  // Where the line is measured at all, a moment in which it was not is a gap, whoever else was.
  const isMeasured = frames.some((frame) => frame.download !== null || frame.upload !== null);
  frames.forEach((frame, i) => {
    const before = frames[i - 1];
    if (before && isGap(before.ts, frame.ts, interval)) {
      addMoment(layers, before.ts + interval, [null, null], [null, null], [nothing, nothing]);
    }
    if (isMeasured && frame.download === null && frame.upload === null) {
      addMoment(layers, frame.ts, [null, null], [null, null], [nothing, nothing]);
      return;
    }
    const { download, upload } = digest(frame);
    const rates = keys.map((key) => frame.rates.get(key));
    addMoment(
      layers, frame.ts, [frame.download, frame.upload],
      [frame.others ? plus(download, frame.others[0]) : download, frame.others ? plus(upload, frame.others[1]) : upload],
      [rates.map((rate) => rate?.[0]), rates.map((rate) => rate?.[1])],
    );
  });
  return layers;
}

function addMoment(layers, ts, line, all, parts) {
  layers.ts.push(ts);
  for (const direction of [0, 1]) {
    layers.line[direction].push(line[direction]);
    layers.parts[direction].push(moment(line[direction], all[direction], parts[direction]));
  }
}

/**
 * What the history answered, as layers; a step in which nothing was measured is a gap.
 * @param {Wire.Shares} answer @returns {Page.Layers}
 */
export function pastLayers({ ts, step_seconds: step, line, devices, others }) {
  /** @type {Page.Layers} */ const layers = { ts: [], line: [[], []], parts: [[], []] };
  const nothing = devices.map(() => null);
  const names = ['download_bps', 'upload_bps'];
  ts.forEach((begin, i) => {
    if (i > 0 && begin - ts[i - 1] > step * 1.5) {
      addMoment(layers, ts[i - 1] + step * 1.5, [null, null], [null, null], [nothing, nothing]);
    }
    const parts = names.map((name) => devices.map((device) => device[name][i]));
    const all = names.map((name, d) => [others, ...devices].reduce((sum, one) => plus(sum, one[name][i]), null));
    addMoment(layers, begin + step / 2, names.map((name) => line[name][i]), all, parts);
  });
  return layers;
}

/**
 * What the history answered about the last minutes, as pushes: so that the page does not begin empty.
 * @param {Wire.Shares} answer @param {number} interval seconds between two pushes
 * @returns {Page.Frame[]}
 */
export function pastFrames({ ts, step_seconds: step, line, devices, others }, interval) {
  return ts.flatMap((begin, i) =>
    Array.from({ length: Math.floor(step / interval) }, (_, n) => ({
      ts: begin + (n + 1) * interval,
      download: line.download_bps[i],
      upload: line.upload_bps[i],
      rates: new Map(devices.map((d) => [d.key, [d.download_bps[i], d.upload_bps[i]]])),
      others: /** @type {[number | null, number | null]} */ ([others.download_bps[i], others.upload_bps[i]]),
    })));
}

/**
 * The upper edges of the layers, bottom first, as columns for a chart. Where a layer is not known it
 * is as high as the one below.
 * @param {readonly (number | null)[][]} parts by moment @param {number} count of layers
 * @returns {(number | null)[][]} by layer, in Mbit/s
 */
export function edges(parts, count) {
  const columns = Array.from({ length: count }, () => /** @type {(number | null)[]} */ ([]));
  for (const moment of parts) {
    let sum = null;
    for (let layer = 0; layer < count; layer += 1) {
      sum = plus(sum, moment[layer]);
      columns[layer].push(sum === null ? null : sum / 1e6);
    }
  }
  return columns;
}
