import { readFileSync } from 'node:fs';

/** A golden message, parsed anew for each caller. */
export const golden = (name) =>
  JSON.parse(readFileSync(new URL(`../resources/wire/${name}.json`, import.meta.url), 'utf8'));

export const WEB = new URL('../../main/resources/web/', import.meta.url);
