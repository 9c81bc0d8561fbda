// words: what the interface says, so that a test does not fall when a word
// is changed for a better one.
import { readFileSync } from 'node:fs';

const file = new URL('../../../themes/standard/text/sv.yaml', import.meta.url);
const words = new Map(readFileSync(file, 'utf8').split('\n')
  .map(line => /^([a-z0-9_]+): (.*)$/.exec(line)).filter(Boolean)
  .map(([, key, value]) => [key, value.replace(/^"(.*)"$/, '$1')]));

export function word(key) {
  if (!words.has(key))
    throw new Error(`sv.yaml has no ${key}`);
  return words.get(key);
}
