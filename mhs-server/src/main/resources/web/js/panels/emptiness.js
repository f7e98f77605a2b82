// A list of devices with nobody in it: why, and what to check. Loaded where it is so.
import { standing } from '../state.js';

/** After this long without a device the empty table says what to check. */
const PATIENCE_SECONDS = 30;

/** What to say and what to check. @param {{update: Wire.Update, startedAt: number}} state @param {number} at @returns {[string, string]} */
export function emptiness(state, at) {
  const { update, startedAt } = state;
  const { source, reason, kind } = standing(update, 'devices');
  if (kind === 'none') {
    return ['Nobody can look', `${reason || 'No source answers for devices'}. The sources below say what would mend it.`];
  }
  if (kind === 'waiting' || at - startedAt < PATIENCE_SECONDS * 1000) {
    return ['Looking around …', 'No devices yet: the first look at a network takes up to a minute.'];
  }
  return [
    'Still no devices',
    `${source} answers but sees nobody. Check that this machine is on the network that you want to see, that looking is not switched off (local.scan), and what the sources below say.`,
  ];
}
