// Wiring only: events go into the state, the state goes to the panels.
import { ApiError, serverApi, socketAddress, UNANSWERED, wordsOf } from './api.js';
import { changeId, asAnswered } from './changes.js';
import { setAttribute, styled, write } from './dom.js';
import { deviceAddress, deviceCalled, deviceOfHash } from './panels/rows.js';
import { browserClock, canUnzip, liveConnection, unzipped } from './live.js';
import { mountDevices } from './panels/devices.js';
import { mountHeader } from './panels/header.js';
import { mountTiles } from './panels/tiles.js';
import { mountWan } from './panels/wan.js';
import { megabits } from './format.js';
import { freshness, initialState, reduce, STALE_SECONDS } from './state.js';

const SOURCES_EVERY_MS = 10_000;
/** How long a part that could not be loaded waits for another attempt. */
const RELOAD_MS = 5000;
const PARTS = new Set(['#devices', '#ports', '#events', '#sources']);
const USAGE_EVERY_MS = 60_000;
/** What is renewed of these is shown with the next push: drawing it by itself costs as much as a push. */
const UNHURRIED = new Set(['sources', 'health', 'usage']);
const SORT_KEY = 'mhs.sort';

// The wall clock, not performance.now(): that one stands still while a laptop sleeps, and figures
// from before the sleep would look fresh.
const now = () => Date.now();

let state = initialState(now());
let scheduled = false;
let isDemoShown = false;
const toSignIn = () => location.replace(new URL('signin.html' + location.hash, document.baseURI));
const api = serverApi(document.baseURI, undefined, toSignIn);
const place = (id) => /** @type {Element} */ (document.getElementById(id));

function dispatch(event) {
  const isFirst = state.update === null;
  const canWait = UNHURRIED.has(event.type) && state[event.type] !== null && freshness(state, now()).phase === 'live';
  state = reduce(state, event);
  if (event.type === 'message' && isSought) void showDevice();
  if (event.type === 'message') {
    checkIn(STALE_SECONDS * 1000);
    // The part that an address leads to has only now become as tall as it is.
    if (isFirst && PARTS.has(location.hash)) requestAnimationFrame(() => place(location.hash.slice(1)).scrollIntoView());
    write(/** @type {Element} */ (document.querySelector('title')), title());
    if (state.outOfStep) live.say({ type: 'resync' });
  }
  if (scheduled || canWait) return;
  scheduled = true;
  requestAnimationFrame(render);
}

const live = liveConnection({
  open() {
    const socket = new WebSocket(socketAddress(document.baseURI, canUnzip));
    socket.binaryType = 'arraybuffer';
    return socket;
  },
  clock: browserClock,
  random: Math.random,
  unzip: unzipped,
  heard: (message) => dispatch({ type: 'message', message, at: now() }),
  changed(link) {
    dispatch({ type: 'link', link });
    if (link.phase === 'waiting' && link.attempt === 1) void loadSources(); // signed out, perhaps
  },
});

const loadSources = () => learn('sources', api.sources);
const loadHealth = async () => sources.isThere() && learn('health', api.health);
const loadUsage = () => learn('usage', api.usage);
const header = mountHeader(place('header'), { retry: live.retryNow });
const wan = mountWan(place('wan'), {
  past: api.shares,
  seed: (frames) => dispatch({ type: 'past', frames }),
  pick: ({ key }) => location.assign(deviceAddress(key)),
});
const tiles = mountTiles(place('tiles'), {
  filter: (status) => dispatch({ type: 'view', view: { status } }),
});
const devices = mountDevices(place('devices'), {
  sort(sort) {
    remember(sort);
    dispatch({ type: 'view', view: { sort } });
  },
  search: (search) => dispatch({ type: 'view', view: { search } }),
  clear: () => dispatch({ type: 'view', view: { search: '', status: null } }),
  scan,
  open: openDevice,
  rename,
  limit: askForLimit,
});
const ports = whenNear('ports', 'css/ports.css', async (root) => (await import('./panels/ports.js')).mountPorts(root, { follow }));
const sources = whenNear('sources', 'css/sources.css', async (root) => (await import('./panels/sources.js')).mountSources(root, { testAlerts: async () => (await deeds()).server.testAlerts() }), loadHealth);
const happened = whenNear('events', 'css/events.css', async (root) => (await import('./panels/events.js')).mountEvents(root, (await deeds()).server));
const visits = whenNear('visits', 'css/events.css', async (root) => (await import('./panels/visits.js')).mountVisits(root));
/** Panels that are there only once they were asked for. @type {{render: (state: Page.State, at: number) => void}[]} */
const extras = [];

/**
 * A part of the page that is loaded once it comes near the screen: most readers look at the top only.
 * @param {string} id @param {string} style @param {(root: Element) => Promise<{render: (state: Page.State, at: number) => void}>} load
 * @param {() => void} then what else is needed from then on
 */
