// What stands above the columns of the device table, and sorts by them.
import { el, setAttribute, write } from '../dom.js';
import { LARGEST_FIRST } from '../order.js';

/** The cells of a row, and by what each can be sorted. @type {[string, [string, string][]][]} */
const HEADS = [
  ['status', [['status', 'State']]],
  ['name', [['name', 'Name'], ['vendor', 'Vendor']]],
  ['address', [['ip', 'IP'], ['mac', 'MAC']]],
  ['where', [['where', 'Where']]],
  ['download', [['download', '↓ Down']]],
  ['trace', []],
  ['upload', [['upload', '↑ Up']]],
  ['moved', [['today', 'Today'], ['month', 'Month']]],
  ['seen', [['last_seen', 'Seen'], ['first_seen', 'First']]],
  ['limit', [['limit', 'Limit']]],
];

/** @param {(sort: Page.Sort) => void} choose */
export function mountHeads(choose) {
  /** @type {Page.Sort | null} */
  let current = null;
  const sortBy = (column) => {
    const again = current?.column === column;
    choose({ column, descending: again ? !current?.descending : LARGEST_FIRST.has(column) });
  };
  const parts = [];
  const headCell = ([name, sorts]) => {
    const th = el('th', { role: 'columnheader', scope: 'col', class: name });
    for (const [column, label] of sorts) {
      const sign = el('span', { class: 'sign', 'aria-hidden': 'true' }, '');
      const button = el('button', { type: 'button', 'data-sort': column, on: { click: () => sortBy(column) } }, label, sign);
      parts.push({ column, sign, button, th });
      th.append(button);
    }
    if (name === 'trace') th.append('Mbit/s, 2 min');
    return th;
  };
  const options = HEADS.flatMap(([, sorts]) => sorts).map(([value, label]) => el('option', { value }, label));
  const pick = el('select', { 'aria-label': 'Sort by', on: { change: () => sortBy(pick.value) } }, ...options);
  const head = el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...HEADS.map(headCell)));

  return {
    head,
    /** The same choice where there is no room for columns. */
    pick,
    /** @param {Page.Sort} sort */
    show(sort) {
      if (current === sort) return;
      current = sort;
      const { column, descending } = sort;
      const way = descending ? 'descending' : 'ascending';
      for (const part of parts) {
        const active = part.column === column;
        if (active || !parts.some((other) => other.th === part.th && other.column === column)) {
          setAttribute(part.th, 'aria-sort', active ? way : 'none');
        }
        setAttribute(part.button, 'data-active', active);
        write(part.sign, active ? (descending ? '▼' : '▲') : '');
      }
      if (pick.value !== column) pick.value = column;
    },
  };
}
