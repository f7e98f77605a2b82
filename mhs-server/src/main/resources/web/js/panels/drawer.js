// All of one device, beside the list: what it moves and moved, when and why it counts as there, what happened to it.
import { momentWords } from '../axis.js';
import { changeId, asAnswered } from '../changes.js';
import { el, fill, setAttribute, write } from '../dom.js';
import { byteCount, dateAndTime, duration, megabits, weightOf } from '../format.js';
import { limitView } from '../limits.js';
import { nameOf, placeOf, presenceOf } from '../order.js';
import { pastChart } from '../past-chart.js';
import { dayBars, formerly, historyColumns, historySummary, presenceSentence } from '../past.js';
import { serverTime } from '../state.js';
import { editName } from './alias.js';
import { eventItem } from './event-item.js';
import { RANDOM_MAC, WORDS } from './rows.js';

/** Minutes, and what they are called; the first is shown first. @type {[number, string][]} */
const WINDOWS = [[60, '1 h'], [360, '6 h'], [1440, '24 h'], [10_080, '7 d']];
const SESSION_DAYS = 7;
const EVENTS_A_PAGE = 20;
const EVIDENCE_EVERY_MS = 5_000;
const PAST_EVERY_MS = 30_000;
const PHONE = '(max-width: 860px)';
const BAR = { width: 240, height: 12 };

const wordsOf = (problem) => (problem instanceof Error ? problem.message : String(problem));
const fact = (label, ...children) => el('div', {}, el('dt', {}, label), el('dd', {}, ...children));

function figure(label, name) {
  const number = el('b', { class: 'number' }, '–');
  return { number, node: el('div', { class: `figure ${name}` }, el('span', { class: 'dim' }, label), number) };
}

/**
 * @param {any} api
 * @param {Page.DrawerActions} actions
 */
