// Runs before the first paint, hence a classic script: no flash of the wrong theme. Dark unless the
// reader chooses 'light' or 'auto' (as the system prefers); <html> carries the theme in effect.
(() => {
  const KEY = 'mhs.theme';
  const CHOICES = ['dark', 'light', 'auto'];
  const light = matchMedia('(prefers-color-scheme: light)');
  let choice = null;
  try {
    choice = localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  if (!CHOICES.includes(choice)) choice = CHOICES[0];

  const apply = () => {
    const theme = choice === 'auto' ? (light.matches ? 'light' : 'dark') : choice;
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent('mhs-theme', { detail: { choice, theme } }));
  };

  document.addEventListener('mhs-theme-next', () => {
    choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // As above.
    }
    apply();
  });
  document.addEventListener('mhs-theme-ask', apply);
  light.addEventListener('change', apply);
  apply();
})();
