// Runs before the first paint, hence a classic script: no flash of the wrong theme. The choice is
// 'auto' (as the system prefers), 'dark' or 'light'; the page's <html> carries the theme in effect.
(() => {
  const KEY = 'mhs.theme';
  const CHOICES = ['auto', 'dark', 'light'];
  const light = matchMedia('(prefers-color-scheme: light)');
  let choice = 'auto';
  try {
    choice = localStorage.getItem(KEY) ?? 'auto';
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  if (!CHOICES.includes(choice)) choice = 'auto';

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
