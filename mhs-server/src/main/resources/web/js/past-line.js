// What only an older time of the line needs: its layers, and its marks. Pure; loaded when one is first looked at.
import { addMoment, moment, noLayers, plus } from './stack.js';

export { momentWords, timeMarks, timeSpan } from './time-marks.js';

/**
 * What the history answered, as layers; a step in which nothing was measured is a gap.
 * @param {Wire.Shares} answer @returns {Page.Layers}
 */
export function pastLayers({ ts, step_seconds: step, line, devices, others }) {
  const layers = noLayers();
  const gap = [...devices.map(() => null), null, null];
  const names = ['download_bps', 'upload_bps'];
  ts.forEach((begin, i) => {
    if (i > 0 && begin - ts[i - 1] > step * 1.5) {
      addMoment(layers, ts[i - 1] + step * 1.5, [null, null], [gap, gap]);
    }
    const moved = names.map((name) => line[name][i]);
    addMoment(layers, begin + step / 2, moved, names.map((name, direction) => {
      const all = [others, ...devices].reduce((sum, one) => plus(sum, one[name][i]), null);
      return moment(moved[direction], all, devices.map((device) => device[name][i]));
    }));
  });
  return layers;
}
