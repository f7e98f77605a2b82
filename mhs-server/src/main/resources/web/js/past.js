// A device's past and why it counts as present, ready to be drawn and read. Pure.
import { ago, dateAndTime, duration, isMeasured, timeOfDay } from './format.js';

const DAY_SECONDS = 86_400;

/**
 * Samples as columns for a chart. Where a step was not measured a row of nulls keeps the gap open.
 * @param {Wire.Sample[]} samples oldest first @param {number} step seconds between two
 * @returns {Page.Columns}
 */
export function historyColumns(samples, step) {
  /** @type {Page.Columns} */
  const columns = { ts: [], download: [], upload: [] };
  const push = (ts, down, up) => {
    columns.ts.push(ts);
    columns.download.push(down);
    columns.upload.push(up);
  };
  samples.forEach(({ ts, download_bps: down, upload_bps: up }, i) => {
    const before = samples[i - 1];
    if (before && ts - before.ts > step * 1.5) push(before.ts + step, null, null);
    push(ts, down, up);
  });
  return columns;
}

/** @param {(number | null)[]} values */
const known = (values) => values.filter(isMeasured);
const peak = (values) => (values.length === 0 ? null : Math.max(...values));
const mean = (values) => (values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length);
const sum = (values) => (values.length === 0 ? null : values.reduce((total, one) => total + one, 0));

/** Peak and average while it was measured, and bytes. @param {Wire.Sample[]} samples in equal steps */
export function historySummary(samples) {
  const of = (name) => known(samples.map((sample) => sample[name]));
  const [down, up] = [of('download_bps'), of('upload_bps')];
  return {
    peak: { down: peak(down), up: peak(up) },
    average: { down: mean(down), up: mean(up) },
    bytes: { down: sum(of('download_bytes')), up: sum(of('upload_bytes')) },
  };
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** @param {number} ts @param {number} back days before, where the reader is @returns {number} its first second */
function dayStart(ts, back) {
  const day = new Date(ts * 1000);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - back).getTime() / 1000;
}

/**
 * When a device was there, day by day where the reader is, the present day first; `from` and `to` are shares of the day.
 * @param {Wire.Session[]} sessions @param {number} now @param {number} days
 * @returns {{label: string, end: number, seconds: number, bars: {from: number, to: number, title: string}[]}[]}
 */
export function dayBars(sessions, now, days) {
  return Array.from({ length: days }, (_, back) => {
    const begin = dayStart(now, back);
    const end = dayStart(now, back - 1);
    const share = (ts) => (ts - begin) / (end - begin);
    const there = sessions
      .map(({ first_seen: first, last_seen: last, open }) => ({ first, last: open ? Math.max(last, now) : last }))
      .filter(({ first, last }) => last > begin && first < end)
      .map(({ first, last }) => ({ from: Math.max(first, begin), to: Math.min(last, end) }))
      .sort((a, b) => a.from - b.from);
    const date = new Date(begin * 1000);
    return {
      label: back === 0 ? 'Today' : `${WEEKDAYS[date.getDay()]} ${date.getDate()}`,
      end: back === 0 ? share(now) : 1,
      seconds: there.reduce((total, one) => total + one.to - one.from, 0),
      bars: there.map(({ from, to }) => ({
        from: share(from), to: share(to),
        title: `${timeOfDay(from).slice(0, 5)} – ${to >= now ? 'now' : to === end ? '24:00' : timeOfDay(to).slice(0, 5)}, ${duration(to - from)}`,
      })),
    };
  });
}

/** What each kind of evidence says, with `#` for when. @type {Record<string, string>} */
const EVIDENCE = {
  answered: 'answered when it was asked #',
  neighbor_reachable: 'ARP or NDP reachable #',
  wifi_associated: 'on the wireless network #',
  traffic: 'moved data #',
  self: 'it is the machine that looks',
  neighbor_stale: 'ARP or NDP entry from #',
  lease: 'spoke to the DHCP server #',
  bridge_host: 'its MAC was seen on a port #',
  neighbor_failed: 'did not answer ARP #',
};
const VERDICTS = {
  online: 'Online', idle: 'Idle: nothing proves it lately',
  offline: 'Offline: somebody looked, and it was not there', unknown: 'Unknown: nobody can look',
};

/** @param {Wire.Evidence} one @param {number} now */
function evidenceWords({ kind, at, detail }, now) {
  const seconds = Math.max(0, Math.round(now - at));
  const when = seconds < 60 ? `${seconds} s ago` : ago(at, now);
  const words = (EVIDENCE[kind] ?? `${kind.replaceAll('_', ' ')} #`).replace('#', when);
  const until = /^until (\S+)$/.exec(detail ?? '');
  const end = until ? Date.parse(until[1]) / 1000 : NaN;
  if (!Number.isFinite(end)) return words;
  const time = end - now < DAY_SECONDS ? timeOfDay(end).slice(0, 5) : dateAndTime(end).slice(0, 16);
  return `${words}, lease until ${time}`;
}

/**
 * Why a device counts as present or not, in a sentence: proofs first, each kind once, the newest of it.
 * @param {{status: string, evidence: Wire.Evidence[]}} device @param {number} now
 */
export function presenceSentence({ status, evidence }, now) {
  const rank = ({ weight }) => ['denial', 'proof', 'hint'].indexOf(weight) - (status === 'offline' ? 0 : weight === 'denial' ? -3 : 0);
  const newest = new Map();
  for (const one of [...(evidence ?? [])].sort((a, b) => b.at - a.at)) if (!newest.has(one.kind)) newest.set(one.kind, one);
  const told = [...newest.values()].sort((a, b) => rank(a) - rank(b) || b.at - a.at);
  const verdict = VERDICTS[status] ?? status;
  return told.length === 0 ? `${verdict}.` : `${verdict} – ${told.map((one) => evidenceWords(one, now)).join('; ')}.`;
}

/**
 * The names and addresses that a device had, as far as events tell.
 * @param {Wire.Event[]} events @param {Wire.Device} device
 */
export function formerly(events, device) {
  const others = (texts, present) => [...new Set(texts)].filter((text) => text && !present.includes(text));
  const changed = (kind) => events.filter((one) => one.kind === kind).flatMap(({ was, became }) => [was, became]);
  const named = events.map((one) => one.device?.hostname ?? null);
  return {
    names: others([...changed('alias_changed'), ...named], [device.alias, device.hostname]),
    addresses: others(changed('address_changed'), device.ips ?? []),
  };
}
