// How many devices are there; each count is a filter of the table.
import { el, setAttribute, write } from '../dom.js';
import { countByPresence } from '../order.js';

const TILES = [
  ['online', 'Online', 'Proven to be there lately'],
  ['idle', 'Idle', 'Known and perhaps asleep'],
  ['offline', 'Offline', 'Gone, while somebody looked'],
  ['unknown', 'Unknown', 'Nobody could look'],
];

/**
 * @param {Element} root
 * @param {{filter: (status: string | null) => void}} actions
 */
export function mountTiles(root, actions) {
  /** @type {string | null} */ let active = null;
  /** Who was counted last. @type {readonly Wire.Device[] | null} */ let counted = null;
  const tiles = TILES.map(([status, label, title]) => {
    const number = el('span', { class: 'number' }, '–');
    const click = () => actions.filter(active === status ? null : status);
    const button = el('button', { type: 'button', class: 'tile figures', title, 'data-test': `tile-${status}`, on: { click } },
      number, el('span', { class: 'word' }, el('span', { class: `dot ${status}`, 'aria-hidden': 'true' }), label));
    return { status, number, button };
  });
  root.append(...tiles.map((tile) => tile.button));

  return {
    /** @param {Page.State} state */
    render({ update, described, view }) {
      if (update !== null && described === counted && view.status === active) return;
      active = view.status;
      counted = described;
      const counts = update === null ? null : countByPresence(described);
      for (const { status, number, button } of tiles) {
        write(number, counts === null ? '–' : String(counts[status]));
        setAttribute(button, 'aria-pressed', String(view.status === status));
        setAttribute(button, 'data-zero', counts !== null && counts[status] === 0);
      }
    },
  };
}
