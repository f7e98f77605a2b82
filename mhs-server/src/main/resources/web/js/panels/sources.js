// Where the figures come from: what each source can do, what it does, and what would mend it.
import { el, fill, setAttribute, write } from '../dom.js';
import { ago, byteCount, dateAndTime, duration } from '../format.js';
import { serverTime } from '../state.js';
import { healthCard } from './health.js';
import { copyable } from './remedy.js';

const CAPABILITIES = { devices: 'Devices', bandwidth: 'Bandwidth', ports: 'Ports', limits: 'Limits' };
/** Of sources and of their capabilities. */
const STATES = {
  up: 'works', degraded: 'works in part', failing: 'failing', down: 'does not answer',
  untried: 'not asked yet', unsupported: 'not possible here', broken: 'could not be opened',
};
const LEVELS = { good: ['✓', 'Works'], lacking: ['!', 'Could be better'], broken: ['✕', 'Does not work'] };

function findingNode({ level, what, remedy }) {
  const [sign, words] = LEVELS[level] ?? ['?', level];
  return el('li', { 'data-level': level },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, sign), el('span', { class: 'visually-hidden' }, `${words}: `), el('span', {}, what),
    remedy ? copyable(remedy) : null,
  );
}

function statusDetail(status, now) {
  const moment = dateAndTime(status.since);
  const since = ` since ${now - status.since < 86_400 ? moment.slice(11, 16) : moment.slice(0, 16)}`;
  const words = STATES[status.state] ?? status.state;
  if (status.state === 'up') {
    const took = status.last_poll_seconds === null ? '' : `, in ${duration(status.last_poll_seconds)}`;
    return `${words}, answered ${ago(status.last_answer, now).replace(/^now$/, 'just now')}${took}`;
  }
  return `${words}${status.state === 'untried' ? '' : since}${status.detail ? `: ${status.detail}` : ''}`;
}

/** What asking costs the box. @param {Wire.SourceDetails} source */
function costWords(source) {
  const soFar = `${source.requests} requests, ${byteCount(source.bytes)} so far`;
  if (source.requests_per_minute === null) return `Asking it took ${soFar}.`;
  return `Asking it takes ${source.requests_per_minute} requests and ${byteCount(source.bytes_per_minute)} a minute, `
    + `${duration(source.polling_seconds_per_minute)} of it waiting; ${soFar}.`;
}

/** What people can do something about comes first; what is well is told when asked for. */
function findingNodes(findings) {
  const order = ['broken', 'lacking'];
  const open = findings.filter(({ level }) => level !== 'good').sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const good = findings.filter(({ level }) => level === 'good');
  return [
    open.length > 0 && el('ul', { class: 'findings' }, open.map(findingNode)),
    good.length > 0 && el('details', {}, el('summary', {}, `${good.length} more that ${good.length === 1 ? 'is' : 'are'} well`),
      el('ul', { class: 'findings' }, good.map(findingNode))),
  ];
}

function sourceCard(id) {
  const dot = el('span', { class: 'dot', 'aria-hidden': 'true' });
  const state = el('span', { class: 'source-state' });
  const about = el('span', { class: 'note clip' });
  const problem = el('p', { class: 'problem', hidden: true });
  const statuses = el('ul', { class: 'statuses' });
  const findings = el('div');
  const cost = el('p', { class: 'dim cost' });
  const node = el('article', { class: 'source-card', 'data-source': id },
    el('h3', {}, dot, el('span', { class: 'clip', title: id }, id), state, about), problem, statuses, findings, cost);
  let foundText = '';
  let statusText = '';

  /** @param {Wire.SourceDetails} source @param {number} now */
  function showStatuses(source, now) {
    const lines = source.status
      ? source.status.map((s) => [s.capability, s.state, s.chosen, statusDetail(s, now), s.polls, s.failures])
      : (source.capabilities ?? []).map((capability) => [capability, 'plain', false, '', 0, 0]);
    const text = JSON.stringify(lines);
    if (text === statusText) return;
    statusText = text;
    fill(statuses, ...lines.map(([capability, level, chosen, words, polls, failures]) =>
      el('li', { 'data-state': level },
        el('b', {}, CAPABILITIES[String(capability)] ?? String(capability)),
        el('span', { class: 'dim', title: `asked ${polls} times, ${failures} without an answer` },
          chosen ? el('span', { class: 'chip in-use' }, 'in use') : null, words))));
  }

  return {
    node,
    /** @param {Wire.SourceDetails} source @param {number} now */
    update(source, now) {
      setAttribute(node, 'data-state', source.state);
      setAttribute(dot, 'class', `dot source-${source.state}`);
      write(state, STATES[source.state] ?? source.state);
      write(about, [source.vendor, source.origin, `priority ${source.priority}`].filter(Boolean).join(' · '));
      setAttribute(problem, 'hidden', !source.problem);
      write(problem, source.problem ?? '');
      showStatuses(source, now);
      const text = JSON.stringify(source.findings ?? []);
      if (text !== foundText) {
        foundText = text;
        fill(findings, ...findingNodes(source.findings ?? []));
      }
      setAttribute(cost, 'hidden', !(source.requests > 0));
      write(cost, costWords(source));
    },
  };
}

/**
 * @param {Element} root
 * @param {Health.Actions} actions
 */
export function mountSources(root, actions) {
  const health = healthCard(actions);
  const choices = el('dl', { class: 'choices' });
  const grid = el('div', { class: 'sources' });
  const problem = el('p', { class: 'note', role: 'status' });
  root.append(el('div', { class: 'head' }, el('h2', {}, 'Sources and health'), problem), choices, grid);
  fill(grid, health.node);
  /** @type {Map<string, ReturnType<typeof sourceCard>>} */ const cards = new Map();
  let choiceText = '';
  let shownIds = '';

  function showChoices(chosen) {
    const text = JSON.stringify(chosen);
    if (text === choiceText) return;
    choiceText = text;
    fill(choices, ...Object.keys(CAPABILITIES).filter((name) => chosen[name]).map((name) => {
      const { source, reason } = chosen[name];
      // All boxes tell about their ports together: there nobody is chosen.
      const who = source ?? (name === 'ports' && cards.size > 0 ? 'all' : 'nobody');
      return el('div', { 'data-none': who === 'nobody' }, el('dt', {}, CAPABILITIES[name]), el('dd', {}, el('b', {}, who), reason ? `: ${reason}` : ''));
    }));
  }

  return {
    /** @param {Page.State} state @param {number} at */
    render(state, at) {
      const { update, sources, sourcesProblem } = state;
      const now = serverTime(state, at);
      const detailed = new Map((sources?.sources ?? []).map((source) => [source.id, source]));
      // The push knows the state of this moment, the slower answer the details.
      const list = update === null
        ? (sources?.sources ?? [])
        : (update.sources ?? []).map((source) => /** @type {Wire.SourceDetails} */ ({ ...detailed.get(source.id), ...source }));
      for (const source of list) {
        if (!cards.has(source.id)) cards.set(source.id, sourceCard(source.id));
        cards.get(source.id)?.update(source, now);
      }
      const ids = JSON.stringify(list.map((source) => source.id));
      if (ids !== shownIds) {
        shownIds = ids;
        for (const id of cards.keys()) if (!list.some((source) => source.id === id)) cards.delete(id);
        fill(grid, ...list.map((source) => cards.get(source.id)?.node), health.node);
      }
      health.update(state, now);
      showChoices(update?.choices ?? sources?.choices ?? {});
      write(problem, sourcesProblem === null ? '' : `Details are not available: ${sourcesProblem}`);
    },
  };
}
