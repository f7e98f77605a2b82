// The server's REST side. Every path is relative to the page, so that MHS works under a sub-path.

/** What went wrong, in words for people. */
export class ApiError extends Error {
  /** @param {string} detail @param {number | null} status null: no answer at all @param {number | null} retryAfter seconds */
  constructor(detail, status, retryAfter) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/**
 * @param {string} base the page's own address
 * @param {boolean} zipped whether this browser can unpack gzip
 */
export function socketAddress(base, zipped) {
  const url = new URL(zipped ? 'ws?mode=delta&compress=gzip' : 'ws?mode=delta', base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

const DEADLINE_MS = 10_000;
/** A test waits for peers elsewhere. */
const TEST_DEADLINE_MS = 60_000;

/** @param {Response} response */
async function problemOf(response) {
  const retry = Number(response.headers.get('Retry-After') ?? NaN);
  let detail = `The server answered ${response.status} ${response.statusText}`.trim();
  try {
    const body = await response.json();
    if (typeof body?.detail === 'string' && body.detail !== '') detail = body.detail;
  } catch {
    // No problem+json, perhaps a proxy's own page: the status must do.
  }
  return new ApiError(detail, response.status, Number.isFinite(retry) && retry >= 0 ? retry : null);
}

/**
 * @param {string} base the page's own address
 * @param {typeof fetch} ask
 * @param {() => void} signedOut is told when one needs to sign in
 */
export function serverApi(base, ask = fetch.bind(globalThis), signedOut = () => {}) {
  /** @param {string} path @param {RequestInit} options @param {number} deadline ms @returns {Promise<Response>} */
  async function request(path, options, deadline = DEADLINE_MS) {
    let response;
    try {
      const signal = AbortSignal.timeout(deadline);
      const headers = { ...options.headers, 'X-Requested-With': 'fetch' };
      response = await ask(new URL(path, base), { ...options, headers, signal, credentials: 'same-origin' });
    } catch {
      throw new ApiError('The server does not answer.', null, null);
    }
    if (response.status === 401) signedOut();
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  return {
    /** @returns {Promise<Wire.SourcesAnswer>} */
    async sources() {
      const answer = await (await request('api/sources', {})).json();
      if (!Array.isArray(answer?.sources)) throw new ApiError('The answer makes no sense.', 200, null);
      return answer;
    },
    /** How MHS itself fares. @returns {Promise<{health: Wire.Health, alerts: Wire.Alerts}>} */
    async health() {
      const answers = await Promise.all(['api/health', 'api/alerts'].map((path) => request(path, {})));
      const [health, alerts] = await Promise.all(answers.map((answer) => answer.json()));
      return { health, alerts };
    },
    /** @returns {Promise<Wire.AlertTest>} */
    async testAlerts() {
      return (await request('api/alerts/test', { method: 'POST' }, TEST_DEADLINE_MS)).json();
    },
    /** Tells whether one needs to sign in, and who did. */
    async session() {
      return (await request('api/session', {})).json();
    },
    async signOut() {
      await request('api/session', { method: 'DELETE' });
    },
    /**
     * Who moved what of the line.
     * @param {number} minutes how far back @param {number | null} until Unix seconds; null: now @param {number} top so many devices by name
     * @returns {Promise<Wire.Shares>}
     */
    async shares(minutes, until, top) {
      const answer = await (await request(`api/history/wan/shares?minutes=${minutes}&top=${top}${until === null ? '' : `&until=${until}`}`, {})).json();
      if (!Array.isArray(answer?.ts)) throw new ApiError('The answer makes no sense.', 200, null);
      return answer;
    },
    /** Asks for a new look around now. */
    async scan() {
      await request('api/scan', { method: 'POST' });
    },
  };
}
