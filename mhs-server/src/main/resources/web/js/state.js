// What the page knows. Pure: `reduce(state, event)` returns the next state and never changes the old
// one. Every event that depends on time carries it as `at` (milliseconds of the browser's clock).
import { changesAfter, withChange } from './changes.js';
import { applyDelta, isObject, isOfFigures } from './delta.js';
import { frameOf } from './frames.js';

/** How far back the charts look, in seconds. */
export const WINDOW_SECONDS = 120;
/** Older than this, figures are not shown as current any more. Three pushes. */
export const STALE_SECONDS = 6;

/** @type {Page.Sort} */
export const FIRST_SORT = { column: 'download', descending: true };

/** @param {number} at @returns {Page.State} */
export function initialState(at) {
  return {
    startedAt: at,
    update: null,
    described: [],
    receivedAt: null,
    outOfStep: false,
    frames: [],
    link: { phase: 'connecting', attempt: 0, retryAt: null },
    sources: null,
    sourcesProblem: null,
    health: null,
    healthProblem: null,
    view: { status: null, search: '', sort: FIRST_SORT },
    changes: {},
    usage: null,
  };
}

/** @param {Page.State} state @param {Page.Event} event @returns {Page.State} */
export function reduce(state, event) {
  switch (event.type) {
    case 'message':
      return receive(state, event.message, event.at);
    case 'past':
      return { ...state, frames: withPast(state.frames, event.frames) };
    case 'link':
      return { ...state, link: event.link };
    case 'sources':
      return { ...state, sources: event.answer, sourcesProblem: null };
    case 'sources-failed':
      return { ...state, sourcesProblem: event.detail };
    case 'health':
      return { ...state, health: { health: event.health, alerts: event.alerts }, healthProblem: null };
    case 'health-failed':
      return { ...state, healthProblem: event.detail };
    case 'view':
      return { ...state, view: { ...state.view, ...event.view } };
    case 'change':
      return { ...state, changes: withChange(state.changes, event.id, event.change) };
    case 'usage':
      return { ...state, usage: event.usage };
    default:
      return state;
  }
}

/** Whether a message is a whole picture. @param {any} message @returns {message is Wire.Update} */
export function isUpdate(message) {
  return isObject(message) && message.type === 'update' && Number.isFinite(message.ts) && Array.isArray(message.devices);
}

/** Whether a message tells only what changed. @param {any} message @returns {message is Wire.Delta} */
const isDelta = (message) => isObject(message) && message.type === 'delta' && Number.isFinite(message.ts) && Number.isFinite(message.seq);

/** @param {Page.State} state @param {unknown} message @param {number} at @returns {Page.State} */
function receive(state, message, at) {
  if (isUpdate(message)) return withUpdate(state, message, at);
  // A kind of message that this page does not know yet is no data: it must not look fresh.
  if (!isDelta(message)) return state;
  const { update } = state;
  if (update === null || message.seq !== update.seq + 1) return { ...state, outOfStep: true };
  const next = withUpdate(state, applyDelta(update, message), at);
  return isOfFigures(message) ? { ...next, described: state.described } : next;
}

/** @param {Page.State} state @param {Wire.Update} update @param {number} at @returns {Page.State} */
const withUpdate = (state, update, at) => ({
  ...state,
  update,
  described: update.devices,
  receivedAt: at,
  outOfStep: false,
  frames: withFrame(state.frames, update),
  changes: changesAfter(state.changes, update, pushInterval(update)),
});

/** @param {readonly Page.Frame[]} frames @param {Wire.Update} update @returns {Page.Frame[]} */
function withFrame(frames, update) {
  const { ts } = update;
  // A frame that is not older than this one is a duplicate, or the server's clock was set back.
  const kept = frames.filter((frame) => frame.ts < ts && frame.ts >= ts - WINDOW_SECONDS - 5);
  kept.push(frameOf(update, kept.at(-1)));
  return kept;
}

/** What was before the first push, as far as the window reaches. @param {readonly Page.Frame[]} frames @param {readonly Page.Frame[]} past */
function withPast(frames, past) {
  const first = frames[0]?.ts ?? Infinity;
  const oldest = (frames.at(-1)?.ts ?? past.at(-1)?.ts ?? 0) - WINDOW_SECONDS - 5;
  return [...past.filter((frame) => frame.ts < first - 0.5 && frame.ts >= oldest), ...frames];
}

/** The server's time now, in Unix seconds; ages are told by its clock, not by the browser's. @param {Page.State} state @param {number} at */
export function serverTime(state, at) {
  if (state.update === null || state.receivedAt === null) return at / 1000;
  return state.update.ts + Math.max(0, at - state.receivedAt) / 1000;
}

/**
 * How old what we show is.
 * @param {Page.State} state @param {number} at
 * @returns {{phase: 'waiting' | 'live' | 'stale', seconds: number}} waiting: nothing has come yet
 */
export function freshness(state, at) {
  const since = state.receivedAt ?? state.startedAt;
  const seconds = Math.max(0, (at - since) / 1000);
  if (seconds >= STALE_SECONDS) return { phase: 'stale', seconds };
  return { phase: state.receivedAt === null ? 'waiting' : 'live', seconds };
}

/**
 * What to tell the reader while no data comes; null while all is well.
 * @param {Page.State} state @param {number} at
 * @returns {{headline: string, detail: string, canRetry: boolean} | null}
 */
export function notice(state, at) {
  const { phase, seconds } = freshness(state, at);
  if (phase !== 'stale') return null;
  const headline = `No data for ${Math.floor(seconds)} s`;
  const { link } = state;
  if (link.phase === 'live') {
    return { headline, detail: 'The server is connected but sends nothing.', canRetry: false };
  }
  if (link.phase === 'connecting') return { headline, detail: 'Connecting …', canRetry: false };
  const wait = Math.max(0, Math.ceil(((link.retryAt ?? at) - at) / 1000));
  const tries = link.attempt > 1 ? ` (${link.attempt} attempts so far)` : '';
  return { headline, detail: `Not connected. Next attempt in ${wait} s${tries}.`, canRetry: true };
}

/**
 * Which source answers for a capability, and whether a better one should.
 * @param {Wire.Update} update @param {Wire.CapabilityName} capability
 * @returns {Page.Standing}
 */
export function standing(update, capability) {
  const choice = update.choices?.[capability];
  const source = choice?.source ?? null;
  const reason = choice?.reason ?? '';
  if (source === null) {
    const waiting = (update.sources ?? []).some((s) => s.state === 'untried');
    return { kind: waiting ? 'waiting' : 'none', source, reason };
  }
  const able = (update.sources ?? []).filter((s) => (s.capabilities ?? []).includes(capability));
  const priority = able.find((s) => s.id === source)?.priority ?? 0;
  const outranked = able.some((s) => s.id !== source && s.priority > priority);
  return { kind: outranked ? 'fallback' : 'chosen', source, reason };
}

/** Why there are no figures of the line. @param {Wire.Update} update */
export function unmeasured(update) {
  const { source, reason } = standing(update, 'bandwidth');
  return source === null ? `The line is not measured: ${reason}.` : `No figures from ${source} yet.`;
}

/** Whether a push is missing between two. @param {number} from @param {number} to @param {number} interval */
export const isGap = (from, to, interval) => to - from > interval * 1.75;

/** @param {Wire.Update | null} update */
export const pushInterval = (update) => {
  const seconds = update?.push_interval_seconds;
  return typeof seconds === 'number' && seconds > 0 ? seconds : 2;
};
