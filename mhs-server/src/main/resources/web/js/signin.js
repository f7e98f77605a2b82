// The sign-in page: asks for a session, and goes to the dashboard once there is one.
const form = /** @type {HTMLFormElement} */ (document.querySelector('form'));
const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'));
const problem = /** @type {Element} */ (document.getElementById('problem'));
const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

const enter = () => location.replace(new URL('./' + location.hash, document.baseURI));

/** @param {RequestInit} [options] */
const ask = (options) =>
  fetch('api/session', { headers: { 'X-Requested-With': 'fetch' }, signal: AbortSignal.timeout(15_000), ...options });

/** Shown as text; a new node is heard by screen readers even where the words are the same. @param {string} words */
const tell = (words) => problem.replaceChildren(words);

async function signIn() {
  button.disabled = true;
  tell('');
  try {
    const body = JSON.stringify({ user: field('user').value, pass: field('pass').value });
    const answer = await ask({ method: 'POST', body });
    if (answer.ok) return enter();
    if (answer.status === 429) return void waitFor(Number(answer.headers.get('Retry-After')) || 1);
    const { detail } = await answer.json().catch(() => ({}));
    tell(detail ?? `The server answered ${answer.status}.`);
  } catch {
    tell('The server does not answer.');
  }
  button.disabled = false;
  field('pass').select();
}

/** Too many were wrong lately, perhaps not ours: tries again by itself. @param {number} seconds */
function waitFor(seconds) {
  if (seconds <= 0) return void signIn();
  tell(`Too many wrong passwords lately. Trying again in ${seconds} s …`);
  setTimeout(waitFor, 1000, seconds - 1);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void signIn();
});

// Not by an attribute: that does nothing where the address has a fragment.
field('user').focus();

// Whoever comes by a link from elsewhere is sent here although signed in: the cookie stays at home.
ask().then(async (answer) => {
  const { needed, user } = await answer.json();
  if (!needed || user) enter();
}, () => {});
