// Asks how much a device may move: presets, or separate rates; and says how its limit fares.
import { changeId } from '../changes.js';
import { el, fill, setAttribute, write } from '../dom.js';
import { limitSentences, readCustom, remedies } from '../limit-choices.js';
import { limitName, limitOf, limitView, sameLimit } from '../limits.js';
import { nameOf } from '../order.js';
import { remedyNode } from './remedy.js';

const WIDTH = 340;
const EDGE = 8;

function rateField(label, hint) {
  const field = el('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', placeholder: 'no limit', 'aria-label': `${hint}, Mbit/s` });
  return { field, node: el('label', {}, el('span', {}, label), field, el('span', { class: 'dim' }, 'Mbit/s')) };
}

/**
 * @param {{set: (key: string, wanted: Page.Wanted) => void, closed: (key: string) => void}} actions
 */
export function limitDialog({ set, closed }) {
  const title = el('h2');
  const fate = el('div', { class: 'fate' });
  const choices = el('ul', { class: 'presets' });
  const down = rateField('↓ Down', 'Download');
  const up = rateField('↑ Up', 'Upload');
  const problem = el('p', { class: 'field-problem', role: 'alert', id: 'custom-problem' });
  const custom = el('form', { class: 'custom', hidden: true, novalidate: true, on: { submit: submitted } },
    down.node, up.node, problem, el('button', { type: 'submit', class: 'primary' }, 'Set the limit'));
  const dialog = el('dialog', { class: 'limit-dialog', 'aria-labelledby': 'limit-title' },
    el('div', { class: 'head' }, title, el('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', on: { click: close } }, '✕')),
    choices, custom, fate);
  setAttribute(title, 'id', 'limit-title');
  document.body.append(dialog);
  let key = '';
  let shown = '';
  /** @type {HTMLElement | null} */ let opener = null;

  function close() {
    dialog.close();
  }
  dialog.addEventListener('close', () => {
    closed(key);
    key = '';
    opener?.focus();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close(); // beside it
  });
  choices.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...choices.querySelectorAll('button:not(:disabled)')];
    buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length].focus();
  });

  /** @param {Page.Wanted} wanted */
  function choose(wanted) {
    set(key, wanted);
    close();
  }

  function submitted(event) {
    event.preventDefault();
    const read = readCustom(down.field.value, up.field.value);
    write(problem, read.problem ?? '');
    for (const [name, { field }] of Object.entries({ down, up })) {
      setAttribute(field, 'aria-invalid', read.field === name ? 'true' : null);
      setAttribute(field, 'aria-describedby', read.field === name ? 'custom-problem' : null);
      if (read.field === name) field.focus();
    }
    if (read.wanted) choose(read.wanted);
  }

  /** @param {Wire.Device} device @param {readonly number[]} presets */
  function offer(device, presets) {
    const present = limitOf(device);
    const elsewhere = device.limit?.ours === false;
    const offered = presets.map((mbps) => ({ download_mbps: mbps || null, upload_mbps: mbps || null }));
    const choice = (wanted) => {
      const active = sameLimit(wanted, present);
      const fixed = elsewhere && limitName(wanted) === 'Unlimited';
      const title = fixed ? 'It was set elsewhere; only there can it be removed' : null;
      return el('li', {}, el('button', { type: 'button', 'aria-current': active ? 'true' : null, disabled: fixed, title, on: { click: () => choose(wanted) } },
        limitName(wanted), active ? el('span', { class: 'tick', 'aria-hidden': 'true' }, '✓') : null));
    };
    const isCustom = present !== null && !offered.some((one) => sameLimit(one, present));
    const more = el('button', { type: 'button', 'aria-expanded': String(isCustom), 'aria-current': isCustom ? 'true' : null, 'data-test': 'custom', on: { click: reveal } },
      'Custom …', isCustom ? el('span', { class: 'tick', 'aria-hidden': 'true' }, '✓') : null);
    function reveal() {
      setAttribute(custom, 'hidden', false);
      setAttribute(more, 'aria-expanded', 'true');
      down.field.focus();
      down.field.select();
    }
    fill(choices, ...offered.map(choice), el('li', {}, more));
    setAttribute(custom, 'hidden', !isCustom);
    down.field.value = String(present?.download_mbps ?? '');
    up.field.value = String(present?.upload_mbps ?? '');
    write(problem, '');
  }

  /** @param {Wire.Device} device @param {Page.Changes} changes */
  function tell(device, changes) {
    const change = changes[changeId('limit', device.key)];
    const view = limitView(device, change);
    const sentences = limitSentences(device, change);
    const ways = remedies(device.limit);
    const text = JSON.stringify([view, sentences, ways]);
    if (text === shown) return;
    shown = text;
    setAttribute(fate, 'data-tone', view.tone);
    fill(fate,
      ...(view.refused ? [el('p', { class: 'field-problem' }, `The limit was not set: ${view.refused}`)] : []),
      el('p', {}, sentences.join(' ')),
      ...ways.map(remedyNode));
  }

  /** Beside what was pressed, where there is room; a sheet at the bottom of a phone is the style sheet's affair. */
  function stand() {
    const box = opener?.getBoundingClientRect();
    if (!box) return;
    const left = Math.max(EDGE, Math.min(box.right - WIDTH, innerWidth - WIDTH - EDGE));
    const height = dialog.offsetHeight;
    const below = box.bottom + 4;
    const top = below + height + EDGE <= innerHeight ? below : Math.max(EDGE, Math.min(box.top - 4 - height, innerHeight - height - EDGE));
    dialog.style.setProperty('--left', `${left}px`);
    dialog.style.setProperty('--top', `${top}px`);
  }

  return {
    /** @param {Wire.Device} device @param {Page.Changes} changes @param {readonly number[]} presets @param {HTMLElement} from */
    open(device, changes, presets, from) {
      key = device.key;
      opener = from;
      shown = '';
      write(title, `Limit for ${nameOf(device)}`);
      offer(device, presets);
      tell(device, changes);
      dialog.showModal();
      stand();
      (choices.querySelector('[aria-current]') ?? choices.querySelector('button'))?.focus();
    },
    /** @param {Page.State} state */
    render({ update, changes }) {
      if (key === '') return;
      const device = update?.devices.find((one) => one.key === key);
      if (device) tell(device, changes);
    },
  };
}
