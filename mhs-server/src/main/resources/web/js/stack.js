// Who moves how much of the line, as layers of a chart that lie on each other. Pure.
import { indexIn, remembered } from './frames.js';
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

/** A sum to which what is not known adds nothing. */
export const plus = (sum, value) => (typeof value === 'number' ? (sum ?? 0) + value : sum);

/** What all devices of one push moved together, and who the most. */
const digest = remembered((/** @type {Page.Frame} */ { keys, rates: [downs, ups] }) => {
  /** @type {{key: string, rate: number}[]} */ const leaders = [];
  let download = null;
  let upload = null;
  for (let i = 0; i < keys.length; i += 1) {
    download = plus(download, downs[i]);
    upload = plus(upload, ups[i]);
    const rate = (downs[i] ?? 0) + (ups[i] ?? 0);
    if (rate === 0 || (leaders.length === LEADERS && rate <= leaders[LEADERS - 1].rate)) continue;
    if (leaders.length === LEADERS) leaders.pop();
    const behind = leaders.findIndex((one) => one.rate < rate);
    leaders.splice(behind < 0 ? leaders.length : behind, 0, { key: keys[i], rate });
  }
  return { leaders, download, upload };
});

/**
 * The keys of the devices that moved the most, first who moved the most. Whoever is among them stays, and in
 * its place, until another clearly moves more: layers must not change places with every push.
 * @param {readonly Page.Frame[]} frames @param {readonly string[]} before who they were
 */
export function busiest(frames, before, most = MOST) {
  /** @type {Map<string, {key: string, rate: number}>} */ const sums = new Map();
  for (const frame of frames) {
    for (const { key, rate } of digest(frame).leaders) {
      const sum = sums.get(key);
      if (sum) sum.rate += rate;
      else sums.set(key, { key, rate });
    }
  }
  const weight = ({ key, rate }) => (before.includes(key) ? rate * LOYALTY : rate);
  const sumOf = (key) => sums.get(key)?.rate ?? 0;
  const best = [...sums.values()].sort((a, b) => weight(b) - weight(a)).slice(0, most);
  const inOrder = (key, i) => i === 0 || sumOf(key) <= OVERTAKEN * sumOf(before[i - 1]);
  if (best.length === before.length && best.every(({ key }) => before.includes(key)) && before.every(inOrder)) return before;
  return best.sort((a, b) => b.rate - a.rate).map(({ key }) => key);
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
  const layers = noLayers();
  const gap = [...keys.map(() => null), null, null];
  // Where the line is measured at all, a moment in which it was not is a gap, whoever else was.
  const isMeasured = frames.some((frame) => frame.download !== null || frame.upload !== null);
  frames.forEach((frame, i) => {
    const before = frames[i - 1];
    if (before && isGap(before.ts, frame.ts, interval)) {
      addMoment(layers, before.ts + interval, [null, null], [gap, gap]);
    }
    if (isMeasured && frame.download === null && frame.upload === null) {
      addMoment(layers, frame.ts, [null, null], [gap, gap]);
      return;
    }
    addMoment(layers, frame.ts, [frame.download, frame.upload], partsOf(keys)(frame));
  });
  return layers;
}

/** What a push adds to the layers of these devices, both directions. */
const partsOf = remembered((/** @type {readonly string[]} */ keys) => remembered((/** @type {Page.Frame} */ frame) => {
  const { download, upload } = digest(frame);
  const { others } = frame;
  const indices = keys.map((key) => indexIn(frame.keys).get(key) ?? -1);
  const parts = frame.rates.map((rates) => indices.map((index) => rates[index]));
  return [
    moment(frame.download, others ? plus(download, others[0]) : download, parts[0]),
    moment(frame.upload, others ? plus(upload, others[1]) : upload, parts[1]),
  ];
}));

/** @returns {Page.Layers} */
export const noLayers = () => ({ ts: [], line: [[], []], parts: [[], []] });

/** @param {Page.Layers} layers @param {number} ts @param {readonly (number | null)[]} line @param {(number | null)[][]} parts of both directions, download first */
export function addMoment(layers, ts, line, parts) {
  layers.ts.push(ts);
  for (const direction of [0, 1]) {
    layers.line[direction].push(line[direction]);
    layers.parts[direction].push(parts[direction]);
  }
}

/**
 * What the history answered about the last minutes, as pushes: so that the page does not begin empty.
 * @param {Wire.Shares} answer @param {number} interval seconds between two pushes
 * @returns {Page.Frame[]}
 */
export function pastFrames({ ts, step_seconds: step, line, devices, others }, interval) {
  const keys = devices.map((device) => device.key);
  return ts.flatMap((begin, i) => {
    const told = {
      download: line.download_bps[i], upload: line.upload_bps[i], keys,
      rates: [devices.map((device) => device.download_bps[i]), devices.map((device) => device.upload_bps[i])],
      others: [others.download_bps[i], others.upload_bps[i]],
    };
    return Array.from({ length: Math.floor(step / interval) }, (_, n) => ({ ...told, ts: begin + (n + 1) * interval }));
  });
}

/** The upper edges in one moment, in Mbit/s. */
const edgesOf = remembered((/** @type {readonly (number | null)[]} */ parts) => {
  let sum = null;
  return parts.map((part) => {
    sum = plus(sum, part);
    return sum === null ? null : sum / 1e6;
  });
});

/**
 * The upper edges of the layers, bottom first, as columns for a chart. Where a layer is not known it
 * is as high as the one below.
 * @param {readonly (number | null)[][]} parts by moment @param {number} count of layers
 * @returns {(number | null)[][]} by layer, in Mbit/s
 */
export function edges(parts, count) {
  const sums = parts.map(edgesOf);
  return Array.from({ length: count }, (_, layer) => sums.map((edges) => edges[layer] ?? null));
}
