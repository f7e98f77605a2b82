// What the reader asks for on its way to the server and back into the state. Loaded with what asks.
import { wordsOf } from './api.js';
import { changeId } from './changes.js';

/**
 * @param {any} api
 * @param {(event: Page.Event) => void} dispatch
 * @param {() => Page.State} state
 */
export function commands(api, dispatch, state) {
  const ts = () => state().update?.ts ?? 0;
  return {
    /** @param {string} key @param {Page.Wanted} wanted */
    async limit(key, wanted) {
      const id = changeId('limit', key);
      const tell = (change) => dispatch({ type: 'change', id, change });
      tell({ phase: 'applying', wanted });
      try {
        const { download_mbps, upload_mbps, enforced, reason } = await api.limit(key, wanted);
        tell({ phase: 'applied', answer: { download_mbps, upload_mbps, enforced, reason }, ts: ts() });
      } catch (problem) {
        tell({ phase: 'refused', words: wordsOf(problem) });
      }
    },
    /** Done with a wish that was not granted. @param {string} key */
    forgetRefusal(key) {
      const id = changeId('limit', key);
      if (state().changes[id]?.phase === 'refused') dispatch({ type: 'change', id, change: null });
    },
    /** @param {string} key @param {string} alias empty takes it away @returns {Promise<string | null>} why not */
    async rename(key, alias) {
      try {
        await api.alias(key, alias);
        dispatch({ type: 'change', id: changeId('alias', key), change: { phase: 'applied', alias, ts: ts() } });
        return null;
      } catch (problem) {
        return wordsOf(problem);
      }
    },
  };
}
