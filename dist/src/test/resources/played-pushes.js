// Stands in for the server's WebSocket before the page loads: `play(n)` pushes as fast as the page draws.
(() => {
  const DEVICES = 40;
  const INTERVAL = 2;
  let socket = null;
  let seq = 0;
  let ts = 1_790_000_000;
  let newest = 0;
  let seed = 42;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const keys = [];

  window.WebSocket = class {
    constructor() {
      socket = this;
    }
    send() {}
    close() {}
  };
  window.played = 0;

  const keyOf = (i) => `02:00:5e:${[i >> 16, (i >> 8) & 255, i & 255].map((part) => part.toString(16).padStart(2, '0')).join(':')}`;
  const device = (i) => ({
    key: keyOf(i), ip: `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`, ips: [], mac: keyOf(i), hostname: `device-${i}`, alias: null,
    vendor: 'Example', randomized_mac: i % 7 === 0, interface: 'bridge', port: `ether${i % 8}`, port_source: 'router', ssid: null, status: 'online',
    scan_method: null, lease_status: null, comment: null, upload_bps: 0, download_bps: 0, rate_source: null, first_seen: ts, last_seen: ts,
    limit_mbps: null, limit: null,
  });
  const come = () => {
    const one = device((newest += 1));
    keys.push(one.key);
    return one;
  };

  const update = () => ({
    type: 'update', seq, ts, version: 'played', push_interval_seconds: INTERVAL, source: 'router', last_scan: ts, total_download_bps: 1e8,
    total_upload_bps: 1e7, own_download_bps: 0, own_upload_bps: 0, attributed_ratio: 0.9, devices: Array.from({ length: DEVICES }, come),
    ports: { router: [], switch: [], boxes: [] }, limits: {}, aliases: {}, seen_times: {}, transient_devices: [], sources: [],
    choices: Object.fromEntries(['devices', 'bandwidth', 'ports', 'limits'].map((name) => [name, { source: 'router', reason: 'played' }])),
  });

  /** All move, and one device leaves for another one. */
  const delta = () => {
    const devices = {};
    const [left] = keys.splice(Math.floor(random() * keys.length), 1);
    for (const key of keys) devices[key] = { download_bps: Math.round(random() * 1e7), upload_bps: Math.round(random() * 1e6), last_seen: ts };
    const one = come();
    devices[one.key] = one;
    return { type: 'delta', seq, ts, total_download_bps: random() * 1e8, total_upload_bps: random() * 1e7, devices, removed: [left] };
  };

  const frame = () => new Promise((done) => requestAnimationFrame(done));

  window.play = async (pushes) => {
    if (socket === null) return; // the page has not begun yet
    for (let i = 0; i < pushes; i += 1) {
      seq += 1;
      ts += INTERVAL;
      socket.onmessage({ data: JSON.stringify(seq === 1 ? update() : delta()) });
      await frame();
    }
    window.played += pushes;
  };
})();
