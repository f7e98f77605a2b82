// What to write, and where, so that something works; with a button that copies it.
import { el, write } from '../dom.js';

const SHOWN_MS = 2000;

/** Copies a text; the newer clipboard API is missing where the page came by plain HTTP. @param {HTMLElement} code */
function copy(code) {
  const selection = getSelection();
  selection?.selectAllChildren(code);
  const done = document.execCommand('copy');
  if (done) selection?.removeAllRanges();
  return done;
}

/** @param {string} text what to write */
export function copyable(text) {
  const code = el('code', {}, text);
  const button = el('button', { type: 'button', class: 'quiet', on: { click: copied } }, 'Copy');
  function copied() {
    // What could not be copied is left selected.
    write(button, copy(code) ? 'Copied' : 'Press Ctrl+C');
    setTimeout(() => write(button, 'Copy'), SHOWN_MS);
  }
  return el('div', { class: 'remedy' }, code, button);
}

/** @param {Page.Remedy} remedy */
export const remedyNode = ({ title, detail, code }) =>
  el('div', { class: 'way' }, el('h3', {}, title), el('p', { class: 'dim' }, detail), copyable(code));