function whenNear(id, style, load, then = () => {}) {
  const root = place(id);
  /** @type {{render: (state: Page.State, at: number) => void} | null} */ let panel = null;
  let isNear = false;
  let isLoading = false;
  const show = () => panel?.render(state, now());
  function loadOnce() {
    if (isLoading) return;
    isLoading = true;
    styled(style).then(() => load(root)).then(
      (ready) => {
        panel = ready;
        show();
        then();
      },
      // The server is away: the page says so.
      () => browserClock.after(RELOAD_MS, () => {
        isLoading = false;
        if (isNear) loadOnce();
      }),
    );
  }
  const watcher = new IntersectionObserver(
    (entries) => {
      isNear = entries[entries.length - 1].isIntersecting;
      if (isNear) loadOnce();
      show();
    },
    { rootMargin: '600px' },
  );
  let isWatched = false;
  return {
    /** What is far from the screen costs as much as what is seen, and is written once it comes near. */
    render() {
      if (isNear) show();
      // Before the first push the page is short, and all of it near.
      if (isWatched || state.update === null) return;
      isWatched = true;
      watcher.observe(root);
    },
    isThere: () => panel !== null,
  };
}

/** Shows in the list of devices what a search finds, and goes there. */
function follow(search) {
  dispatch({ type: 'view', view: { search, status: null } });
  if (search !== '') /** @type {HTMLElement} */ (place('devices')).focus();
}

function render() {
  scheduled = false;
  const at = now();
  header.render(state, at);
  tiles.render(state);
  wan.render(state, at);
  devices.render(state, at);
  for (const part of [ports, sources, happened, visits]) part.render();
  for (const extra of extras) extra.render(state, at);
  if (state.update?.demo) void showDemo(state.update.demo);
  setAttribute(document.body, 'data-fresh', freshness(state, at).phase);
}

/** @param {string} controls */
async function showDemo(controls) {
  if (isDemoShown) return;
  isDemoShown = true;
  const { mountDemo } = await import('./panels/demo.js');
  mountDemo(/** @type {Element} */ (document.querySelector('main')), controls);
}

/** Who looks at the page reads the figures there; a tab in the background tells them in its title. */
function title() {
  const { phase } = freshness(state, now());
  if (phase !== 'live' || !document.hidden) return 'MHS';
  const { total_download_bps: down, total_upload_bps: up } = state.update ?? {};
  return `↓${megabits(down)} ↑${megabits(up)} · MHS`;
}

let callOffCheck = () => {};

/** While pushes come nothing else need be looked at: waking up costs more than the look. @param {number} ms */
function checkIn(ms) {
  callOffCheck();
  callOffCheck = browserClock.after(ms, tick);
}

/** Time passes without messages too: ages grow, figures go stale, the chart moves on. */
function tick() {
  const at = now();
  const { phase } = freshness(state, at);
  checkIn(1000);
  header.renderAge(state, at);
  setAttribute(document.body, 'data-fresh', phase);
  if (phase !== 'stale') return;
  document.title = 'No data · MHS';
  wan.redraw(state, at);
}

/**
 * Loads something when it is first asked for; what could not be had is asked for again.
 * @template T @param {() => Promise<T>} load @returns {() => Promise<T>}
 */
function lazy(load) {
  /** @type {Promise<T> | null} */ let loaded = null;
  return () => (loaded ??= load().catch((problem) => {
    loaded = null;
    throw problem;
  }));
}

const deeds = lazy(async () => {
  const [{ commands }, { moreApi }] = await Promise.all([import('./commands.js'), import('./more-api.js')]);
  const server = moreApi(api);
  return { server, ...commands(server, dispatch, () => state) };
});

/** @param {string} key @param {string} alias @returns {Promise<string | null>} why not */
async function rename(key, alias) {
  return deeds().then((known) => known.rename(key, alias), () => UNANSWERED);
}

const limitAsker = lazy(async () => {
  const [{ limitDialog }, { server, limit, forgetRefusal }] = await Promise.all([import('./panels/limit-dialog.js'), deeds(), styled('css/sources.css'), styled('css/limit-dialog.css'), styled('css/rename.css')]);
  const presets = await server.presets();
  const dialog = limitDialog({ set: limit, closed: forgetRefusal });
  extras.push(dialog);
  return { dialog, presets };
});

/** @param {string} key @param {HTMLElement} opener */
async function askForLimit(key, opener) {
  try {
    const { dialog, presets } = await limitAsker();
    const device = state.update?.devices.find((one) => one.key === key);
    if (device) dialog.open(asAnswered(device, state.changes), state.changes, presets, opener);
  } catch (problem) {
    dispatch({ type: 'change', id: changeId('limit', key), change: { phase: 'refused', words: wordsOf(problem) } });
  }
}

