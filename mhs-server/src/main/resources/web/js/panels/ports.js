// The sockets of every box, drawn from data.
import { el, fill, setAttribute, write } from '../dom.js';
import { isMeasured, megabits, UNKNOWN, weightOf } from '../format.js';
import { portWord } from '../order.js';

const ROLES = { router: 'Router', switch: 'Switch', host: 'This machine' };
/** What has a socket that one can touch; bridges, VLANs and tunnels stand in the list only. */
const SOCKETS = { ether: 'copper', sfp: 'cage', wifi: 'air', wlan: 'air' };
/** From so many copper sockets on they stand in two rows, as on the box. */
const TWO_ROWS_FROM = 9;

/** @param {Wire.Port} port */
export const socketOf = (port) =>
  SOCKETS[port.type] ?? (port.type.startsWith('sfp') ? 'cage' : port.type.startsWith('wi') ? 'air' : null);

/**
 * The capacity of a link: a name rather than a measurement, hence in the unit that the trade uses.
 * @param {number | null | undefined} bps
 * @param {boolean} [short] `2.5G`, to stand in a socket, rather than `2.5 Gbit/s`
 */
export function linkSpeed(bps, short = false) {
  if (!isMeasured(bps) || bps === 0) return short ? '' : UNKNOWN;
  const [scale, unit] = bps >= 1e9 ? [1e9, 'G'] : [1e6, 'M'];
  const number = Number((bps / scale).toPrecision(3));
  return short ? `${number}${unit}` : `${number} ${unit}bit/s`;
}

/** @param {Wire.Port} port @returns {'up' | 'down' | 'unknown'} */
export const linkOf = (port) => (port.running === true ? 'up' : port.running === false ? 'down' : 'unknown');

/** What stands in the socket: a word, for colour alone says nothing. @param {Wire.Port} port */
export function socketText(port) {
  const link = linkOf(port);
  if (link === 'down') return '·';
  return linkSpeed(port.link_bps, true) || (link === 'up' ? 'up' : '?');
}

/**
 * What stands under the socket: its number on a box full of like ones, else its name.
 * @param {Wire.Port} port @param {boolean} many
 */
export function socketName(port, many) {
  const number = /^(ether|port|lan|eth|ge|swp)[-_/]?(\d+)$/i.exec(port.name);
  return many && number ? number[2] : port.name.replace(/^sfp-?sfpplus/i, 'sfp+');
}

function linkWords(port) {
  const link = linkOf(port);
  if (link === 'down') return 'no link';
  const speed = linkSpeed(port.link_bps);
  if (link === 'unknown') return speed === UNKNOWN ? 'unknown' : `${speed}?`;
  return speed === UNKNOWN ? 'link' : speed;
}

/** Its name with what else tells it apart. @param {Wire.Port} port */
export function portTitle(port) {
  const made = port.default_name && port.default_name !== port.name ? ` = ${port.default_name}` : '';
  return `${port.name}${made}${port.comment ? ` (${port.comment})` : ''}: ${linkWords(port)}`;
}

/** What went wrong on the port since its counters began; null where nothing did. @param {Wire.Port} port */
export function errorWords(port) {
  const errors = (port.rx_errors ?? 0) + (port.tx_errors ?? 0);
  if (errors === 0) return null;
  return `${port.rx_errors ?? UNKNOWN} receive errors, ${port.tx_errors ?? UNKNOWN} transmit errors`;
}

/** How a link compares with what is usual today. @param {Wire.Port} port @returns {'slow' | 'usual' | 'fast' | null} */
export function speedOf(port) {
  if (linkOf(port) !== 'up' || !port.link_bps) return null;
  return port.link_bps < 1e9 ? 'slow' : port.link_bps > 1e9 ? 'fast' : 'usual';
}

/** @param {number} count */
const devicesWord = (count) => (count === 1 ? '1 device' : `${count} devices`);

