// What the page keeps and passes on. For editors only; never loaded. Times called `at` are milliseconds
// of the browser's clock, `ts` Unix seconds of the server's.

declare namespace Page {
  /** How the connection fares. `attempt`: how many have failed in a row. */
  interface Link {
    phase: 'connecting' | 'live' | 'waiting';
    attempt: number;
    retryAt: number | null;
  }

  /** One push; rates by device key as [down, up] in bits per second. */
  interface Frame {
    ts: number;
    download: number | null;
    upload: number | null;
    rates: Map<string, readonly [number | null, number | null]>;
    /** Of a push that is known from the history: what those moved who are not among the rates. */
    others?: readonly [number | null, number | null];
  }

  /** Moments of the line, oldest first; pairs are [down, up], in bits per second. */
  interface Layers {
    ts: number[];
    line: [(number | null)[], (number | null)[]];
    /** By moment: each device, the others, and what nobody is known to have moved. */
    parts: [(number | null)[][], (number | null)[][]];
  }

  /** What a chart draws. */
  interface Picture {
    ts: number[];
    /** Of each layer the upper edge, lowest layer first, in Mbit/s; by direction. */
    edges: [(number | null)[][], (number | null)[][]];
    /** The CSS property that holds each layer's colour. */
    colors: string[];
    from: number;
    to: number;
    marks: { at: number; label: string }[];
    /** How far from a moment, in seconds, the pointer still reads it. */
    near: number;
  }

  interface Sort {
    column: string;
    descending: boolean;
  }

  /** What the reader chose to see. */
  interface View {
    status: string | null;
    search: string;
    sort: Sort;
  }

  interface State {
    /** When the page began to wait for data. */
    startedAt: number;
    /** The newest whole picture. */
    update: Wire.Update | null;
    /** When it arrived. */
    receivedAt: number | null;
    /** Whether a push was missed, so that what comes cannot be put together with what is here. */
    outOfStep: boolean;
    /** The pushes of the last two minutes, oldest first. */
    frames: readonly Frame[];
    link: Link;
    /** The last full answer about the sources. */
    sources: Wire.SourcesAnswer | null;
    /** Why a newer one could not be had. */
    sourcesProblem: string | null;
    /** How MHS itself fares; null until somebody looked at that part of the page. */
    health: { health: Wire.Health; alerts: Wire.Alerts } | null;
    healthProblem: string | null;
    view: View;
  }

  type Event =
    | { type: 'message'; message: unknown; at: number }
    | { type: 'past'; frames: Frame[] }
    | { type: 'link'; link: Link }
    | { type: 'sources'; answer: Wire.SourcesAnswer }
    | { type: 'sources-failed'; detail: string }
    | { type: 'health'; health: Wire.Health; alerts: Wire.Alerts }
    | { type: 'health-failed'; detail: string }
    | { type: 'view'; view: Partial<View> };

  /** Which source answers, and whether a better one should. */
  interface Standing {
    kind: 'chosen' | 'fallback' | 'waiting' | 'none';
    source: string | null;
    reason: string;
  }

  /** `after` returns how to call it off. */
  interface Clock {
    now(): number;
    after(ms: number, run: () => void): () => void;
  }

  interface Socket {
    onmessage: any;
    onclose: any;
    send(text: string): void;
    close(): void;
  }

  interface LiveWiring {
    /** Dials. */
    open: () => Socket;
    clock: Clock;
    random: () => number;
    /** Unpacks what came in a binary frame. */
    unzip: (data: unknown) => Promise<string>;
    /** Gets every message that is JSON. */
    heard: (message: unknown) => void;
    changed: (link: Link) => void;
  }

  interface Row {
    tr: any;
    update(device: Wire.Device, now: number): void;
    trace(frames: readonly Frame[], interval: number): void;
  }
}

declare namespace Health {
  interface Actions {
    testAlerts: () => Promise<Wire.AlertTest>;
  }
}
