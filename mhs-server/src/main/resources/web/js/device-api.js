// What only the drawer asks the server for, about one device. Loaded with it.
import { named } from './api.js';

/** @param {{read: (path: string) => Promise<any>, write: (method: string, path: string) => Promise<any>}} server */
export const deviceApi = ({ read, write }) => ({
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
