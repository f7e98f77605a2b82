// Rules that hold for the page as a whole: nothing parses markup, nothing is inline, nothing comes
// from elsewhere, and all of it stays light.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { golden, WEB } from './golden.mjs';

// What the page weighs is held where it is served (ServedPageTest); this is about what people must read.
const BUDGET_LINES = 3850; // of code: what is said about it costs the reader nothing
const read = (path) => readFileSync(new URL(path, WEB), 'utf8');
const files = readdirSync(WEB, { recursive: true })
  .map(String)
  .filter((path) => statSync(new URL(path, WEB)).isFile())
  .sort();
const own = files.filter((path) => path.startsWith('js/') && path.endsWith('.js'));

test('every script parses', () => {
  for (const path of own) execFileSync(process.execPath, ['--check', fileURLToPath(new URL(path, WEB))]);
  assert.ok(own.length >= 10);
});

test('nothing of ours parses text as markup or as code', () => {
  const banned = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML|srcdoc\s*=|\beval\(|new Function|cssText/;
  for (const path of own) {
    const code = read(path).replace(/^const FORBIDDEN.*$/m, '');
    assert.doesNotMatch(code, banned, path);
  }
});

test('only dom.js makes nodes', () => {
  for (const path of own.filter((name) => name !== 'js/dom.js')) {
    assert.doesNotMatch(read(path), /createElement|createTextNode|cloneNode|importNode/, path);
  }
});

test('only the chart knows uPlot', () => {
  for (const path of own.filter((name) => name !== 'js/chart.js')) {
    assert.doesNotMatch(read(path), /globalThis\)?\.uPlot|new uPlot|\buPlot\./i, path);
  }
});

test('only the wiring reads a clock', () => {
  for (const path of own.filter((name) => !['js/main.js', 'js/live.js'].includes(name))) {
    assert.doesNotMatch(read(path), /Date\.now|performance\.now|new Date\(\)/, path);
  }
});

test('the page has nothing inline and fetches nothing from elsewhere', () => {
  const html = read('index.html');
  assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=/i);
  for (const [script] of html.matchAll(/<script\b[^>]*>[^<]*/g)) assert.match(script, /src="[^"]+"[^>]*>$/);
  for (const path of [...own, ...files.filter((path) => path.endsWith('.css')), 'index.html']) {
    assert.doesNotMatch(read(path).replace(/http:\/\/www\.w3\.org\/2000\/svg/g, ''), /https?:\/\/|@import|url\(['"]?(\/|data:)/, path);
  }
});

test('every address in the page is relative and exists', () => {
  const html = read('index.html');
  const addresses = [...html.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map((match) => match[1]);
  assert.ok(addresses.length >= 5);
  for (const address of addresses) assert.ok(files.includes(address), address);
});

test('every import exists', () => {
  for (const path of own) {
    for (const [, target] of read(path).matchAll(/from '([^']+)'/g)) {
      const resolved = new URL(target, new URL(path, WEB)).href.slice(WEB.href.length);
      assert.ok(files.includes(resolved), `${path}: ${target}`);
    }
  }
});

test('our own scripts stay within 3,850 lines of code', () => {
  const isCode = (line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line);
  const lines = own.reduce((sum, path) => sum + read(path).split('\n').filter(isCode).length, 0);
  assert.ok(lines <= BUDGET_LINES, `${lines} lines`);
});

test('the library is the one that its README describes', () => {
  const readme = read('vendor/uplot/README.md');
  for (const name of ['uPlot.iife.min.js', 'LICENSE']) {
    const sum = createHash('sha256').update(readFileSync(new URL(`vendor/uplot/${name}`, WEB))).digest('hex');
    assert.ok(readme.includes(sum), name);
  }
});

test('the golden messages have the fields that the types name', () => {
  const types = read('js/wire.d.ts');
  const fields = (name) =>
    [...new RegExp(`interface ${name} [^{]*\\{([^]*?)\n  \\}`).exec(types)[1].matchAll(/^ {4}(\w+):/gm)].map((m) => m[1]);
  const update = golden('update');
  assert.deepEqual(Object.keys(update), fields('Update'));
  assert.deepEqual(Object.keys(golden('update-empty')), fields('Update'));
  for (const device of update.devices) assert.deepEqual(Object.keys(device), fields('Device'));
  const deltaFields = new Set([...fields('Update'), ...fields('Delta'), 'removed', 'order', 'boxes']);
  for (const name of Object.keys(golden('delta'))) assert.ok(deltaFields.has(name), name);
  for (const box of golden('ports').boxes) {
    assert.deepEqual(Object.keys(box), fields('Box'));
    for (const port of box.ports) assert.deepEqual(Object.keys(port), fields('Port'));
  }
  for (const source of update.sources) assert.deepEqual(Object.keys(source), fields('Source'));
  for (const source of golden('sources').sources) {
    assert.deepEqual(Object.keys(source), [...fields('Source'), ...fields('SourceDetails')]);
    for (const status of source.status) assert.deepEqual(Object.keys(status), fields('CapabilityStatus'));
  }
});
