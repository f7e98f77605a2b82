import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverApi, socketAddress } from '../../main/resources/web/js/api.js';
import { gzipSync } from 'node:zlib';
import { liveConnection, retryDelay, SILENCE_MS, unzipped } from '../../main/resources/web/js/live.js';

/** A connection on a clock that is moved by hand and sockets that do what the test says. */
function bench() {
  const timers = new Set();
  const sockets = [];
  const heard = [];
  const links = [];
  let now = 0;
  const clock = {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const advance = (ms) => {
    const end = now + ms;
    for (;;) {
      const due = [...timers].filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      timers.delete(due);
      now = due.at;
      due.run();
    }
    now = end;
  };
  let refuse = false;
  const live = liveConnection({
    open() {
      if (refuse) throw new Error('refused at once');
      const socket = { closed: false, said: [], send(text) { this.said.push(text); }, close() { this.closed = true; } };
      sockets.push(socket);
      return socket;
    },
    clock,
    random: () => 0,
    unzip: (data) => unzipped(data),
    heard: (message) => heard.push(message),
    changed: (link) => links.push(link),
  });
  return {
    live, sockets, heard, links, advance, timers,
    /** Lets time pass without running timers, as a sleeping laptop does. */
    sleep: (ms) => { now += ms; },
    refuse: (value) => { refuse = value; },
    say: (text) => sockets.at(-1).onmessage({ data: text }),
    bytes: (data) => sockets.at(-1).onmessage({ data }),
    drop: () => sockets.at(-1).onclose(),
    last: () => links.at(-1),
  };
}

/** Unpacking is done when it is done. */
async function until(done) {
  while (!done()) await new Promise((resolve) => { setImmediate(resolve); });
}

test('the wait doubles from half a second to ten and stays there', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 100].map((failures) => retryDelay(failures, () => 0));
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
});

test('chance lengthens a wait by a fifth at most and never past ten seconds', () => {
  for (let failures = 1; failures < 12; failures += 1) {
    const least = retryDelay(failures, () => 0);
    const most = retryDelay(failures, () => 0.999);
    assert.ok(most >= least && most <= Math.min(10_000, least * 1.2));
  }
});

test('a message makes the connection live and is handed on', () => {
  const b = bench();
  b.live.start();
  assert.equal(b.last().phase, 'connecting');
  b.say('{"type":"update"}');
  assert.deepEqual(b.heard, [{ type: 'update' }]);
  assert.deepEqual(b.last(), { phase: 'live', attempt: 0, retryAt: null });
});

test('what comes packed is unpacked, in the order in which it came', async () => {
  const b = bench();
  b.live.start();
  const long = JSON.stringify({ n: 1, text: 'x'.repeat(200_000) });
  for (const text of [long, '{"n":2}', '{"n":3}']) b.bytes(gzipSync(text));
  await until(() => b.heard.length === 3);
  assert.deepEqual(b.heard.map(({ n }) => n), [1, 2, 3]);
});

test('what cannot be unpacked is passed over', async () => {
  const b = bench();
  b.live.start();
  b.bytes(new Uint8Array([1, 2, 3]));
  b.bytes(gzipSync('{"n":2}'));
  await until(() => b.heard.length > 0);
  assert.deepEqual(b.heard, [{ n: 2 }]);
});

test('what was packed on a connection that is gone is not heard', async () => {
  const b = bench();
  b.live.start();
  b.bytes(gzipSync('{"n":1}'));
  b.drop();
  b.advance(500);
  b.bytes(gzipSync('{"n":2}'));
  await until(() => b.heard.length > 0);
  assert.deepEqual(b.heard, [{ n: 2 }]);
});

test('a word goes to the connection that is there, and to nobody otherwise', () => {
  const b = bench();
  b.live.say({ type: 'resync' });
  b.live.start();
  b.live.say({ type: 'resync' });
  assert.deepEqual(b.sockets[0].said, ['{"type":"resync"}']);
});

test('a lost connection is dialled again, ever more slowly, and the state is told', () => {
  const b = bench();
  b.live.start();
  b.drop();
  assert.deepEqual(b.last(), { phase: 'waiting', attempt: 1, retryAt: 500 });
  b.advance(499);
  assert.equal(b.sockets.length, 1);
  b.advance(1);
  assert.equal(b.sockets.length, 2);
  b.drop();
  assert.deepEqual(b.last(), { phase: 'waiting', attempt: 2, retryAt: 1500 });
});

