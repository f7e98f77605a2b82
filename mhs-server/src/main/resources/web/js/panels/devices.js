// @ts-check
// The device table: keyed rows, an order that holds still under the pointer.
import { arrange, el, setAttribute, write } from '../dom.js';
import { heldOrder, LARGEST_FIRST, matches, presenceOf, sorted } from '../order.js';
import { pushInterval, serverTime, standing } from '../state.js';
import { deviceRow } from './rows.js';

/** @typedef {import('../state.js').State} State */
/** @typedef {import('../state.js').Sort} Sort */

/** @type {[string, string, string?][]} id, label, unit */
const COLUMNS = [
  ['status', 'State'],
  ['name', 'Name'],
  ['ip', 'IP'],
  ['mac', 'MAC'],
  ['vendor', 'Vendor'],
  ['where', 'Where'],
  ['download', '↓ Down', 'Mbit/s'],
  ['trace', 'last 2 min'],
  ['upload', '↑ Up', 'Mbit/s'],
  ['last_seen', 'Last seen'],
  ['limit', 'Limit'],
];
/** After this long without a device the empty table says what to check. */
const PATIENCE_SECONDS = 30;

/**
 * @param {Element} root
 * @param {{sort: (sort: Sort) => void, search: (text: string) => void, clear: () => void, scan: () => Promise<void>}} actions
 */
