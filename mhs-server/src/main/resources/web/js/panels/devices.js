// The device table: keyed rows, an order that holds still under the pointer.
import { arrange, el, setAttribute, write } from '../dom.js';
import { heldOrder, LARGEST_FIRST, matches, presenceOf, sorted } from '../order.js';
import { pushInterval, serverTime, standing } from '../state.js';
import { deviceRow } from './rows.js';


/** @type {[string, string][]} id, label */
const COLUMNS = [
  ['status', 'State'],
  ['name', 'Name'],
  ['ip', 'IP'],
  ['mac', 'MAC'],
  ['vendor', 'Vendor'],
  ['where', 'Where'],
  ['download', '↓ Down'],
  ['trace', 'Mbit/s, 2 min'],
  ['upload', '↑ Up'],
  ['last_seen', 'Last seen'],
  ['limit', 'Limit, Mbit/s'],
];
/**
 * So many rows make a group. The browser lays out and paints only groups in sight (see the style sheet), and
 * a row that moves disturbs only its own.
 */
const GROUP_ROWS = 20;
/** After this long without a device the empty table says what to check. */
const PATIENCE_SECONDS = 30;

/**
 * @param {Element} root
 * @param {{sort: (sort: Page.Sort) => void, search: (text: string) => void, clear: () => void, scan: () => Promise<void>}} actions
 */
