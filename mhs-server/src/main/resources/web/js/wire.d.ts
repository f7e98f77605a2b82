// The messages of the server, as docs/rest-api.md describes them. For editors only; never loaded.
// *_bps are bits per second, *_bytes bytes, ts, *_seen and since Unix seconds. null: not known.

declare namespace Wire {
  type CapabilityName = 'devices' | 'bandwidth' | 'ports' | 'limits';

  interface Limit {
    download_mbps: number | null;
    upload_mbps: number | null;
    enforced: boolean;
    reason: string | null;
    ours: boolean;
    measured_download_mbps: number | null;
    measured_upload_mbps: number | null;
    biting: boolean | null;
  }

  interface Device {
    ip: string | null;
    ips: string[];
    mac: string | null;
    hostname: string | null;
    alias: string | null;
    vendor: string | null;
    randomized_mac: boolean;
    interface: string | null;
    port: string | null;
    port_source: string | null;
    ssid: string | null;
    status: 'online' | 'idle' | 'offline' | 'unknown';
    scan_method: string | null;
    lease_status: string | null;
    comment: string | null;
    upload_bps: number | null;
    download_bps: number | null;
    rate_source: string | null;
    first_seen: number;
    last_seen: number | null;
    limit_mbps: number | null;
    key: string;
    limit: Limit | null;
  }

  interface Port {
    name: string;
    default_name: string | null;
    type: string;
    running: boolean | null;
    rx_bps: number | null;
    tx_bps: number | null;
    rx_bytes: number | null;
    tx_bytes: number | null;
    rx_errors: number | null;
    tx_errors: number | null;
    link_bps: number | null;
    mac: string | null;
    comment: string | null;
    device: string;
    wan: boolean;
  }

  interface Box {
    id: string;
    name: string;
    model: string | null;
    role: 'router' | 'switch' | 'host';
    source: string;
    ports: Port[];
  }

  interface Ports {
    router: Port[];
    switch: Port[];
    boxes: Box[];
  }

  interface Source {
    id: string;
    type: string;
    vendor: string;
    priority: number;
    state: 'up' | 'degraded' | 'down' | 'untried' | 'broken';
    capabilities: CapabilityName[];
    problem: string | null;
  }

  type Choices = Record<CapabilityName, { source: string | null; reason: string }>;

  interface Visit {
    ip: string | null;
    mac: string | null;
    hostname: string | null;
    alias: string | null;
    vendor: string | null;
    first_seen: number;
    last_seen: number;
    duration_seconds: number;
  }

  interface Update {
    type: 'update';
    seq: number;
    ts: number;
    source: string | null;
    last_scan: number | null;
    total_download_bps: number | null;
    total_upload_bps: number | null;
    attributed_ratio: number | null;
    devices: Device[];
    ports: Ports;
    limits: Record<string, number>;
    aliases: Record<string, string>;
    seen_times: Record<string, { first_seen: number; last_seen: number | null }>;
    transient_devices: Visit[];
    sources: Source[];
    choices: Choices;
    push_interval_seconds: number;
    /** Where the played household of a demo is steered; absent where nothing is played. */
    demo?: string;
    own_download_bps: number | null;
    own_upload_bps: number | null;
    version: string;
  }

  /** Only what changed since the message with the number before; see docs/rest-api.md. */
  interface Delta extends Partial<Omit<Update, 'type' | 'devices' | 'seen_times'>> {
    type: 'delta';
    seq: number;
    ts: number;
    devices?: Record<string, Partial<Device>>;
    removed?: string[];
    order?: string[];
    boxes?: Record<string, any>;
  }

  interface CapabilityStatus {
    capability: CapabilityName;
    state: 'untried' | 'up' | 'failing' | 'down' | 'unsupported';
    detail: string | null;
    since: number;
    last_answer: number | null;
    last_poll_seconds: number | null;
    polls: number;
    failures: number;
    chosen: boolean;
  }

  interface Finding {
    level: 'good' | 'lacking' | 'broken';
    what: string;
    remedy: string | null;
  }

  interface SourceDetails extends Source {
    origin: string;
    address: string | null;
    status: CapabilityStatus[];
    findings: Finding[];
    requests: number;
    bytes: number;
    polling_seconds: number;
    requests_per_minute: number | null;
    bytes_per_minute: number | null;
    polling_seconds_per_minute: number | null;
  }

  interface SourcesAnswer {
    sources: SourceDetails[];
    choices: Choices;
  }

  interface Sample {
    ts: number;
    upload_bps: number | null;
    download_bps: number | null;
    upload_bytes: number | null;
    download_bytes: number | null;
  }

  interface History {
    ip: string;
    minutes: number;
    step_seconds: number;
    samples: Sample[];
  }

  interface Session {
    first_seen: number;
    last_seen: number;
    duration_seconds: number;
    open: boolean;
  }

  interface Evidence {
    kind: string;
    weight: 'proof' | 'hint' | 'denial';
    at: number;
    detail: string | null;
  }

  interface Usage {
    period: string;
    zone: string;
    periods: { begins_at: number; ends_at: number; devices: { key: string; download_bytes: number; upload_bytes: number }[] }[];
  }

  interface Event {
    id: number;
    ts: number;
    kind: string;
    text: string;
    device: { key: string; mac: string | null; ip: string | null; name: string } | null;
    source: string | null;
    was: string | null;
    became: string | null;
    by: string | null;
    detail: string | null;
  }

  /** Aligned with the times of the answer. */
  interface Share {
    download_bytes: number;
    upload_bytes: number;
    download_bps: (number | null)[];
    upload_bps: (number | null)[];
  }

  interface Shares {
    minutes: number;
    step_seconds: number;
    ts: number[];
    line: Share;
    devices: (Share & Pick<Device, 'key' | 'ip' | 'mac' | 'hostname' | 'alias' | 'vendor'>)[];
    others: Share;
    unattributed: { download_bytes: number; upload_bytes: number };
  }

  interface Health {
    ok: boolean;
    version: string;
    uptime_seconds: number;
    mikrotik_connected: boolean;
    device_count: number;
    last_scan: number | null;
    db_size_bytes: number;
    history_trouble: string | null;
  }

  interface AlertChannel {
    name: string;
    target: string;
    state: 'untried' | 'up' | 'failing' | 'refusing';
    since: number;
    last_sent: number | null;
    problem: string | null;
    waiting: number;
    sent: number;
    lost: number;
  }

  interface Alerts {
    configured: boolean;
    learning_until: number | null;
    quiet_until: number | null;
    held: number;
    channels: AlertChannel[];
  }

  interface AlertTest {
    ok: boolean;
    channels: { channel: string; ok: boolean; answer: string; took_seconds: number }[];
  }
}