function socketNode(port, many, follow) {
  const text = el('span', { class: 'plug' });
  const node = el('div', { class: `socket ${socketOf(port)}`, on: { click: follow } },
    text, el('span', { class: 'socket-name' }, socketName(port, many)), port.wan ? el('span', { class: 'wan-mark' }, 'WAN') : null);
  return {
    node,
    /** @param {Wire.Port} now @param {number} behind how many devices hang there */
    update(now, behind) {
      write(text, socketText(now));
      setAttribute(node, 'data-link', linkOf(now));
      setAttribute(node, 'data-speed', speedOf(now));
      setAttribute(node, 'data-behind', behind > 0);
      setAttribute(node, 'data-errors', errorWords(now) !== null);
      setAttribute(node, 'data-busy', (now.rx_bps ?? 0) + (now.tx_bps ?? 0) >= 100_000);
      setAttribute(node, 'title', `${portTitle(now)}${behind > 0 ? `, ${devicesWord(behind)}` : ''}`);
    },
  };
}

function listRow(port, follow) {
  const comment = el('span', { class: 'dim clip' });
  const errors = el('span', { class: 'chip warn', hidden: true });
  const behind = el('button', { type: 'button', class: 'quiet', hidden: true, on: { click: follow } });
  const link = el('td', { role: 'cell', class: 'link dim' });
  const rx = el('span', { class: 'rate figures' });
  const tx = el('span', { class: 'rate figures' });
  const node = el('tr', { role: 'row' },
    el('th', { role: 'rowheader', scope: 'row' }, el('span', { class: 'clip' }, port.name),
      port.wan ? el('span', { class: 'chip wan' }, 'WAN') : null, errors, comment),
    el('td', { role: 'cell', class: 'behind' }, behind),
    link,
    el('td', { role: 'cell', class: 'rx', title: 'What the port receives, Mbit/s' }, rx),
    el('td', { role: 'cell', class: 'tx', title: 'What the port sends, Mbit/s: the download of what hangs on it' }, tx),
  );
  return {
    node,
    /** @param {Wire.Port} now @param {number} count @param {boolean} followed whether the list shows these devices now */
    update(now, count, followed) {
      write(comment, now.comment ?? '');
      setAttribute(comment, 'title', now.comment || null);
      write(link, linkWords(now));
      const wrong = errorWords(now);
      setAttribute(errors, 'hidden', wrong === null);
      setAttribute(errors, 'title', wrong);
      if (wrong !== null) write(errors, `${(now.rx_errors ?? 0) + (now.tx_errors ?? 0)} errors`);
      setAttribute(behind, 'hidden', count === 0);
      setAttribute(behind, 'aria-pressed', String(followed));
      setAttribute(behind, 'aria-label', `Show the ${devicesWord(count)} at ${now.name}`);
      write(behind, devicesWord(count));
      setAttribute(node, 'hidden', linkOf(now) === 'down');
      for (const [cell, bps] of /** @type {const} */ ([[rx, now.rx_bps], [tx, now.tx_bps]])) {
        write(cell, megabits(bps));
        setAttribute(cell, 'data-weight', weightOf(bps));
      }
    },
  };
}

