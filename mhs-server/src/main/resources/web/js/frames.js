// What each device moved, push by push. Pure.

/**
 * Remembers what was made of an object for as long as that lives: a push is drawn 60 times, and looked through once.
 * @template {object} K @template V @param {(key: K) => V} make @returns {(key: K) => V}
 */
export function remembered(make) {
  /** @type {WeakMap<K, V>} */ const known = new WeakMap();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/** The index of each key in a list of them. */
export const indexIn = remembered((/** @type {readonly string[]} */ keys) => new Map(keys.map((key, i) => [key, i])));

/**
 * What one push says. As long as the same devices stand in the same order all pushes share one list of their keys.
 * @param {Wire.Update} update @param {Page.Frame | undefined} before @returns {Page.Frame}
 */
export function frameOf({ ts, total_download_bps: download, total_upload_bps: upload, devices }, before) {
  const isSame = before?.keys.length === devices.length && devices.every(({ key }, i) => key === before.keys[i]);
  return {
    ts, download, upload,
    keys: isSame ? before.keys : devices.map(({ key }) => key),
    rates: [devices.map((device) => device.download_bps), devices.map((device) => device.upload_bps)],
  };
}

/**
 * What a device moved in one push, null where that was not measured.
 * @param {Page.Frame} frame @param {string} key @param {0 | 1} direction 0 down, 1 up
 */
export function rateIn({ keys, rates }, key, direction) {
  const index = indexIn(keys).get(key);
  return index === undefined ? null : (rates[direction][index] ?? null);
}
