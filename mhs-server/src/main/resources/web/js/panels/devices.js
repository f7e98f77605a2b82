// The device table: keyed rows, an order that holds still under the pointer.
import { arrange, el, setAttribute, write } from '../dom.js';
import { changeId, asAnswered } from '../changes.js';
import { indexIn } from '../frames.js';
import { unlimitable } from '../limits.js';
import { heldOrder, matches, presenceOf, sorted, STEADY } from '../order.js';
import { pushInterval, serverTime } from '../state.js';
import { mountHeads } from './heads.js';
import { deviceAddress, deviceRow } from './rows.js';

/**
 * So many rows make a group. The browser lays out and paints only groups in sight (see the style sheet), and
 * a row that moves disturbs only its own.
 */
const GROUP_ROWS = 10;
/** By live rates the order is made anew only so often: as long as they are averaged over. In pushes. */
const CALM_PUSHES = 3;
const LIVE = new Set(['download', 'upload']);

/**
 * @param {Element} root
 * @param {Page.DeviceActions} actions
 */
export function mountDevices(root, actions) {
  /** @type {Map<string, Page.Row>} */ const rows = new Map();
  /** @type {HTMLElement[]} */ const groups = [];
  /** @type {Set<Element>} */ const groupsInSight = new Set();
  /** The keys of the rows. @type {readonly string[]} */ let order = [];
  /** The indices of their devices in the list of the server. @type {readonly number[]} */ let indices = [];
  /** The keys of who the reader wants to see; null all. @type {Set<string> | null} */ let found = null;
  /** What the list was made from: as long as that is the same, only figures changed. @type {readonly unknown[]} */ let madeFrom = [];
  /** @type {Page.State | null} */ let shown = null;
  let shownAt = 0;
  let turn = 0;
  /** Whether there are rows in which nothing is written yet. */
  let grown = false;
  /** What the reader chose when the order was last made: a new choice is obeyed at once. */
  let choice = '';
  let wasHeld = false;
  /** The server's time of the push by which the order was made. */
  let orderedAt = 0;
  let pointed = false;
  let tabStop = '';
  /** @type {Page.Row[]} */ let marked = [];

  const count = el('span', { class: 'note', 'data-test': 'device-count' });
  const held = el('span', { class: 'note held', hidden: true }, 'order held');
  const search = el('input', {
    type: 'search', placeholder: 'Search', 'aria-label': 'Search devices',
    title: 'Name, address, vendor, port … (press / to get here)', on: { input: () => actions.search(search.value) },
  });
  const scan = el('button', { type: 'button', 'data-test': 'scan', on: { click: actions.scan } }, 'Scan now');
  const scanned = el('span', { class: 'note', role: 'status' });
  const heads = mountHeads(actions.sort);
  const table = el('table', { role: 'table', 'aria-label': 'Devices' }, heads.head);
  const limitless = el('p', { class: 'note limitless', hidden: true, 'data-test': 'no-limits' });
  const emptyTitle = el('h3');
  const emptyText = el('p');
  const clear = el('button', { type: 'button', on: { click: actions.clear } }, 'Show all devices');
  const empty = el('div', { class: 'empty', hidden: true }, emptyTitle, emptyText, clear);
  root.append(
    el('div', { class: 'head' }, el('h2', {}, 'Devices'), count, held,
      el('div', { class: 'tools' }, scanned, search, heads.pick, scan)),
    table,
    limitless,
    empty,
  );

  const watcher =
    typeof IntersectionObserver === 'undefined'
      ? null
      : new IntersectionObserver(sightChanged, { rootMargin: '100px' });

  function sightChanged(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) groupsInSight.add(target);
      else groupsInSight.delete(target);
      if (isIntersecting && shown) writeGroup(shown, groups.indexOf(target));
    }
  }

  /** @param {Page.State} state @param {number} index of the group, from 0 */
  function writeGroup(state, index) {
    const { changes, usage, update, frames } = state;
    const inSight = groupsInSight.has(groups[index]);
    for (const at of indices.slice(index * GROUP_ROWS, (index + 1) * GROUP_ROWS)) {
      const device = asAnswered(/** @type {Wire.Update} */ (update).devices[at], changes);
      const row = rowFor(device.key);
      row.update(device, serverTime(state, shownAt), changes[changeId('limit', device.key)], usage);
      if (inSight) row.trace(frames, pushInterval(update));
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

  /** @param {readonly string[]} wanted the keys of the rows in order */
  function place(wanted) {
    const needed = Math.ceil(wanted.length / GROUP_ROWS);
    for (let i = 0; i < needed; i += 1) {
      const [from, to] = [i * GROUP_ROWS, (i + 1) * GROUP_ROWS];
      const keys = wanted.slice(from, to);
      if (keys.length === order.slice(from, to).length && keys.every((key, at) => key === order[from + at])) continue;
      const group = groupAt(i);
      group.style.setProperty('--rows', String(keys.length));
      arrange(group, keys.map((key) => rowFor(key).tr));
    }
    for (const group of groups.splice(needed)) {
      watcher?.unobserve(group);
      groupsInSight.delete(group);
      group.remove();
    }
  }

  function rowFor(key) {
    const known = rows.get(key);
    if (known !== undefined) return known;
    const row = deviceRow(key, rows.size);
    rows.set(key, row);
    grown = true;
    return row;
  }

  /** @param {readonly {key: string}[]} devices all of them, shown or not */
  function forget(devices) {
    if (rows.size <= devices.length) return; // One that left is forgotten when the next has come.
    const known = new Set(devices.map((device) => device.key));
    for (const key of rows.keys()) if (!known.has(key)) rows.delete(key);
  }

  const rowOf = (target) => target?.closest?.('tr[data-key]') ?? null;
  const isHeld = () => pointed || rowOf(document.activeElement) !== null;

  /** The keys of the devices that are to be seen, in their order; while that need not be looked at, the same list. @param {Page.State} state */
  function wanted({ update, described, view, frames, usage, changes }) {
    const { sort, status, search: text } = view;
    const chosen = JSON.stringify(view);
    const isChosen = chosen !== choice;
    const isOther = isChosen || [described, changes].some((one, i) => one !== madeFrom[i]);
    const hold = !isChosen && isHeld();
    const young = (update?.ts ?? 0) - orderedAt < (CALM_PUSHES - 0.5) * pushInterval(update);
    const calm = !isChosen && !hold && !wasHeld && (LIVE.has(sort.column) ? young : STEADY.has(sort.column) && !isOther);
    choice = chosen;
    madeFrom = [described, changes];
    wasHeld = hold;
    setAttribute(held, 'hidden', !hold);
    if ((hold || calm) && !isOther) return order;
    const told = update?.devices ?? [];
    const all = Object.keys(changes).length === 0 ? told : told.map((device) => asAnswered(device, changes));
    if (isOther) {
      const isWanted = (device) => (status === null || presenceOf(device) === status) && matches(device, text);
      found = status === null && text === '' ? null : new Set(all.filter(isWanted).map((device) => device.key));
    }
    const devices = found === null ? all : all.filter((device) => found?.has(device.key));
    if (hold || calm) return heldOrder(order, devices.map((device) => device.key));
    orderedAt = update?.ts ?? 0;
    return sorted(devices, sort, frames, usage).map((device) => device.key);
  }

  /** @param {Page.State} state @param {number} shownCount @param {number} at */
  function showEmpty(state, shownCount, at) {
    const { update } = state;
    const total = update?.devices.length ?? 0;
    setAttribute(empty, 'hidden', shownCount > 0);
    setAttribute(table, 'hidden', shownCount === 0);
    setAttribute(clear, 'hidden', total === 0);
    if (shownCount > 0) return;
    if (update === null) return tellEmpty('Connecting …', 'The list follows.');
    if (total > 0) return tellEmpty('No device matches', 'Another search may find it.');
    import('./emptiness.js').then(
      ({ emptiness }) => tellEmpty(...emptiness({ update, startedAt: state.startedAt }, at)),
      () => {}, // The server is away: the page says so.
    );
  }

  /** @param {string} title @param {string} text */
  function tellEmpty(title, text) {
    write(emptyTitle, title);
    write(emptyText, text);
  }

  /** @param {Page.State} state */
  function showLimits({ update }) {
    const why = unlimitable(update);
    setAttribute(table, 'data-limits', update !== null && why === null);
    setAttribute(limitless, 'hidden', why === null || update?.devices.length === 0);
    write(limitless, why ?? '');
  }

  /** One row can be reached by Tab, the others by the arrow keys from there. @param {string} key */
  function moveTabStop(key) {
    rows.get(tabStop)?.reachable(false);
    rows.get(key)?.reachable(true);
    tabStop = key;
  }

  function deviceOf(key) {
    const device = shown?.update?.devices.find((one) => one.key === key);
    return device && asAnswered(device, /** @type {Page.State} */ (shown).changes);
  }

  /** @param {any} row */
  async function rename(row) {
    const { renameRow } = await import('./alias.js');
    await renameRow(row, () => deviceOf(row.dataset.key), actions.rename);
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
    if (event.key === 'Escape') document.activeElement?.blur();
    if (event.target === row && event.key === 'Enter') actions.open(deviceAddress(row.dataset.key));
    if (event.target === row && event.key === 'F2') void rename(row);
    const at = order.indexOf(row.dataset.key);
    const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: order.length - 1 };
    const key = order[goals[event.key]];
    if (key === undefined) return;
    event.preventDefault();
    moveTabStop(key);
    rows.get(key)?.tr.focus();
  });
  table.addEventListener('click', (event) => {
    const row = rowOf(event.target);
    if (row === null) return;
    const what = event.target.closest('[data-do]')?.dataset.do;
    moveTabStop(row.dataset.key);
    if (what === 'rename') void rename(row);
    else if (what === 'limit') actions.limit(row.dataset.key, event.target.closest('[data-do]'));
    else if (!event.target.closest('a, .editing, .said') && getSelection()?.isCollapsed !== false) {
      actions.open(deviceAddress(row.dataset.key));
    }
  });

  return {
    /** @param {Page.State} state @param {number} at */
    render(state, at) {
      shown = state;
      shownAt = at;
      const all = state.update?.devices ?? [];
      const next = wanted(state);
      forget(all);
      if (next !== order) {
        if (next.length !== order.length || next.some((key, i) => key !== order[i])) place(next);
        const known = indexIn(state.frames.at(-1)?.keys ?? []);
        indices = next.map((key) => /** @type {number} */ (known.get(key)));
        order = next;
      }
      // What comes into sight is written at once; until then a group at a time, in turns.
      turn = (turn + 1) % Math.max(1, groups.length);
      groups.forEach((group, index) => {
        if (grown || groupsInSight.has(group) || index === turn) writeGroup(state, index);
      });
      grown = false;
      if (!order.includes(tabStop) && order.length > 0) moveTabStop(order[0]);
      heads.show(state.view.sort);
      showLimits(state);
      showEmpty(state, order.length, at);
      const total = all.length;
      write(count, state.update === null ? '' : order.length === total ? `${total}` : `${order.length} of ${total}`);
      if (search.value !== state.view.search) search.value = state.view.search;
    },
    showScan(text, busy) {
      write(scanned, text);
      setAttribute(scan, 'disabled', busy);
    },
    focusSearch: () => search.focus(),
    /** Marks the row of the device that is shown beside the list. @param {string | null} key */
    mark(key) {
      for (const { tr } of [...marked, rows.get(key ?? '')].filter(Boolean)) setAttribute(tr, 'data-shown', tr.dataset.key === key);
      marked = [rows.get(key ?? '')].filter(Boolean);
    },
    /** Gives the focus back to the row of a device. @param {string} key */
    focus(key) {
      if (!order.includes(key)) return;
      moveTabStop(key);
      rows.get(key)?.tr.focus();
    },
  };
}
