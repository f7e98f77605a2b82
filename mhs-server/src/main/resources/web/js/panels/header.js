// Always in sight: what the line does now, who says so, and how fresh that is.
import { el, setAttribute, write } from '../dom.js';
import { duration, megabits, percent, weightOf } from '../format.js';
import { freshness, notice, standing, unmeasured } from '../state.js';

const THEME_SIGNS = { auto: '◐', dark: '☾', light: '☀' };

function rate(arrow, name, label) {
  const number = el('span', { class: 'number' }, '–');
  const node = el('p', { class: `now ${name} figures`, 'data-test': `wan-${name}` },
    el('span', { class: 'arrow', 'aria-hidden': 'true' }, arrow), el('span', { class: 'visually-hidden' }, `${label} `),
    number, el('span', { class: 'unit' }, ' Mbit/s'));
  return { node, number };
}

const KINDS = { routeros: 'RouterOS', local: 'This machine' };

/**
 * A source in words: what it is and where, rather than what its configuration calls it.
 * @param {string} id @param {{sources: readonly (Wire.Source & {address?: string | null})[]}} known
 */
export function sourceName(id, { sources }) {
  const source = sources.find((one) => one.id === id);
  const kind = KINDS[source?.type ?? ''] ?? id;
  return source?.address ? `${kind} at ${source.address}` : kind;
}

/**
 * @param {Element} root
 * @param {{retry: () => void}} actions
 */
export function mountHeader(root, actions) {
  const down = rate('↓', 'down', 'Download now');
  const up = rate('↑', 'up', 'Upload now');
  const sourceText = el('b');
  const sourceReason = el('span');
  const source = el('p', { class: 'source', 'data-test': 'source' }, sourceText, sourceReason);
  const share = el('p', { class: 'share figures', 'data-test': 'attributed', hidden: true,
    title: 'How much of the line is known by device, over the last minute' });
  const age = el('p', { class: 'age', 'data-test': 'age' });
  const theme = el('button', { type: 'button', class: 'quiet', on: { click: () => document.dispatchEvent(new CustomEvent('mhs-theme-next')) } });
  const headline = el('b', { 'data-test': 'no-data' });
  const detail = el('span');
  const retry = el('button', { type: 'button', on: { click: actions.retry } }, 'Try now');
  const bar = el('div', { class: 'notice', hidden: true }, headline, detail, retry);
  const spoken = el('p', { class: 'visually-hidden', role: 'status' });

  root.append(
    el('div', { class: 'bar' }, el('h1', {}, el('span', { class: 'logo', 'aria-hidden': 'true' }), 'MHS'),
      el('div', { class: 'line-now' }, down.node, up.node), el('div', { class: 'standing' }, source, share, age), theme),
    bar, spoken,
  );
  document.addEventListener('mhs-theme', (event) => {
    const { choice } = /** @type {CustomEvent} */ (event).detail;
    write(theme, THEME_SIGNS[choice]);
    const label = `Theme: ${choice}. Change it`;
    setAttribute(theme, 'aria-label', label);
    setAttribute(theme, 'title', label);
  });
  document.dispatchEvent(new CustomEvent('mhs-theme-ask'));

  function show(part, bps, why) {
    write(part.number, megabits(bps));
    setAttribute(part.number, 'data-weight', weightOf(bps));
    setAttribute(part.node, 'title', weightOf(bps) === 'gap' ? why : null);
  }

  /** @param {Page.State} state */
  function showSource({ update, sources }) {
    if (update === null) return;
    const { kind, source: id, reason } = standing(update, 'devices');
    const name = id === null ? (kind === 'waiting' ? 'Starting' : 'No source') : sourceName(id, sources ?? update);
    // Why the best one is used needs no room; why another one is, or none, is what people ask.
    const why = kind === 'chosen' || reason === '' ? '' : `: ${reason}`;
    write(sourceText, name);
    write(sourceReason, why);
    setAttribute(source, 'data-kind', kind);
    setAttribute(source, 'title', `Who is there is told by ${id ?? 'nobody'}${reason ? `: ${reason}` : ''}`);
  }

  /** @param {Page.State} state */
  function showShare({ update }) {
    const ratio = update?.attributed_ratio ?? null;
    setAttribute(share, 'hidden', ratio === null);
    write(share, `${percent(ratio)} attributed`);
  }

  /** @param {Page.State} state @param {number} at */
  function renderAge(state, at) {
    const { phase, seconds } = freshness(state, at);
    setAttribute(age, 'data-phase', phase);
    const words = { waiting: 'Connecting …', live: 'Live', stale: `${duration(Math.floor(seconds))} old` };
    write(age, state.receivedAt === null && phase === 'stale' ? 'No data' : words[phase]);
    const told = notice(state, at);
    setAttribute(bar, 'hidden', told === null);
    // The counting headline is for the eye; a screen reader hears of the change once.
    const heard = told === null ? '' : 'No data arrives at present.';
    if (spoken.textContent !== heard) write(spoken, heard);
    if (told === null) return;
    write(headline, told.headline);
    write(detail, told.detail);
    setAttribute(retry, 'hidden', !told.canRetry);
  }

  return {
    /** @param {Page.State} state @param {number} at */
    render(state, at) {
      const why = state.update ? unmeasured(state.update) : '';
      show(down, state.update?.total_download_bps, why);
      show(up, state.update?.total_upload_bps, why);
      showSource(state);
      showShare(state);
      renderAge(state, at);
    },
    renderAge,
  };
}
