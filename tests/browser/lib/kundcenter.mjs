// kundcenter: what its machine does with the cases of a site under test.
import { join } from 'node:path';
import { blankett } from './site.mjs';

export function kundcenter(site) {
  const own = ['--key', site.keys, '--store', join(site.dir, 'store')];
  // Standard output of `inbox COMMAND...`, which must succeed.
  const inbox = (...args) =>
    blankett('-C', site.dir, 'inbox', ...args, ...own);

  return {
    inbox,
    pull: () => inbox('pull', '--server', site.url),
    // Every case in the store, opened.
    cases: () => inbox('export', '--format', 'jsonl').trim().split('\n')
      .map(line => JSON.parse(line)),
  };
}
