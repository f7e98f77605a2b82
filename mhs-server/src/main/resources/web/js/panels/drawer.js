// All of one device, beside the list: what it moves and moved, when and why it counts as there, what happened to it.
import { asAnswered, changeId } from '../changes.js';
import { el, setAttribute, write } from '../dom.js';
import { byteCount, megabits, weightOf } from '../format.js';
import { limitView } from '../limits.js';
import { nameOf, presenceOf } from '../order.js';
import { serverTime } from '../state.js';
import { editName } from './alias.js';
import { mountPast } from './drawer-past.js';
import { mountTold } from './drawer-told.js';
import { nameLimit, WORDS } from './rows.js';

const EVIDENCE_EVERY_MS = 5000;
const PAST_EVERY_MS = 60_000;
const PHONE = '(max-width: 860px)';

function figure(label, name) {
  const number = el('b', { class: 'number' }, '–');
  return { number, node: el('div', { class: `figure ${name}` }, el('span', { class: 'dim' }, label), number) };
}

/**
 * @param {any} api
 * @param {Page.DrawerActions} actions
 */
export function mountDrawer(api, actions) {
  const dot = el('span', { class: 'dot', 'aria-hidden': 'true' });
  const word = el('span');
  const name = el('span', { class: 'device-name', id: 'drawer-name' });
  const pencil = el('button', { type: 'button', class: 'quiet pencil', 'aria-label': 'Rename', title: 'Rename', on: { click: rename } }, '✎');
  const heading = el('h2', { tabindex: '-1' }, name, pencil);
  const about = el('p', { class: 'dim about' });
  const shut = el('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', title: 'Close (Escape)', on: { click: actions.close } }, '✕');
  const limit = el('button', { type: 'button', class: 'pick', 'aria-haspopup': 'dialog', on: { click: () => actions.limit(key, limit) } });
  const mark = el('button', { type: 'button', class: 'mark', on: { click: () => actions.limit(key, mark) } });
  const refusal = el('p', { class: 'field-problem', role: 'alert' });
  const limitLine = el('div', { class: 'limit-line' }, el('span', { class: 'dim' }, 'Limit'), limit, mark, refusal);
  const figures = { down: figure('↓ Mbit/s', 'down'), up: figure('↑ Mbit/s', 'up'), today: figure('Today', 'moved'), month: figure('This month', 'moved') };
  const past = mountPast(api.past);
  const told = mountTold(api);
  const body = el('div', { class: 'drawer-body' },
    el('div', { class: 'figures four' }, ...Object.values(figures).map((one) => one.node)), limitLine, past.node, ...told.nodes);
  const nobody = el('p', { class: 'drawer-body', role: 'status', hidden: true });
  const drawer = el('dialog', { class: 'drawer', 'aria-labelledby': 'drawer-name' },
    el('div', { class: 'drawer-head' }, el('div', { class: 'drawer-title' }, el('p', { class: 'drawer-state' }, dot, word), heading, about), shut), body, nobody);
  document.body.append(drawer);

  let key = '';
  /** @type {Wire.Device | null} */ let device = null;
  /** @type {Page.State | null} */ let shown = null;
  /** @type {ReturnType<typeof setInterval>[]} */ let timers = [];
  const phone = matchMedia(PHONE);
  const now = () => (shown === null ? 0 : serverTime(shown, actions.now()));

  drawer.addEventListener('cancel', (event) => {
    event.preventDefault();
    actions.close();
  });
  // A window that is made narrower, or a phone that is turned.
  phone.addEventListener('change', () => {
    if (!drawer.open) return;
    drawer.close();
    unfold();
  });

  /** Beside the page where there is room, else over it, and then the focus stays inside. */
  function unfold() {
    if (phone.matches) drawer.showModal();
    else drawer.show();
  }

  function rename() {
    if (device === null) return;
    editName(heading, {
      name: nameOf(device), alias: device.alias, ownName: device.hostname,
      save: (alias) => actions.rename(key, alias),
      ended: (focused) => focused && pencil.focus(),
    });
  }

  /** @param {string} words */
  function showNobody(words) {
    write(nobody, words);
    setAttribute(nobody, 'hidden', words === '');
    setAttribute(body, 'hidden', words !== '');
    setAttribute(pencil, 'hidden', words !== '');
  }

  function showLimit() {
    if (device === null || shown === null) return;
    const view = limitView(device, shown.changes[changeId('limit', key)]);
    setAttribute(limitLine, 'hidden', !shown.update?.choices?.limits?.source && view.tone === 'none');
    nameLimit(limit, mark, view, 'Limit', device.limit?.reason);
    write(refusal, view.refused === null ? '' : `The limit was not set: ${view.refused}`);
  }

  function showFigures() {
    const { usage } = /** @type {Page.State} */ (shown);
    for (const [{ number }, bps] of [[figures.down, device?.download_bps], [figures.up, device?.upload_bps]]) {
      write(number, megabits(bps));
      setAttribute(number, 'data-weight', weightOf(bps));
    }
    for (const [{ number, node }, moved] of [[figures.today, usage?.today.get(key)], [figures.month, usage?.month.get(key)]]) {
      write(number, moved === undefined ? '–' : byteCount(moved.down + moved.up));
      setAttribute(node, 'title', moved && `↓ ${byteCount(moved.down)}, ↑ ${byteCount(moved.up)}`);
    }
  }

  function showDevice() {
    if (shown === null) return;
    const { update, changes } = shown;
    const found = update?.devices.find((one) => one.key === key);
    if (found === undefined) {
      setAttribute(dot, 'class', 'dot unknown');
      write(word, update === null ? 'Connecting …' : 'Not known');
      if (device === null) for (const [node, text] of [[name, key], [about, '']]) write(node, text);
      if (update !== null) showNobody(device === null ? `MHS knows no device by ${key}.` : 'MHS does not know this device any more.');
      return;
    }
    showNobody('');
    if (device === null) begin();
    device = asAnswered(found, changes);
    const state = presenceOf(device);
    setAttribute(dot, 'class', `dot ${state}`);
    write(word, WORDS[state]);
    write(name, nameOf(device));
    write(about, [device.alias && device.hostname, device.vendor, device.ip].filter(Boolean).join(' · '));
    showFigures();
    showLimit();
    told.render(device);
  }

  function stop() {
    timers.forEach(clearInterval);
    timers = [];
    past.end();
    told.end();
  }

  function begin() {
    body.scrollTop = 0;
    past.begin(key, now);
    told.begin(key, now);
    const quietly = (run) => () => !document.hidden && void run();
    timers = [
      setInterval(quietly(() => Promise.all([told.loadEvidence(), past.loadIfEmpty()])), EVIDENCE_EVERY_MS),
      setInterval(quietly(() => Promise.all([past.load(), told.loadRest()])), PAST_EVERY_MS),
    ];
  }

  return {
    /** @param {string} next the device's key @param {Page.State} state */
    open(next, state) {
      shown = state;
      const isOther = next !== key;
      key = next;
      if (!drawer.open) unfold();
      document.body.dataset.drawer = '';
      if (!isOther) return;
      stop();
      device = null;
      showDevice();
      heading.focus();
    },
    close() {
      stop();
      key = '';
      delete document.body.dataset.drawer;
      if (drawer.open) drawer.close();
    },
    /** @param {Page.State} state */
    render(state) {
      if (key === '') return;
      shown = state;
      showDevice();
    },
  };
}
