// The sockets of every box, drawn from data.
import { el, fill, setAttribute, write } from '../dom.js';
import { linkSpeed, megabits, UNKNOWN, weightOf } from '../format.js';


const ROLES = { router: 'Router', switch: 'Switch', host: 'This machine' };
/** What has a socket that one can touch; bridges, VLANs and tunnels stand in the list only. */
const SOCKETS = { ether: 'copper', sfp: 'cage', wifi: 'air', wlan: 'air' };
/** From so many copper sockets on they stand in two rows, as on the box. */
const TWO_ROWS_FROM = 9;

/** @param {Wire.Port} port */
export const socketOf = (port) =>
  SOCKETS[port.type] ?? (port.type.startsWith('sfp') ? 'cage' : port.type.startsWith('wi') ? 'air' : null);

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

function socketNode(port, many) {
  const text = el('span', { class: 'plug' });
  const node = el(
    'div',
    { class: `socket ${socketOf(port)}` },
    text,
    el('span', { class: 'socket-name' }, socketName(port, many)),
    port.wan ? el('span', { class: 'wan-mark' }, 'WAN') : null,
  );
  return {
    node,
    /** @param {Wire.Port} now */
    update(now) {
      write(text, socketText(now));
      setAttribute(node, 'data-link', linkOf(now));
      setAttribute(node, 'data-busy', (now.rx_bps ?? 0) + (now.tx_bps ?? 0) >= 100_000);
      setAttribute(node, 'title', portTitle(now));
    },
  };
}

function listRow(port) {
  const comment = el('span', { class: 'dim clip' });
  const link = el('td', { role: 'cell', class: 'dim' });
  const rx = el('span', { class: 'rate figures' });
  const tx = el('span', { class: 'rate figures' });
  const node = el(
    'tr',
    { role: 'row' },
    el('th', { role: 'rowheader', scope: 'row' }, el('span', { class: 'clip' }, port.name),
      port.wan ? el('span', { class: 'chip wan' }, 'WAN') : null, comment),
    link,
    el('td', { role: 'cell', class: 'rx', title: 'What the port receives, Mbit/s' }, rx),
    el('td', { role: 'cell', class: 'tx', title: 'What the port sends, Mbit/s: the download of what hangs on it' }, tx),
  );
  return {
    node,
    /** @param {Wire.Port} now */
    update(now) {
      write(comment, now.comment ?? '');
      setAttribute(comment, 'title', now.comment || null);
      write(link, linkWords(now));
      setAttribute(link, 'title', errorWords(now));
      setAttribute(node, 'hidden', linkOf(now) === 'down');
      for (const [cell, bps] of /** @type {const} */ ([[rx, now.rx_bps], [tx, now.tx_bps]])) {
        write(cell, megabits(bps));
        setAttribute(cell, 'data-weight', weightOf(bps));
      }
    },
  };
}

function boxCard(box) {
  const sockets = box.ports.filter((port) => socketOf(port) !== null);
  const copper = sockets.filter((port) => socketOf(port) === 'copper').length;
  const many = copper >= TWO_ROWS_FROM;
  const plugs = new Map(sockets.map((port) => [port.name, socketNode(port, many)]));
  const lines = new Map(box.ports.map((port) => [port.name, listRow(port)]));
  const idle = el('p', { class: 'dim unplugged' });
  const group = (kind) => {
    const ports = sockets.filter((port) => socketOf(port) === kind);
    return ports.length === 0
      ? null
      : el('div', { class: `group ${many && kind === 'copper' ? 'double' : ''}` },
          ...ports.map((port) => plugs.get(port.name)?.node));
  };
  const list = el(
    'table',
    { role: 'table', class: 'port-list' },
    el('tbody', { role: 'rowgroup' }, ...[...lines.values()].map((line) => line.node)),
  );
  const role = [ROLES[box.role] ?? box.role, box.model].filter(Boolean).join(' · ');
  const node = el(
    'article',
    { class: many ? 'box wide' : 'box', 'aria-label': `Ports of ${box.name}` },
    el('h3', {}, el('span', { class: 'clip', title: box.name }, box.name), el('span', { class: 'note clip' }, role)),
    sockets.length === 0
      ? null
      : el('div', { class: 'faceplate', 'aria-hidden': 'true' }, group('copper'), group('cage'), group('air')),
    list,
    idle,
  );
  return {
    node,
    /** @param {Wire.Box} now */
    update(now) {
      for (const port of now.ports) {
        plugs.get(port.name)?.update(port);
        lines.get(port.name)?.update(port);
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

/** @param {Element} root */
export function mountPorts(root) {
  const grid = el('div', { class: 'boxes' });
  const empty = el('p', { class: 'empty' });
  root.append(el('div', { class: 'head' }, el('h2', {}, 'Ports'), el('span', { class: 'note' }, 'rx and tx in Mbit/s, as the port sees them')), grid, empty);
  /** @type {Map<string, {shape: string, card: ReturnType<typeof boxCard>}>} */
  let cards = new Map();

  return {
    /** @param {Page.State} state */
    render({ update }) {
      const boxes = update?.ports?.boxes ?? [];
      const next = new Map(
        boxes.map((box) => {
          const shape = shapeOf(box);
          const old = cards.get(box.id);
          return [box.id, old?.shape === shape ? old : { shape, card: boxCard(box) }];
        }),
      );
      const same = next.size === cards.size && [...next].every(([id, { card }]) => cards.get(id)?.card === card);
      if (!same) fill(grid, ...[...next.values()].map(({ card }) => card.node));
      cards = next;
      for (const box of boxes) cards.get(box.id)?.card.update(box);
      setAttribute(empty, 'hidden', boxes.length > 0);
      write(empty, update === null ? 'Connecting …' : 'No box tells about its ports yet.');
    },
  };
}
