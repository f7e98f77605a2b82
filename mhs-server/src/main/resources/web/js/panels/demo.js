// Says that all of it is played; loaded only where it is.
import { el } from '../dom.js';

/** @param {Element} main what it is put above @param {string} controls where the household is steered */
export function mountDemo(main, controls) {
  const style = el('link', { rel: 'stylesheet' });
  style.href = 'css/demo.css';
  document.head.append(style);
  const steer = el('a', { target: '_blank', rel: 'noopener noreferrer' }, 'Steer it');
  steer.href = controls; // the server's own setting, an http address
  const what = 'a played household behind a played MikroTik router. Nothing is sent into your network.';
  main.prepend(el('section', { id: 'demo', class: 'card', 'aria-label': 'Demo' }, el('p', {}, el('b', {}, 'Demo: '), what), steer));
}
