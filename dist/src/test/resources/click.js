// A function that waits until what a selector finds first rests, and then watches what a click in
// its middle meets; it is told where to click. Browser runs it.
(selector, patience) => {
  const found = () => document.querySelector(selector);
  const same = (one, other) =>
    other !== null && ['x', 'y', 'width', 'height'].every(side => one[side] === other[side]);

  /** Lets presses through to what is meant, and to nothing that took its place meanwhile. */
  function watch() {
    const kinds = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
    const told = {
      arrived: false,
      stop: () => kinds.forEach(kind => removeEventListener(kind, meet, true)),
    };
    function meet(event) {
      if (!found()?.contains(event.target)) {
        event.stopImmediatePropagation();
        event.preventDefault();
      } else if (event.type === 'click') {
        told.arrived = true;
      }
    }
    kinds.forEach(kind => addEventListener(kind, meet, true));
    window.clickWatch = told;
  }

  return new Promise((resolve, reject) => {
    const end = performance.now() + patience;
    let last = null;
    let before = null;

    function look() {
      const element = found();
      if (element !== last) {
        element?.scrollIntoView({block: 'center', behavior: 'instant'});
        last = element;
        before = null;
      }
      const now = element?.getBoundingClientRect();
      const at = now && {x: now.x + now.width / 2, y: now.y + now.height / 2};
      const there = at && document.elementFromPoint(at.x, at.y);
      if (now && same(now, before) && element.contains(there)) {
        watch();
        resolve(at);
      } else if (performance.now() > end) {
        const what = !element ? 'is not there' : same(now, before) ? 'is covered' : 'does not rest';
        reject(new Error(`${selector} ${what}: ${there?.outerHTML.slice(0, 200)} is in its place`));
      } else {
        before = now ?? null;
        requestAnimationFrame(look);
      }
    }

    requestAnimationFrame(look);
  });
}
