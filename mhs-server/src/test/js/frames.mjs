/** A push, from rates as [down, up] by key. */
export const frame = (ts, rates, download = null, upload = null) => ({
  ts, download, upload, keys: Object.keys(rates),
  rates: [0, 1].map((direction) => Object.values(rates).map((pair) => pair[direction])),
});