export function mountDrawer(api, actions) {
  const dot = el('span', { class: 'dot', 'aria-hidden': 'true' });
  const word = el('span');
  const name = el('span', { class: 'device-name', id: 'drawer-name' });
  const pencil = el('button', { type: 'button', class: 'quiet pencil', 'aria-label': 'Rename', title: 'Rename', on: { click: rename } }, '✎');
  const heading = el('h2', { tabindex: '-1' }, name, pencil);
  const about = el('p', { class: 'dim about' });
  const shut = el('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', on: { click: actions.close } }, '✕');
  const limit = el('button', { type: 'button', class: 'pick', 'aria-haspopup': 'dialog', on: { click: () => actions.limit(key, limit) } });
  const mark = el('button', { type: 'button', class: 'mark', on: { click: () => actions.limit(key, mark) } });
  const refusal = el('p', { class: 'field-problem' });
  const limitLine = el('div', { class: 'limit-line' }, el('span', { class: 'dim' }, 'Limit'), limit, mark, refusal);
  const watch = el('input', { type: 'checkbox', role: 'switch', on: { change: () => void decideWatch() } });
  const watchNote = el('span', { class: 'note' });
  const watchLine = el('label', { class: 'watch-line' }, watch, el('span', {}, 'Tell me when it goes offline'), watchNote);
  const figures = { down: figure('↓ Mbit/s', 'down'), up: figure('↑ Mbit/s', 'up'), today: figure('Today', 'moved'), month: figure('This month', 'moved') };
  const tabs = WINDOWS.map(([minutes, label]) => {
    const button = el('button', { type: 'button', 'aria-pressed': 'false', on: { click: () => choose(minutes) } }, label);
    return { minutes, button };
  });
  const csv = el('a', { class: 'button quiet', download: true }, 'CSV');
  const host = el('div', { class: 'past-chart figures', 'aria-hidden': 'true' });
  const chartEmpty = el('p', { class: 'chart-empty' });
  const readout = el('p', { class: 'past-readout' });
  const sum = el('dl', { class: 'past-sum' });
  const presence = el('p', { class: 'presence' });
  const facts = el('dl', { class: 'facts' });
  const bars = el('ol', { class: 'days' });
  const events = el('ol', { class: 'events' });
  const eventsNote = el('p', { class: 'note' });
  const moreEvents = el('button', { type: 'button', hidden: true, on: { click: () => void loadEvents(cursor) } }, 'Older');
  const part = (title, ...children) => el('section', {}, el('h3', {}, title), ...children);
  const drawer = el('dialog', { class: 'drawer', 'aria-labelledby': 'drawer-name' },
    el('header', {}, el('div', { class: 'drawer-title' }, el('p', { class: 'drawer-state' }, dot, word), heading, about), shut),
    el('div', { class: 'drawer-body' },
      el('div', { class: 'figures four' }, ...Object.values(figures).map((one) => one.node)),
      limitLine,
      el('section', {}, el('div', { class: 'tabs', role: 'group', 'aria-label': 'How far back' }, ...tabs.map((one) => one.button), csv),
        el('div', { class: 'chart-frame' }, host, chartEmpty), readout, sum),
      part('Presence', presence, watchLine),
      part('On the network', bars),
      part('What is known', facts),
      part('Events', events, eventsNote, moreEvents)));
  document.body.append(drawer);

  let key = '';
  let minutes = WINDOWS[0][0];
  /** @type {Wire.Device | null} */
  let device = null;
  /** @type {Page.State | null} */
  let shown = null;
  /** @type {{status: string, evidence: Wire.Evidence[]} | null} */
  let evidence = null;
  /** @type {Wire.Event[]} */
  let happened = [];
  /** @type {string | null} */
  let cursor = null;
  /** @type {Wire.History | null} */
  let past = null;
  let timers = [];
  const chart = pastChart(host, read);

  drawer.addEventListener('cancel', (event) => {
    event.preventDefault();
    actions.close();
  });

  function rename() {
    if (device === null) return;
    editName(heading, {
      name: nameOf(device), alias: device.alias, ownName: device.hostname,
      save: (alias) => actions.rename(key, alias),
      ended: (focused) => focused && pencil.focus(),
    });
  }

  /** Runs a question, and tells its answer only while the same device is shown. @param {Promise<any>} asked @param {(answer: any) => void} told @param {(words: string) => void} failed */
  async function ask(asked, told, failed) {
    const asker = key;
    try {
      const answer = await asked;
      if (asker === key) told(answer);
    } catch (problem) {
      if (asker === key) failed(wordsOf(problem));
    }
  }

  const loadPast = () => {
    const window = minutes;
    return ask(api.past(key, minutes), (answer) => {
      if (window !== minutes) return;
      past = answer;
      showPast();
    }, (words) => {
      write(chartEmpty, words);
      setAttribute(chartEmpty, 'hidden', past !== null);
    });
  };
  const loadEvidence = () => ask(api.device(key), (answer) => {
    evidence = answer;
    showPresence();
  }, (words) => write(presence, words));
  const loadSessions = () => ask(api.sessions(key, SESSION_DAYS * 24), showSessions, (words) => fill(bars, el('li', { class: 'note' }, words)));
  const loadWatch = () => ask(Promise.all([api.watches(), api.alerts()]), ([{ watched }, { configured }]) => {
    watch.checked = watched.includes(key);
    setAttribute(watch, 'disabled', false);
    write(watchNote, configured ? '' : 'Nowhere to tell it yet: set alerts.ntfy or alerts.webhook');
  }, (words) => write(watchNote, words));
  /** @param {string | null} from */
  const loadEvents = (from) => ask(api.events({ device: key, limit: EVENTS_A_PAGE, ...(from ? { cursor: from } : {}) }), (answer) => {
    happened = from ? [...happened, ...answer.events] : answer.events;
    cursor = answer.next;
    showEvents(answer.problem);
  }, (words) => write(eventsNote, words));

  async function decideWatch() {
    const wanted = watch.checked;
    await ask(api.watch(key, wanted), ({ reason }) => write(watchNote, reason ?? ''), (words) => {
      watch.checked = !wanted;
      write(watchNote, words);
    });
  }

  function choose(next) {
    minutes = next;
    past = null;
    for (const { minutes: one, button } of tabs) setAttribute(button, 'aria-pressed', String(one === next));
    setAttribute(csv, 'href', `api/history/${encodeURIComponent(key)}/export?minutes=${next}`);
    fill(sum);
    write(readout, ' ');
    chart.draw({ ts: [], download: [], upload: [] }, 0, 1, 1);
    write(chartEmpty, 'Loading …');
    setAttribute(chartEmpty, 'hidden', false);
    void loadPast();
  }

  const now = () => (shown === null ? 0 : serverTime(shown, actions.now()));

  function showPast() {
    if (past === null) return;
    const { samples, step_seconds: step } = past;
    const end = now();
    chart.draw(historyColumns(samples, step), end - minutes * 60, end, step);
    setAttribute(chartEmpty, 'hidden', samples.length > 0);
    write(chartEmpty, 'Nothing was measured in this time.');
    const { peak, average, bytes } = historySummary(samples);
    const row = (label, { down, up }, words) =>
      fact(label, el('span', { class: 'down' }, `↓ ${words(down)}`), el('span', { class: 'up' }, `↑ ${words(up)}`));
    const rate = (bps) => `${megabits(bps)} Mbit/s`;
    fill(sum, row('Peak', peak, rate), row('Average', average, rate), row('Moved', bytes, byteCount));
    read(null);
  }

  /** @param {Page.Reading | null} reading */
  function read(reading) {
    const when = reading && momentWords(reading.ts, past?.step_seconds ?? 1);
    write(readout, reading === null ? `In steps of ${duration(past?.step_seconds ?? null)}; hover or tap to read`
      : `${when}: ↓ ${megabits(reading.download)} ↑ ${megabits(reading.upload)} Mbit/s`);
  }

  function showPresence() {
    if (evidence !== null) write(presence, presenceSentence(evidence, now()));
  }

  /** @param {{sessions: Wire.Session[]}} answer */
  function showSessions({ sessions }) {
    const hours = el('span', { class: 'hours' }, ...['0', '6', '12', '18', '24'].map((hour) => el('span', {}, hour)));
    fill(bars, el('li', { 'aria-hidden': 'true' }, el('span'), hours, el('span')), ...dayBars(sessions, now(), SESSION_DAYS).map((day) => {
      const x = (share) => (share * BAR.width).toFixed(2);
      const rect = (name, from, to) => el('rect', { class: name, x: x(from), y: 0, width: Math.max(1, Number(x(to - from))), height: BAR.height });
      const told = day.bars.map((bar) => bar.title).join('; ');
      return el('li', { title: told || 'not seen' },
        el('span', { class: 'dim' }, day.label),
        el('svg', { viewBox: `0 0 ${BAR.width} ${BAR.height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
          rect('ground', 0, day.end), ...day.bars.map((bar) => rect('there', bar.from, bar.to))),
        el('span', { class: 'dim' }, day.seconds > 0 ? duration(day.seconds) : '–'),
        el('span', { class: 'visually-hidden' }, told || 'not seen'));
    }));
  }

  /** @param {string | null} problem */
  function showEvents(problem) {
    fill(events, ...happened.map((one) => eventItem(one, now(), false)));
    write(eventsNote, problem ?? (happened.length === 0 ? 'Nothing happened to it yet that MHS has seen.' : ''));
    setAttribute(moreEvents, 'hidden', cursor === null);
    if (device) showFacts(device);
  }

  let factsText = '';
  /** @param {Wire.Device} one */
  function showFacts(one) {
    const before = formerly(happened, one);
    const rows = [
      ['Addresses', (one.ips ?? []).join('\n') || one.ip],
      ['MAC', one.mac && (one.randomized_mac ? `${one.mac}\n${RANDOM_MAC}.` : one.mac)],
      ['Vendor', one.vendor],
      ['Calls itself', one.hostname],
      ['Remark', one.comment],
      ['Where', [placeOf(one), one.interface && placeOf(one) !== one.interface && `on ${one.interface}`].filter(Boolean).join(' ')],
      ['Seen', `first ${dateAndTime(one.first_seen)}\nlast ${dateAndTime(one.last_seen)}`],
      ['Lease', one.lease_status],
      ['Rates by', one.rate_source],
      ['Earlier names', before.names.join('\n')],
      ['Earlier addresses', before.addresses.join('\n')],
    ].filter(([, text]) => text);
    const text = JSON.stringify(rows);
    if (text === factsText) return;
    factsText = text;
    fill(facts, ...rows.map(([label, words]) => fact(String(label), String(words))));
  }

  function showDevice() {
    if (shown === null) return;
    const { update, changes, usage } = shown;
    const found = update?.devices.find((one) => one.key === key);
    if (found === undefined) {
      // What is gone from the list keeps its last figures, but not as if they were of now.
      write(word, update === null ? 'Connecting …' : 'Not known (any more)');
      if (device === null) write(name, key);
      return;
    }
    device = asAnswered(found, changes);
    const state = presenceOf(device);
    setAttribute(dot, 'class', `dot ${state}`);
    write(word, WORDS[state]);
    write(name, nameOf(device));
    write(about, [device.alias && device.hostname, device.vendor, device.ip].filter(Boolean).join(' · '));
    for (const [figureOf, bps] of [[figures.down, device.download_bps], [figures.up, device.upload_bps]]) {
      write(figureOf.number, megabits(bps));
      setAttribute(figureOf.number, 'data-weight', weightOf(bps));
    }
    for (const [{ number, node }, moved] of [[figures.today, usage?.today.get(key)], [figures.month, usage?.month.get(key)]]) {
      write(number, moved === undefined ? '–' : byteCount(moved.down + moved.up));
      setAttribute(node, 'title', moved && `↓ ${byteCount(moved.down)}, ↑ ${byteCount(moved.up)}`);
    }
    const view = limitView(device, changes[changeId('limit', key)]);
    setAttribute(limitLine, 'hidden', !update?.choices?.limits?.source);
    write(limit, view.name);
    setAttribute(limit, 'aria-label', `Limit: ${view.name}. Change it`);
    write(mark, view.mark);
    setAttribute(mark, 'hidden', view.mark === '');
    setAttribute(mark, 'data-tone', view.tone);
    setAttribute(mark, 'title', device.limit?.reason || null);
    write(refusal, view.refused === null ? '' : `The limit was not set: ${view.refused}`);
    showFacts(device);
    showPresence();
  }

  function begin() {
    past = evidence = device = cursor = null;
    happened = [];
    watch.checked = false;
    setAttribute(watch, 'disabled', true);
    for (const node of [presence, about, watchNote, eventsNote]) write(node, '');
    for (const node of [bars, events, facts]) fill(node);
    factsText = '';
    setAttribute(moreEvents, 'hidden', true);
    showDevice();
    choose(minutes);
    for (const load of [loadEvidence, loadSessions, loadWatch, () => loadEvents(null)]) void load();
    const quietly = (run) => () => !document.hidden && void run();
    timers.forEach(clearInterval);
    timers = [
      setInterval(quietly(loadEvidence), EVIDENCE_EVERY_MS),
      setInterval(quietly(() => Promise.all([loadPast(), loadSessions(), happened.length > EVENTS_A_PAGE ? null : loadEvents(null)])), PAST_EVERY_MS),
    ];
  }

  return {
    /** @param {string} next the device's key @param {Page.State} state */
    open(next, state) {
      shown = state;
      const fresh = next !== key;
      key = next;
      if (!drawer.open) {
        if (matchMedia(PHONE).matches) drawer.showModal();
        else drawer.show();
      }
      document.body.dataset.drawer = '';
      if (!fresh) return;
      minutes = WINDOWS[0][0];
      drawer.querySelector('.drawer-body').scrollTop = 0;
      begin();
      heading.focus();
    },
    close() {
      timers.forEach(clearInterval);
      timers = [];
      key = '';
      delete document.body.dataset.drawer;
      if (drawer.open) drawer.close();
    },
    /** @param {Page.State} state */
    render(state) {
      if (key === '') return;
      shown = state;
      showDevice();
    },
  };
}