test('only a message ends the slowing down, an accepted connection does not', () => {
  const b = bench();
  b.live.start();
  for (let i = 0; i < 5; i += 1) {
    b.drop();
    b.advance(10_000);
  }
  assert.equal(b.last().attempt, 5);
  b.say('{}');
  b.drop();
  assert.equal(b.last().attempt, 1);
});

test('a connection that goes silent without closing is given up and replaced', () => {
  const b = bench();
  b.live.start();
  b.say('{}');
  b.advance(SILENCE_MS - 1);
  assert.equal(b.sockets[0].closed, false);
  b.advance(1);
  assert.equal(b.sockets[0].closed, true);
  assert.equal(b.last().phase, 'waiting');
  b.advance(500);
  assert.equal(b.sockets.length, 2);
});

test('a dial that never ends is given up', () => {
  const b = bench();
  b.live.start();
  b.advance(SILENCE_MS + 500);
  assert.equal(b.sockets.length, 2);
});

test('a socket that cannot even be made is tried again', () => {
  const b = bench();
  b.refuse(true);
  b.live.start();
  assert.equal(b.last().phase, 'waiting');
  b.refuse(false);
  b.advance(500);
  b.say('{}');
  assert.equal(b.last().phase, 'live');
});

test('an old socket has no say any more', () => {
  const b = bench();
  b.live.start();
  b.drop();
  b.advance(500);
  const told = b.links.length;
  b.sockets[0].onclose();
  b.sockets[0].onmessage({ data: '{"old":true}' });
  assert.equal(b.links.length, told);
  assert.deepEqual(b.heard, []);
});

test('what is not JSON is no message', () => {
  const b = bench();
  b.live.start();
  b.say('<html>');
  assert.deepEqual(b.heard, []);
  assert.equal(b.last().phase, 'connecting');
});

test('"try now" does not wait, and does nothing while connected', () => {
  const b = bench();
  b.live.start();
  b.drop();
  b.live.retryNow();
  assert.equal(b.sockets.length, 2);
  b.live.retryNow();
  assert.equal(b.sockets.length, 2);
});

test('waking up from sleep replaces a connection that has been silent too long', () => {
  const b = bench();
  b.live.start();
  b.say('{}');
  b.sleep(60_000);
  b.live.wake();
  assert.equal(b.sockets[0].closed, true);
  assert.equal(b.sockets.length, 2);
});

test('waking up leaves a healthy connection alone', () => {
  const b = bench();
  b.live.start();
  b.say('{}');
  b.live.wake();
  assert.equal(b.sockets.length, 1);
});

test('a hundred lost connections leave one timer behind', () => {
  const b = bench();
  b.live.start();
  for (let i = 0; i < 100; i += 1) {
    b.drop();
    b.advance(10_000);
  }
  assert.equal(b.timers.size, 1);
  b.live.stop();
  assert.equal(b.timers.size, 0);
});

test('addresses are relative to the page, so that a sub-path works', () => {
  assert.equal(socketAddress('http://nas:8000/', false), 'ws://nas:8000/ws?mode=delta');
  assert.equal(socketAddress('https://home.example/mhs/', true), 'wss://home.example/mhs/ws?mode=delta&compress=gzip');
  assert.equal(socketAddress('https://home.example/mhs/index.html', false), 'wss://home.example/mhs/ws?mode=delta');
});

/** An API whose server answers as told; asked: the addresses. */
function answering(response) {
  const asked = [];
  const api = serverApi('https://home.example/mhs/', async (url, options) => {
    asked.push(`${options.method ?? 'GET'} ${url}`);
    if (response instanceof Error) throw response;
    return response;
  });
  return { api, asked };
}

test('a scan is a POST under the page', async () => {
  const { api, asked } = answering(new Response(null, { status: 202 }));
  await api.scan();
  assert.deepEqual(asked, ['POST https://home.example/mhs/api/scan']);
});

test('a refusal carries the words of the server and how long to wait', async () => {
  const { api } = answering(new Response('{"detail":"too soon"}', { status: 429, headers: { 'Retry-After': '7' } }));
  await assert.rejects(api.scan(), { message: 'too soon', status: 429, retryAfter: 7 });
});

test('an error that is no problem+json is told by its status', async () => {
  const { api } = answering(new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }));
  await assert.rejects(api.sources(), { message: 'The server answered 502 Bad Gateway', status: 502, retryAfter: null });
});

test('no answer and a senseless answer are told in words', async () => {
  await assert.rejects(answering(new TypeError('fetch failed')).api.scan(), { message: 'The server does not answer.', status: null });
  await assert.rejects(answering(new Response('{"sources":1}')).api.sources(), { message: 'The answer makes no sense.' });
});
