// What only those parts of the page ask of the server that are loaded later. Loaded with them.

/** A router is read back before a limit counts as set, and may be slow. */
const LIMIT_DEADLINE_MS = 60_000;
/** A test waits for peers elsewhere. */
const TEST_DEADLINE_MS = 60_000;

/** A device in a path. @param {string} key */
const named = (key) => encodeURIComponent(key);

/** @param {{read: (path: string) => Promise<any>, write: (method: string, path: string, body?: object, deadline?: number) => Promise<any>}} server */
export const moreApi = ({ read, write }) => ({
  /**
   * What happened, the newest first. @param {{device?: string, cursor?: string, limit?: number, kind?: string}} which
   * @returns {Promise<{events: Wire.Event[], next: string | null, problem: string | null}>}
   */
  events: (which) => read(`api/events?${new URLSearchParams(Object.entries(which).map(([name, value]) => [name, String(value)]))}`),
  /** @returns {Promise<Wire.AlertTest>} */
  testAlerts: () => write('POST', 'api/alerts/test', undefined, TEST_DEADLINE_MS),
  /** The limits that are offered, in Mbit/s; 0 is unlimited. @returns {Promise<number[]>} */
  presets: () => read('api/presets'),
  /** Answers once the router was read back. @param {string} key @param {Page.Wanted} wanted */
  limit: (key, { download_mbps, upload_mbps }) =>
    write('POST', `api/limits/${named(key)}`, { download_mbps, upload_mbps }, LIMIT_DEADLINE_MS),
  /** Names a device; without a text its name is taken away. @param {string} key @param {string} alias */
  alias: (key, alias) =>
    alias === '' ? write('DELETE', `api/alias/${named(key)}`) : write('PUT', `api/alias/${named(key)}`, { alias }),
  /** All that is known of a device, with the evidence for its presence. @param {string} key @returns {Promise<any>} */
  device: (key) => read(`api/device/${named(key)}`),
  /** @param {string} key @param {number} minutes @returns {Promise<Wire.History>} */
  past: (key, minutes) => read(`api/history/${named(key)}?minutes=${minutes}`),
  /** When it was there. @param {string} key @param {number} hours @returns {Promise<{sessions: Wire.Session[]}>} */
  sessions: (key, hours) => read(`api/sessions/${named(key)}?hours=${hours}`),
  /** For which devices it is told when they go. @returns {Promise<{watched: string[]}>} */
  watches: () => read('api/watches'),
  /** @param {string} key @param {boolean} wanted */
  watch: (key, wanted) => write(wanted ? 'PUT' : 'DELETE', `api/watch/${named(key)}`),
  /** Where alerts go. @returns {Promise<{configured: boolean}>} */
  alerts: () => read('api/alerts'),
});
