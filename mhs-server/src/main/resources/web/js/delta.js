// What changed since the last push, put together with what was. Pure, and exact: the result is the whole update that the
// server would have sent instead (docs/rest-api.md, "Only what changed"), but for seen_times, which each device tells anyway.

/**
 * The list with the changes of each item in its place; what is new comes last.
 * @template {object} T
 * @param {readonly T[]} items @param {keyof T} key what identifies an item
 * @param {Record<string, Partial<T>> | undefined} changes by key
 * @param {(item: T, change: Partial<T>) => T} change
 * @returns {T[]}
 */
function changed(items, key, changes, change = (item, some) => ({ ...item, ...some })) {
  if (changes === undefined) return [...items];
  let met = 0;
  const next = items.map((item) => {
    const name = String(item[key]);
    if (!Object.hasOwn(changes, name)) return item; // A name from the network may be "__proto__".
    met += 1;
    return change(item, changes[name]);
  });
  const names = Object.keys(changes);
  if (met === names.length) return next;
  const fresh = names.filter((name) => !items.some((item) => String(item[key]) === name));
  return [...next, .../** @type {T[]} */ (fresh.map((name) => changes[name]))];
}

/** @param {readonly Wire.Device[]} devices @param {Wire.Delta} delta */
function devicesAfter(devices, { devices: changes, removed = [], order }) {
  const kept = removed.length === 0 ? devices : devices.filter((device) => !removed.includes(device.key));
  const next = changed(kept, 'key', changes);
  if (order === undefined) return next;
  const byKey = new Map(next.map((device) => [device.key, device]));
  return order.map((key) => /** @type {Wire.Device} */ (byKey.get(key)));
}

/** @param {Wire.Ports} ports @param {Record<string, any>} changes by box @returns {Wire.Ports} */
function portsAfter({ boxes: old }, changes) {
  const boxes = changed(old, 'id', changes, (box, some) => ({
    ...box,
    ...some,
    ports: changed(box.ports, 'name', /** @type {any} */ (some.ports)),
  }));
  const of = (role) => boxes.filter((box) => box.role === role).flatMap((box) => box.ports);
  const front = boxes.some((box) => box.role === 'router') ? 'router' : 'host';
  return { router: of(front), switch: of('switch'), boxes };
}

/** Entries by name; null stands for one that is gone. @param {object} old @param {object} changes */
function entriesAfter(old, changes) {
  const entries = new Map(Object.entries({ ...old, ...changes }));
  return Object.fromEntries([...entries].filter(([, value]) => value !== null));
}

/** What may change with every push and does not tell who somebody is. */
const FIGURES = new Set(['download_bps', 'upload_bps', 'rate_source', 'last_seen', 'limit', 'limit_mbps']);

/** Whether the devices are the same ones and nothing but their figures changed. @param {Wire.Delta} delta */
export function isOfFigures({ devices = {}, removed, order }) {
  if (removed || order) return false;
  for (const key in devices) for (const name in devices[key]) if (!FIGURES.has(name)) return false;
  return true;
}

/** @param {any} value */
export const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * @param {Wire.Update} update the one before
 * @param {Wire.Delta} delta
 * @returns {Wire.Update}
 */
export function applyDelta(update, delta) {
  const { type, devices: _, removed, order, boxes, ports, ...rest } = delta;
  const next = /** @type {any} */ ({ ...update });
  delete next.seen_times;
  for (const [name, value] of Object.entries(rest)) {
    next[name] = isObject(value) ? entriesAfter(next[name], value) : value;
  }
  next.devices = devicesAfter(update.devices, delta);
  if (ports !== undefined) next.ports = ports;
  else if (boxes !== undefined) next.ports = portsAfter(update.ports, boxes);
  return next;
}