const loadDrawer = lazy(async () => {
  const [{ mountDrawer }, { server }] = await Promise.all([import('./panels/drawer.js'), deeds(), styled('css/limit-dialog.css'), styled('css/events.css'), styled('css/drawer.css'), styled('css/rename.css')]);
  drawer = mountDrawer(server, { close: closeDevice, rename, limit: askForLimit, now });
  extras.push(drawer);
  return drawer;
});
/** @type {ReturnType<typeof import('./panels/drawer.js').mountDrawer> | null} */ let drawer = null;
/** The key of the device that is shown, or what the address of the page calls it. @type {string | null} */
let opened = null;
/** Whether the address of the page names a device that no push has shown yet. */
let isSought = deviceOfHash(location.hash) !== null;

/** Shows the device that the address of the page names, by key, MAC or IP address; none closes it. */
async function showDevice() {
  const wanted = deviceOfHash(location.hash);
  const found = deviceCalled(wanted, state.update?.devices ?? []);
  const before = opened;
  opened = found?.key ?? wanted;
  isSought = wanted !== null && found === undefined;
  devices.mark(opened);
  if (opened === null) {
    if (before === null) return;
    drawer?.close();
    devices.focus(before);
    return;
  }
  if (state.update === null) return;
  try {
    const beside = await loadDrawer();
    if (opened !== null) beside.open(opened, state);
  } catch {
    devices.showScan(UNANSWERED, false);
  }
}

/** Another device takes the place of the one that is shown: the browser's Back closes either. @param {string} address */
function openDevice(address) {
  if (opened !== null) return location.replace(address);
  history.pushState({ isOurs: true }, '', address);
  return showDevice();
}

function closeDevice() {
  if (history.state?.isOurs) return history.back();
  history.replaceState(null, '', location.pathname + location.search);
  return showDevice();
}

/** Asks for something that the pushes do not tell, while somebody may look at it. What cannot be had stays as it was. */
async function learn(type, ask) {
  if (document.hidden) return;
  try {
    dispatch({ type, ...(await ask()) });
  } catch (problem) {
    dispatch({ type: `${type}-failed`, detail: wordsOf(problem) });
  }
}

async function askWho() {
  try {
    const [{ mountDoor }, session] = await Promise.all([import('./panels/door.js'), api.session(), styled('css/door.css')]);
    const door = mountDoor(place('open'), /** @type {Element} */ (document.querySelector('.bar')), { signOut });
    door.show(session);
    door.render(state);
    extras.push(door);
  } catch {
    // Whatever it was shows elsewhere too: nothing else works either.
  }
}

async function signOut() {
  try {
    await api.signOut();
    toSignIn();
  } catch (problem) {
    devices.showScan(wordsOf(problem), false);
  }
}

async function scan() {
  devices.showScan('Asking …', true);
  try {
    await api.scan();
    devices.showScan('Looking around …', false);
    browserClock.after(4000, () => devices.showScan('', false));
  } catch (problem) {
    const wait = problem instanceof ApiError && problem.status === 429 ? problem.retryAfter : null;
    if (wait === null) devices.showScan(wordsOf(problem), false);
    else countDown(Math.max(1, Math.ceil(wait)));
  }
}

function countDown(seconds) {
  devices.showScan(seconds > 0 ? `Scanned a moment ago: wait ${seconds} s` : '', seconds > 0);
  if (seconds > 0) browserClock.after(1000, () => countDown(seconds - 1));
}

function remember(sort) {
  try {
    localStorage.setItem(SORT_KEY, JSON.stringify(sort));
  } catch {
    // Storage may be forbidden or full: the order lasts as long as the page.
  }
}

function recallSort() {
  try {
    const sort = JSON.parse(localStorage.getItem(SORT_KEY) ?? 'null');
    if (typeof sort?.column === 'string') {
      dispatch({ type: 'view', view: { sort: { column: sort.column, descending: sort.descending === true } } });
    }
  } catch {
    // As above.
  }
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && opened !== null && !event.defaultPrevented && document.querySelector('dialog:modal') === null) closeDevice();
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  devices.focusSearch();
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  live.wake();
  void loadSources();
  void loadUsage();
});
document.addEventListener('click', (event) => {
  const link = /** @type {Element} */ (event.target).closest?.('a[href^="#device="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void openDevice(/** @type {string} */ (link.getAttribute('href')));
});
addEventListener('hashchange', () => void showDevice());
addEventListener('online', live.wake);
addEventListener('pageshow', live.wake);

recallSort();
render();
live.start();
void loadSources();
void askWho();
void loadUsage();
checkIn(1000);
setInterval(() => void Promise.all([loadSources(), loadHealth()]), SOURCES_EVERY_MS);
setInterval(loadUsage, USAGE_EVERY_MS);
