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

export const UNANSWERED = 'The server does not answer.';
/** @param {unknown} problem */
export const wordsOf = (problem) => (problem instanceof Error ? problem.message : String(problem));

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

/** @param {{period: string, periods: {devices: any[]}[]}} answer @returns {Map<string, Page.Moved>} */
export function movedByKey({ periods }) {
  const devices = periods[0]?.devices ?? [];
  return new Map(devices.map((one) => [one.key, { down: one.download_bytes, up: one.upload_bytes }]));
}

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
      throw new ApiError(UNANSWERED, null, null);
    }
    if (response.status === 401) signedOut();
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  /** @param {string} path @returns {Promise<any>} */
  const read = async (path) => (await request(path, {})).json();
  /** @param {string} method @param {string} path @param {object} [body] @param {number} [deadline] @returns {Promise<any>} */
  const write = async (method, path, body, deadline) => {
    const said = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    return (await request(path, { method, ...said }, deadline)).json();
  };

  return {
    read,
    write,
    /** Who moved how much in the present day and month. */
    async usage() {
      const [today, month] = await Promise.all(['day', 'month'].map((period) => read(`api/usage?period=${period}&count=1`)));
      return { usage: { today: movedByKey(today), month: movedByKey(month) } };
    },
    /** @returns {Promise<{answer: Wire.SourcesAnswer}>} */
    async sources() {
      const answer = await read('api/sources');
      if (!Array.isArray(answer?.sources)) throw new ApiError('The answer makes no sense.', 200, null);
      return { answer };
    },
    /** How MHS itself fares. @returns {Promise<{health: Wire.Health, alerts: Wire.Alerts}>} */
    async health() {
      const [health, alerts] = await Promise.all([read('api/health'), read('api/alerts')]);
      return { health, alerts };
    },
    /** Tells whether one needs to sign in, and who did. */
    session: () => read('api/session'),
    async signOut() {
      await request('api/session', { method: 'DELETE' });
    },
    /**
     * Who moved what of the line.
     * @param {number} minutes how far back @param {number | null} until Unix seconds; null: now @param {number} top so many devices by name
     * @returns {Promise<Wire.Shares>}
     */
    async shares(minutes, until, top) {
      const answer = await read(`api/history/wan/shares?minutes=${minutes}&top=${top}${until === null ? '' : `&until=${until}`}`);
      if (!Array.isArray(answer?.ts)) throw new ApiError('The answer makes no sense.', 200, null);
      return answer;
    },
    /** Asks for a new look around now. */
    async scan() {
      await request('api/scan', { method: 'POST' });
    },
  };
}