export function mountDevices(root, actions) {
  /** @type {Map<string, Page.Row>} */
  const rows = new Map();
  /** @type {Element[]} */
  const groups = [];
  /** @type {Set<Element>} */
  const groupsInSight = new Set();
  /** @type {string[]} */
  let order = [];
  /** @type {Wire.Device[]} */
  let listed = [];
  /** @type {Page.State | null} */
  let shown = null;
  /** What the reader chose when the order was last made: a new choice is obeyed at once. */
  let choice = '';
  let pointed = false;
  let tabStop = '';

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
  const table = el(
    'table',
    { role: 'table', 'aria-label': 'Devices' },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...heads.map((head) => head.th))),
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

  function headCell([id, label]) {
    const sign = el('span', { class: 'sign', 'aria-hidden': 'true' }, '');
    const content =
      id === 'trace'
        ? label
        : el('button', { type: 'button', on: { click: () => sortBy(id) } }, label, sign);
    return { id, sign, th: el('th', { role: 'columnheader', scope: 'col', class: id }, content) };
  }

  function sortBy(column) {
    const sort = shown?.view.sort;
    const again = sort?.column === column;
    actions.sort({ column, descending: again ? !sort?.descending : LARGEST_FIRST.has(column) });
  }

  /** @param {Page.Sort} sort */
  function showSort({ column, descending }) {
    for (const { id, sign, th } of heads) {
      const active = id === column;
      if (id === 'trace') continue;
      setAttribute(th, 'aria-sort', active ? (descending ? 'descending' : 'ascending') : 'none');
      write(sign, active ? (descending ? '▼' : '▲') : '');
    }
    if (pick.value !== column) pick.value = column;
  }

  const watcher =
    typeof IntersectionObserver === 'undefined'
      ? null
      : new IntersectionObserver(sightChanged, { rootMargin: '120px' });

  function sightChanged(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) groupsInSight.add(target);
      else groupsInSight.delete(target);
      if (isIntersecting && shown) traceGroup(shown, target);
    }
  }

  /** @param {Page.State} state @param {Element} group */
  function traceGroup(state, group) {
    const at = groups.indexOf(group) * GROUP_ROWS;
    for (const { key } of listed.slice(at, at + GROUP_ROWS)) {
      rowFor(key).trace(state.frames, pushInterval(state.update));
    }
  }

  function groupAt(index) {
    if (groups[index] === undefined) {
      groups[index] = el('tbody', { role: 'rowgroup' });
      table.append(groups[index]);
      if (watcher) watcher.observe(groups[index]);
      else groupsInSight.add(groups[index]);
    }
    return groups[index];
  }

  /** @param {readonly Element[]} wanted the rows in order */
  function place(wanted) {
    const needed = Math.ceil(wanted.length / GROUP_ROWS);
    for (let i = 0; i < needed; i += 1) {
      arrange(groupAt(i), wanted.slice(i * GROUP_ROWS, (i + 1) * GROUP_ROWS));
    }
    for (const group of groups.splice(needed)) {
      watcher?.unobserve(group);
      groupsInSight.delete(group);
      group.remove();
    }
  }

  function rowFor(key) {
    const row = rows.get(key) ?? deviceRow(key);
    rows.set(key, row);
    return row;
  }

  /** @param {readonly {key: string}[]} devices all of them, shown or not */
  function forget(devices) {
    const known = new Set(devices.map((device) => device.key));
    for (const key of rows.keys()) if (!known.has(key)) rows.delete(key);
  }

  const rowOf = (target) => target?.closest?.('tr[data-key]') ?? null;
  const isHeld = () => pointed || rowOf(document.activeElement) !== null;

  /** @param {Page.State} state */
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

  /** @param {Page.State} state @param {number} shownCount @param {number} at */
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

  /** @param {Page.State} state */
  function showLimits({ update }) {
    const any = update?.devices.some((d) => d.limit_mbps !== null || d.limit) ?? false;
    const able = update !== null && standing(update, 'limits').source !== null;
    setAttribute(table, 'data-limits', any || able);
  }

  /** One row can be reached by Tab, the others by the arrow keys from there. @param {string} key */
  function moveTabStop(key) {
    rows.get(tabStop)?.tr.setAttribute('tabindex', '-1');
    rows.get(key)?.tr.setAttribute('tabindex', '0');
    tabStop = key;
  }

  table.addEventListener('pointerover', (event) => {
    // A finger does not hover: after a tap it would hold the order for ever.
    pointed = event.pointerType !== 'touch' && rowOf(event.target) !== null;
  });
  table.addEventListener('pointerleave', () => {
    pointed = false;
  });
  table.addEventListener('keydown', (event) => {
    const row = rowOf(event.target);
    if (row === null) return;
    if (event.key === 'Escape') row.blur();
    const at = order.indexOf(row.dataset.key);
    const goals = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: order.length - 1,
    };
    const key = order[goals[event.key]];
    if (key === undefined) return;
    event.preventDefault();
    moveTabStop(key);
    rows.get(key)?.tr.focus();
  });
  table.addEventListener('click', (event) => {
    // On a phone a card opens to show all of it; on a desk everything is shown anyway.
    rowOf(event.target)?.classList.toggle('open');
  });

  return {
    /** @param {Page.State} state @param {number} at */
    render(state, at) {
      shown = state;
      const all = state.update?.devices ?? [];
      listed = wanted(state);
      forget(all);
      for (const device of listed) rowFor(device.key).update(device, serverTime(state, at));
      const next = listed.map((device) => device.key);
      if (next.length !== order.length || next.some((key, i) => key !== order[i])) {
        place(listed.map((device) => rowFor(device.key).tr));
      }
      order = next;
      for (const group of groupsInSight) traceGroup(state, group);
      if (!order.includes(tabStop) && order.length > 0) moveTabStop(order[0]);
      showSort(state.view.sort);
      showLimits(state);
      showEmpty(state, listed.length, at);
      const total = all.length;
      write(count, state.update === null ? '' : listed.length === total ? `${total}` : `${listed.length} of ${total}`);
      if (search.value !== state.view.search) search.value = state.view.search;
    },
    showScan(text, busy) {
      write(scanned, text);
      setAttribute(scan, 'disabled', busy);
    },
    focusSearch: () => search.focus(),
  };
}

/** Why there is nothing to see, and what to check. @param {Page.State} state @param {number} at */
export function emptiness(state, at) {
  const { update, startedAt } = state;
  if (update === null) return ['Connecting …', 'The list appears as soon as the server sends it.'];
  const { source, reason, kind } = standing(update, 'devices');
  if (kind === 'none') {
    return ['Nobody can look', `${reason || 'No source answers for devices'}. The sources below say what would mend it.`];
  }
  if (kind === 'waiting' || at - startedAt < PATIENCE_SECONDS * 1000) {
    return ['Looking around …', 'No devices yet: the first look at a network takes up to a minute.'];
  }
  return [
    'Still no devices',
    `${source} answers but sees nobody. Check that this machine is on the network that you want to see, that looking is not switched off (local.scan), and what the sources below say.`,
  ];
}
