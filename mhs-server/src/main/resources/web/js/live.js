// Keeps one WebSocket open for as long as the page lives: backs off, notices a connection that went
// silent without closing (a sleeping laptop, a dead proxy), and says how it fares.

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
/** A connection that says nothing for this long is given up: five pushes. */
export const SILENCE_MS = 10_000;

/**
 * How long to wait before the next attempt. A fifth of it is chance, so that a restarted server does
 * not meet all its readers at once.
 * @param {number} failures how many attempts have failed in a row, from 1
 * @param {() => number} random
 */
export function retryDelay(failures, random) {
  const full = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
  return Math.min(LONGEST_RETRY_MS, Math.round(full * (1 + 0.2 * random())));
}

/** @type {Page.Clock} */
export const browserClock = {
  now: () => Date.now(),
  after(ms, run) {
    const id = setTimeout(run, ms);
    return () => clearTimeout(id);
  },
};

export const canUnzip = typeof DecompressionStream !== 'undefined';

/** A Response would do the same, with more tasks on the way. @param {ReadableStream<Uint8Array>} readable */
async function textOf(readable) {
  const reader = readable.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) text += decoder.decode(part.value, { stream: true });
  return text;
}

/** @param {unknown} data what came in a binary frame @returns {Promise<string>} */
export async function unzipped(data) {
  const { readable, writable } = new DecompressionStream('gzip');
  const packed = writable.getWriter();
  const [text] = await Promise.all([textOf(readable), packed.write(/** @type {ArrayBuffer} */ (data)), packed.close()]);
  return text;
}

/**
 * @param {Page.LiveWiring} wiring
 * @returns {{start(): void, retryNow(): void, wake(): void, say(word: object): void, stop(): void}}
 */
export function liveConnection({ open, clock, random, unzip, heard, changed }) {
  /** @type {Page.Socket | null} */ let socket = null;
  let failures = 0;
  let waiting = false;
  let heardAt = 0;
  let callOff = () => {};
  /** Unpacking takes its time, and messages must keep their order. */
  let unpacking = Promise.resolve();

  const tell = (phase, retryAt) => changed({ phase, attempt: failures, retryAt });

  const expectWord = () => {
    callOff();
    heardAt = clock.now();
    callOff = clock.after(SILENCE_MS, lost);
  };

  function dial() {
    callOff();
    waiting = false;
    tell('connecting', null);
    try {
      const dialled = open();
      socket = dialled;
      dialled.onmessage = ({ data }) => {
        if (typeof data === 'string') receive(dialled, data);
        else unpack(dialled, data);
      };
      dialled.onclose = () => {
        if (dialled === socket) lost();
      };
      expectWord();
    } catch {
      lost();
    }
  }

  function unpack(from, data) {
    unpacking = unpacking
      .then(() => unzip(data))
      .then(
        (whole) => receive(from, whole),
        () => {}, // As for a text that is no JSON.
      );
  }

  function receive(from, text) {
    if (from !== socket) return;
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return; // Not ours to mend; if nothing better follows, the silence will show.
    }
    // Only a message proves a connection: a proxy may accept it and close it at once, for ever.
    expectWord();
    failures = 0;
    tell('live', null);
    heard(message);
  }

  function hangUp() {
    callOff();
    const old = socket;
    socket = null;
    old?.close();
  }

  function lost() {
    hangUp();
    failures += 1;
    const delay = retryDelay(failures, random);
    waiting = true;
    callOff = clock.after(delay, dial);
    tell('waiting', clock.now() + delay);
  }

  const retryNow = () => {
    if (waiting) dial();
  };

  return {
    start: dial,
    retryNow,
    /** To be called when the page is looked at again: timers may have slept. */
    wake() {
      if (socket !== null && clock.now() - heardAt > SILENCE_MS) {
        hangUp();
        dial();
      } else {
        retryNow();
      }
    },
    /** Nobody may be there to hear it: then a new connection begins with a whole update anyway. */
    say: (word) => socket?.send(JSON.stringify(word)),
    stop: hangUp,
  };
}
