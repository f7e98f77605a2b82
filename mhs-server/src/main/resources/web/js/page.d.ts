// What the page keeps and passes on. For editors only; never loaded. Times called `at` are milliseconds
// of the browser's clock, `ts` Unix seconds of the server's.

declare namespace Page {
  /** How the connection fares. `attempt`: how many have failed in a row. */
  interface Link {
    phase: 'connecting' | 'live' | 'waiting';
    attempt: number;
    retryAt: number | null;
  }

  /** One push, in bits per second. */
  interface Frame {
    ts: number;
    download: number | null;
    upload: number | null;
    /** Of the devices whose rates are known. */
    keys: readonly string[];
    /** In the order of the keys, download first. */
    rates: readonly [readonly (number | null)[], readonly (number | null)[]];
    /** Of a push that is known from the history: what those moved who are not among the keys. */
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
    /** Its devices as they were when one of them last came, went or was told of otherwise: as long as only figures change, the same list. */
    described: readonly Wire.Device[];
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
    /** What the reader asked for, as long as no push shows it. By `changeId`. */
    changes: Changes;
    usage: Usage | null;
  }

  /** What a device may move, in Mbit/s; null is without end. */
  interface Wanted {
    download_mbps: number | null;
    upload_mbps: number | null;
  }

  /** `ts` is the server's time when it answered. */
  type LimitChange =
    | { phase: 'applying'; wanted: Wanted }
    | { phase: 'applied'; answer: Wanted & { enforced: boolean; reason: string | null }; ts: number }
    | { phase: 'refused'; words: string };

  type AliasChange = { phase: 'applied'; alias: string; ts: number };

  type Change = LimitChange | AliasChange;
  type Changes = Record<string, any>;

  interface LimitView {
    name: string;
    tone: 'none' | 'applying' | 'good' | 'elsewhere' | 'bad';
    mark: string;
    /** Why the last wish was not granted. */
    refused: string | null;
  }

  /** A choice that mends something, and what to write for it. */
  interface Remedy {
    title: string;
    detail: string;
    code: string;
  }

  interface Moved {
    down: number;
    up: number;
  }

  /** By device key. */
  interface Usage {
    today: Map<string, Moved>;
    month: Map<string, Moved>;
  }

  type Event =
    | { type: 'message'; message: unknown; at: number }
    | { type: 'past'; frames: Frame[] }
    | { type: 'link'; link: Link }
    | { type: 'sources'; answer: Wire.SourcesAnswer }
    | { type: 'sources-failed'; detail: string }
    | { type: 'health'; health: Wire.Health; alerts: Wire.Alerts }
    | { type: 'health-failed'; detail: string }
    | { type: 'view'; view: Partial<View> }
    | { type: 'change'; id: string; change: Change | null }
    | { type: 'usage'; usage: Usage };

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

  /** Down and up as columns for a chart; a row of nulls is a gap. */
  interface Columns {
    ts: number[];
    download: (number | null)[];
    upload: (number | null)[];
  }

  interface Reading {
    ts: number;
    download: number | null;
    upload: number | null;
  }

  /** `save` returns why it could not, or null; `ended` is told whether the focus was in the field. */
  interface NameEdit {
    name: string;
    alias: string | null;
    ownName: string | null;
    save: (alias: string) => Promise<string | null>;
    ended: (focused: boolean) => void;
  }

  interface DeviceActions {
    sort: (sort: Sort) => void;
    search: (text: string) => void;
    clear: () => void;
    scan: () => Promise<void>;
    /** Shows all of a device. */
    open: (address: string) => void;
    rename: (key: string, alias: string) => Promise<string | null>;
    /** Asks for another limit; `opener` is what was pressed. */
    limit: (key: string, opener: HTMLElement) => void;
  }

  interface DrawerActions {
    close: () => void;
    rename: (key: string, alias: string) => Promise<string | null>;
    limit: (key: string, opener: HTMLElement) => void;
    /** Milliseconds of the browser's clock. */
    now: () => number;
  }

  interface Row {
    tr: any;
    update(device: Wire.Device, now: number, wish: LimitChange | undefined, usage: Usage | null): void;
    trace(frames: readonly Frame[], interval: number): void;
    reachable(yes: boolean): void;
  }
}

declare namespace Health {
  interface Actions {
    testAlerts: () => Promise<Wire.AlertTest>;
  }
}
