// How MHS itself fares: its history, its alerts.
import { wordsOf } from '../api.js';
import { el, fill, setAttribute, write } from '../dom.js';
import { ago, byteCount, dateAndTime, duration } from '../format.js';

const CHANNEL_STATES = { untried: 'nothing sent yet', up: 'arrives', failing: 'does not arrive at present, is tried again', refusing: 'is refused' };
const WORKS = ['untried', 'up'];

/** @param {number} ts @param {number} now */
const clockTime = (ts, now) => (Math.abs(ts - now) < 86_400 ? dateAndTime(ts).slice(11, 16) : dateAndTime(ts).slice(0, 16));

/** What is to be known of one way for alerts. @param {Wire.AlertChannel} channel @param {number} now */
function channelWords({ state, last_sent: last, waiting, lost, problem }, now) {
  return [
    CHANNEL_STATES[state] ?? state,
    last === null ? null : `last sent ${ago(last, now).replace(/^now$/, 'just now')}`,
    waiting > 0 ? `${waiting} waiting` : null,
    lost > 0 ? `${lost} lost` : null,
    problem,
  ].filter(Boolean).join(', ');
}

/** Why alerts are silent although all is well; null when they are not. @param {Wire.Alerts} alerts @param {number} now */
export function silence({ learning_until: learning, quiet_until: quiet, held }, now) {
  if (learning !== null && learning > now) return `Until ${clockTime(learning, now)} MHS learns who lives here and tells of nobody new.`;
  if (quiet !== null && quiet > now) return `Quiet until ${clockTime(quiet, now)}${held > 0 ? `; ${held} held back` : ''}.`;
  return null;
}

/** @param {Wire.AlertTest} result */
const testWords = ({ channels }) =>
  channels.map(({ channel, ok, answer, took_seconds: took }) =>
    `${channel}: ${ok ? 'arrived' : 'did not arrive'}${answer ? ` (${answer})` : ''}, ${duration(took)}`).join(' · ');

/** @param {Health.Actions} actions */
export function healthCard(actions) {
  const facts = el('dl', { class: 'facts' });
  const trouble = el('p', { class: 'problem', hidden: true });
  const alerts = el('ul', { class: 'statuses' });
  const quiet = el('p', { class: 'dim cost', hidden: true });
  const test = el('button', { type: 'button', on: { click: () => void send() } }, 'Send a test');
  const tested = el('p', { class: 'dim cost', role: 'status' });
  const node = el(
    'article',
    { class: 'source-card health', 'data-test': 'health' },
    el('h3', {}, el('span', {}, 'MHS itself')),
    facts, trouble, el('h3', {}, 'Alerts'), alerts, quiet, el('div', { class: 'tests' }, test, tested),
  );
  let shown = '';

  async function send() {
    setAttribute(test, 'disabled', true);
    write(tested, 'Sending …');
    try {
      write(tested, testWords(await actions.testAlerts()));
    } catch (failure) {
      write(tested, wordsOf(failure));
    }
    setAttribute(test, 'disabled', false);
  }

  /** @param {Wire.Health} health */
  function factNodes(health) {
    return [
      ['Version', health.version],
      ['Running for', duration(health.uptime_seconds)],
      ['History', health.history_trouble !== null ? 'in trouble' : health.db_size_bytes > 0 ? 'is written' : 'is not kept'],
      ['Database', health.db_size_bytes > 0 ? byteCount(health.db_size_bytes) : 'none'],
    ].map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)));
  }

  /** @param {Wire.Alerts} told @param {number} now */
  function alertNodes(told, now) {
    if (!told.configured) {
      return [el('li', { class: 'wide-item dim' }, 'Nobody is told of new devices or of those that go: set ', el('code', {}, 'ALERT_NTFY_TOPIC'),
        ' or ', el('code', {}, 'ALERT_WEBHOOK_URL'), ' (docs/alerts.md).')];
    }
    return told.channels.map((channel) =>
      el('li', { 'data-state': WORKS.includes(channel.state) ? 'up' : 'failing' }, el('b', {}, channel.name),
        el('span', { class: 'dim' }, `${channel.target}: ${channelWords(channel, now)}`)));
  }

  return {
    node,
    /** @param {Page.State} state @param {number} now */
    update({ health, healthProblem }, now) {
      setAttribute(node, 'data-known', health !== null);
      setAttribute(trouble, 'hidden', (health?.health.history_trouble ?? healthProblem) === null);
      write(trouble, health?.health.history_trouble ?? healthProblem ?? '');
      setAttribute(test, 'hidden', !health?.alerts.configured);
      if (health === null) return;
      const silent = silence(health.alerts, now);
      setAttribute(quiet, 'hidden', silent === null || !health.alerts.configured);
      write(quiet, silent ?? '');
      const text = JSON.stringify(health);
      if (text === shown) return;
      shown = text;
      fill(facts, ...factNodes(health.health));
      fill(alerts, ...alertNodes(health.alerts, now));
    },
  };
}