function boxCard(box, follow) {
  const sockets = box.ports.filter((port) => socketOf(port) !== null);
  const copper = sockets.filter((port) => socketOf(port) === 'copper').length;
  const many = copper >= TWO_ROWS_FROM;
  const plugs = new Map(sockets.map((port) => [port.name, socketNode(port, many, () => follow(portWord(port.name, box.source)))]));
  const lines = new Map(box.ports.map((port) => [port.name, listRow(port, () => follow(portWord(port.name, box.source)))]));
  const idle = el('p', { class: 'dim unplugged' });
  const group = (kind) => {
    const ports = sockets.filter((port) => socketOf(port) === kind);
    return ports.length === 0
      ? null
      : el('div', { class: `group ${many && kind === 'copper' ? 'double' : ''}` },
          ...ports.map((port) => plugs.get(port.name)?.node));
  };
  const list = el('table', { role: 'table', class: 'port-list', 'aria-label': `Ports of ${box.name}` },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...['Port', 'Devices', 'Link', 'rx', 'tx'].map((head) =>
      el('th', { role: 'columnheader', scope: 'col' }, head)))),
    el('tbody', { role: 'rowgroup' }, ...[...lines.values()].map((line) => line.node)),
  );
  const role = [ROLES[box.role] ?? box.role, box.model].filter(Boolean).join(' · ');
  const node = el('article', { class: many ? 'box wide' : 'box', 'aria-label': `Ports of ${box.name}` },
    el('h3', {}, el('span', { class: 'clip', title: box.name }, box.name), el('span', { class: 'note clip' }, role)),
    sockets.length === 0 ? null : el('div', { class: 'faceplate', 'aria-hidden': 'true' }, group('copper'), group('cage'), group('air')),
    list, idle);
  return {
    node,
    /** @param {Wire.Box} now @param {Map<string, number>} behind devices by port @param {string} search */
    update(now, behind, search) {
      for (const port of now.ports) {
        const word = portWord(port.name, now.source);
        const count = behind.get(word) ?? 0;
        plugs.get(port.name)?.update(port, count);
        lines.get(port.name)?.update(port, count, search === word);
      }
      const down = now.ports.filter((port) => linkOf(port) === 'down').map((port) => port.name);
      setAttribute(list, 'hidden', down.length === now.ports.length);
      setAttribute(idle, 'hidden', down.length === 0);
      write(idle, `No link: ${down.join(', ')}`);
    },
  };
}

/** What a box is drawn from; when this changes it is drawn anew. @param {Wire.Box} box */
const shapeOf = (box) =>
  JSON.stringify([box.name, box.model, box.role, box.ports.map((port) => [port.name, port.type, port.wan])]);

/** How many devices hang at each port. @param {readonly Wire.Device[]} devices @returns {Map<string, number>} */
function countBehind(devices) {
  const behind = new Map();
  for (const { port, port_source: source } of devices) {
    if (port === null) continue;
    const word = portWord(port, source ?? '');
    behind.set(word, (behind.get(word) ?? 0) + 1);
  }
  return behind;
}

/**
 * @param {Element} root
 * @param {{follow: (search: string) => void}} actions follow shows what a search finds
 */
export function mountPorts(root, actions) {
  const grid = el('div', { class: 'boxes' });
  const empty = el('p', { class: 'empty' });
  root.append(el('div', { class: 'head' }, el('h2', {}, 'Ports'), el('span', { class: 'note' }, 'rx: what the port receives, tx: what it sends, in Mbit/s')), grid, empty);
  /** @type {Map<string, {shape: string, card: ReturnType<typeof boxCard>}>} */
  let cards = new Map();
  let search = '';
  let behind = new Map();
  // A second click shows all devices again.
  const follow = (word) => {
    if (behind.has(word)) actions.follow(word === search ? '' : word);
  };

  return {
    /** @param {Page.State} state */
    render({ update, view }) {
      const boxes = update?.ports?.boxes ?? [];
      const next = new Map(
        boxes.map((box) => {
          const shape = shapeOf(box);
          const old = cards.get(box.id);
          return [box.id, old?.shape === shape ? old : { shape, card: boxCard(box, follow) }];
        }),
      );
      const same = next.size === cards.size && [...next].every(([id, { card }]) => cards.get(id)?.card === card);
      if (!same) fill(grid, ...[...next.values()].map(({ card }) => card.node));
      cards = next;
      search = view.search;
      behind = countBehind(update?.devices ?? []);
      for (const box of boxes) cards.get(box.id)?.card.update(box, behind, search);
      setAttribute(empty, 'hidden', boxes.length > 0);
      write(empty, update === null ? 'Connecting …' : 'No box tells about its ports yet.');
    },
  };
}
