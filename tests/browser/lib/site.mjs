// site: a copy of the repository's site with keys of its own, built and
// served on a free port, and gone afterwards.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync,
  writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../../..', import.meta.url));
const binary = process.env.BLANKETT ?? join(top, 'build/release/blankett');
const START_MS = 10000;

// Standard output of a command that must succeed.
export function blankett(...args) {
  return execFileSync(binary, args, { encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'] });
}

// The address the server says that it listens on.
function started(child, log) {
  return new Promise((give, fail) => {
    const timer = setTimeout(() => fail(new Error(
      `the server did not start: ${log.join('')}`)), START_MS);
    child.stdout.on('data', () => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(log.join(''));
      if (!found)
        return;
      clearTimeout(timer);
      give(found[0]);
    });
    child.on('exit', () => {
      clearTimeout(timer);
      fail(new Error(`the server ended: ${log.join('')}`));
    });
  });
}

// Every file under a directory.
export function filesUnder(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? filesUnder(join(dir, entry.name))
      : [join(dir, entry.name)]);
}

// `options` are those of serve.
export async function openSite(...options) {
  const dir = mkdtempSync(join(tmpdir(), 'blankett-browser-'));
  const keys = join(dir, 'keys'), data = join(dir, 'data');
  const log = [];
  let child = null, url;

  // However the test ends, the server ends with it.
  const leave = () => {
    child?.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  };
  const close = async () => {
    if (child && child.exitCode === null) {
      const ended = new Promise(give => child.on('exit', give));
      child.kill('SIGTERM');
      await ended;
    }
    process.off('exit', leave);
    leave();
  };
  process.on('exit', leave);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => process.exit(1));

  try {
    for (const part of ['content', 'forms', 'themes'])
      cpSync(join(top, part), join(dir, part), { recursive: true });
    rmSync(join(dir, 'forms/keyset'), { force: true });
    const yaml = join(dir, 'content/site.yaml');
    writeFileSync(yaml, readFileSync(yaml, 'utf8')
      .replace(/^organisation-key:.*\n/m, ''));
    blankett('-C', dir, 'keys', 'init', '--out', keys, '--site', dir,
      '--no-passphrase');
    blankett('-C', dir, 'build');
    child = spawn(binary, ['-C', dir, 'serve', '--dev', '--listen',
      '127.0.0.1:0', '--keys', keys, '--data', data, ...options]);
    child.stdout.on('data', chunk => log.push(String(chunk)));
    child.stderr.on('data', chunk => log.push(String(chunk)));
    url = await started(child, log);
  } catch (fault) {
    await close();
    throw fault;
  }
  return { dir, url, keys, data, log: () => log.join(''),
    close };
}