export function mountDevices(root, actions) {
  /** @type {Map<string, import('./rows.js').Row>} */
  const rows = new Map();
  /** @type {Set<string>} */
  const visible = new Set();
  /** @type {string[]} */
  let order = [];
  /** @type {State | null} */
  let shown = null;
  /** What the reader chose when the order was last made: a new choice is obeyed at once. */
  let choice = '';
  let pointed = false;

  const count = el('span', { class: 'note', 'data-test': 'device-count' });
  const held = el('span', { class: 'note held', hidden: true }, 'order held');
  const search = el('input', {
    type: 'search',
    placeholder: 'Search',
    'aria-label': 'Search devices by name, address, vendor or port',
    title: 'Name, address, vendor, port … (press / to get here)',
    on: { input: () => actions.search(search.value) },
  });
  const pick = el(
    'select',
    { 'aria-label': 'Sort by', on: { change: () => sortBy(pick.value) } },
    ...COLUMNS.filter(([id]) => id !== 'trace').map(([id, label]) => el('option', { value: id }, label)),
  );
  const scan = el('button', { type: 'button', 'data-test': 'scan', on: { click: actions.scan } }, 'Scan now');
  const scanned = el('span', { class: 'note', role: 'status' });
  const heads = COLUMNS.map(headCell);
  const body = el('tbody', { role: 'rowgroup' });
  const table = el(
    'table',
    { role: 'table', 'aria-label': 'Devices' },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...heads.map((head) => head.th))),
    body,
  );
  const emptyTitle = el('h3');
  const emptyText = el('p');
  const clear = el('button', { type: 'button', on: { click: actions.clear } }, 'Show all devices');
  const empty = el('div', { class: 'empty', hidden: true }, emptyTitle, emptyText, clear);
  root.append(
    el('div', { class: 'head' }, el('h2', {}, 'Devices'), count, held,
      el('div', { class: 'tools' }, scanned, search, pick, scan)),
    table,
    empty,
  );

  /** @param {[string, string, string?]} column */
  function headCell([id, label, unit]) {
    const sign = el('span', { class: 'sign', 'aria-hidden': 'true' }, '');
    const text = [label, unit ? el('span', { class: 'unit' }, ` ${unit}`) : null];
    const content =
      id === 'trace'
        ? [el('span', {}, ...text)]
        : [el('button', { type: 'button', on: { click: () => sortBy(id) } }, ...text, sign)];
    return { id, sign, th: el('th', { role: 'columnheader', scope: 'col', class: id }, ...content) };
  }

  /** @param {string} column */
  function sortBy(column) {
    const sort = shown?.view.sort;
    const again = sort?.column === column;
    actions.sort({ column, descending: again ? !sort?.descending : LARGEST_FIRST.has(column) });
  }

  /** @param {Sort} sort */
  function showSort({ column, descending }) {
    for (const { id, sign, th } of heads) {
      const active = id === column;
      if (id === 'trace') continue;
      setAttribute(th, 'aria-sort', active ? (descending ? 'descending' : 'ascending') : 'none');
      write(sign, active ? (descending ? '▼' : '▲') : '');
    }
    if (pick.value !== column) pick.value = column;
  }

  // Traces are drawn only where they can be seen.
  const watcher =
    typeof IntersectionObserver === 'undefined'
      ? null
      : new IntersectionObserver(
          (entries) => {
            for (const { target, isIntersecting } of entries) {
              const key = /** @type {HTMLElement} */ (target).dataset.key ?? '';
              if (isIntersecting) visible.add(key);
              else visible.delete(key);
              if (isIntersecting && shown) drawTrace(shown, key);
            }
          },
          { rootMargin: '120px' },
        );

  /** @param {State} state @param {string} key */
  const drawTrace = (state, key) => rows.get(key)?.trace(state.frames, pushInterval(state.update));

  /** @param {string} key */
  function rowFor(key) {
    let row = rows.get(key);
    if (row === undefined) {
      row = deviceRow(key);
      rows.set(key, row);
      if (watcher) watcher.observe(row.tr);
      else visible.add(key);
    }
    return row;
  }

  /** @param {readonly {key: string}[]} devices all of them, shown or not */
  function forget(devices) {
    const known = new Set(devices.map((device) => device.key));
    for (const [key, row] of rows) {
      if (known.has(key)) continue;
      watcher?.unobserve(row.tr);
      visible.delete(key);
      rows.delete(key);
    }
  }

  const isHeld = () => pointed || body.contains(document.activeElement);

  /** @param {State} state */
  function wanted({ update, view, frames }) {
    const devices = (update?.devices ?? []).filter(
      (device) =>
        (view.status === null || presenceOf(device) === view.status) && matches(device, view.search),
    );
    const chosen = JSON.stringify(view);
    const hold = chosen === choice && isHeld();
    choice = chosen;
    setAttribute(held, 'hidden', !hold);
    const right = hold ? devices : sorted(devices, view.sort, frames);
    return hold ? heldOrder(order, right, (device) => device.key) : right;
  }

  /** @param {State} state @param {number} shownCount @param {number} at */
  function showEmpty(state, shownCount, at) {
    const { update } = state;
    const total = update?.devices.length ?? 0;
    setAttribute(empty, 'hidden', shownCount > 0);
    setAttribute(table, 'hidden', shownCount === 0);
    setAttribute(clear, 'hidden', total === 0);
    if (shownCount > 0) return;
    const [title, text] = total > 0 ? ['No device matches', 'Another search or filter may find it.'] : emptiness(state, at);
    write(emptyTitle, title);
    write(emptyText, text);
  }

  /** @param {State} state */
  function showLimits({ update }) {
    const any = update?.devices.some((d) => d.limit_mbps !== null || d.limit) ?? false;
    const able = update !== null && standing(update, 'limits').source !== null;
    setAttribute(table, 'data-limits', any || able);
  }

  function keepOneTabStop() {
    const current = body.querySelector('tr[tabindex="0"]');
    if (current !== null) return;
    const first = body.firstElementChild;
    if (first !== null) setAttribute(first, 'tabindex', '0');
  }

  /** @param {Element} tr */
  function focusRow(tr) {
    body.querySelector('tr[tabindex="0"]')?.setAttribute('tabindex', '-1');
    setAttribute(tr, 'tabindex', '0');
    /** @type {HTMLElement} */ (tr).focus();
  }

  body.addEventListener('pointerenter', (/** @type {PointerEvent} */ event) => {
    // A finger does not hover: after a tap it would hold the order for ever.
    pointed = event.pointerType !== 'touch';
  });
  body.addEventListener('pointerleave', () => {
    pointed = false;
  });
  body.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    const row = /** @type {HTMLElement} */ (event.target).closest?.('tr');
    if (!row) return;
    const goals = /** @type {Record<string, Element | null>} */ ({
      ArrowDown: row.nextElementSibling,
      ArrowUp: row.previousElementSibling,
      Home: body.firstElementChild,
      End: body.lastElementChild,
    });
    if (event.key === 'Escape') row.blur();
    if (!goals[event.key]) return;
    event.preventDefault();
    focusRow(/** @type {Element} */ (goals[event.key]));
  });
  body.addEventListener('click', (/** @type {MouseEvent} */ event) => {
    // On a phone a card opens to show all of it; on a desk everything is shown anyway.
    const row = /** @type {HTMLElement} */ (event.target).closest?.('tr');
    row?.classList.toggle('open');
  });

  return {
    /** @param {State} state @param {number} at */
    render(state, at) {
      shown = state;
      const all = state.update?.devices ?? [];
      const now = serverTime(state, at);
      const devices = wanted(state);
      forget(all);
      for (const device of devices) rowFor(device.key).update(device, now);
      const next = devices.map((device) => device.key);
      if (next.length !== order.length || next.some((key, i) => key !== order[i])) {
        arrange(body, next.map((key) => rowFor(key).tr));
      }
      order = next;
      for (const key of visible) drawTrace(state, key);
      keepOneTabStop();
      showSort(state.view.sort);
      showLimits(state);
      showEmpty(state, devices.length, at);
      const total = all.length;
      write(count, state.update === null ? '' : devices.length === total ? `${total}` : `${devices.length} of ${total}`);
      if (search.value !== state.view.search) search.value = state.view.search;
    },
    /** @param {string} text @param {boolean} busy */
    showScan(text, busy) {
      write(scanned, text);
      setAttribute(scan, 'disabled', busy);
    },
    focusSearch: () => search.focus(),
  };
}

/** Why there is nothing to see, and what to check. @param {State} state @param {number} at */
export function emptiness(state, at) {
  const { update, startedAt } = state;
  if (update === null) return ['Connecting …', 'The list appears as soon as the server sends it.'];
  const { source, reason } = standing(update, 'devices');
  if (source === null) {
    return ['Nobody can look', `${reason || 'No source answers for devices'}. The sources below say what would mend it.`];
  }
  if (at - startedAt < PATIENCE_SECONDS * 1000) {
    return ['Looking around …', 'No devices yet: the first look at a network takes up to a minute.'];
  }
  return [
    'Still no devices',
    `${source} answers but sees nobody. Check that this machine is on the network that you want to see, that looking is not switched off (local.scan), and what the sources below say.`,
  ];
}
