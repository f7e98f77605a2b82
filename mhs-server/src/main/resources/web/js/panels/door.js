// Who may come in: a way out for whoever signed in, and a plain word where nobody needs to.
import { el, fill, SET, setAttribute } from '../dom.js';

const SEEN_KEY = 'mhs.open';

/** What anybody on this network can do. @param {Wire.Update | null} update */
export const openTo = (update) => (update?.choices?.limits?.source ? 'read this page and change limits' : 'read this page');

/**
 * @param {Element} root where the word goes
 * @param {Element} bar where the way out goes
 * @param {{signOut: () => void}} actions
 */
export function mountDoor(root, bar, actions) {
  const what = el('b');
  const dismiss = el('button', { type: 'button', on: { click: hide } }, 'Dismiss');
  const how = ['. To ask for a password, set ', el('code', {}, 'DASHBOARD_USER'), ' and ', el('code', {}, 'DASHBOARD_PASS'), ` ${SET}.`];
  let open = false;
  let shown = '';
  let seen = recall();

  function hide() {
    seen = shown;
    try {
      localStorage.setItem(SEEN_KEY, seen);
    } catch {
      // Storage may be forbidden: it comes again with the next visit.
    }
    setAttribute(root, 'hidden', true);
  }

  return {
    /** @param {{needed: boolean, user: string | null}} session */
    show({ needed, user }) {
      open = !needed;
      if (!user) return;
      const title = `Signed in as ${user}`;
      bar.append(el('button', { type: 'button', class: 'quiet out', title, on: { click: actions.signOut } }, 'Sign out'));
    },
    /** @param {Page.State} state */
    render({ update }) {
      if (!open || update === null) return;
      const words = openTo(update);
      if (words === shown) return;
      shown = words;
      fill(what, `Anybody on this network can ${words}`);
      fill(root, el('p', {}, what, ...how), dismiss);
      setAttribute(root, 'hidden', seen === words);
    },
  };
}

function recall() {
  try {
    return localStorage.getItem(SEEN_KEY);
  } catch {
    return null;
  }
}
