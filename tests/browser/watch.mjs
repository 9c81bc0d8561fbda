// watch: the page of an editor loads itself again when a file is saved, shows
// what is wrong, and is back when it is mended.
import { appendFileSync, readFileSync, renameSync,
  writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './lib/browser.mjs';
import { openSite } from './lib/site.mjs';
import { check, done, equal, match, ok, step } from './lib/tap.mjs';
import { word } from './lib/words.mjs';

const site = await openSite('--watch');
const browser = await launch();
const context = await browser.newContext({ locale: 'sv-SE',
  viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
const faults = [];
const file = join(site.dir, 'content/roller.md');
const good = readFileSync(file, 'utf8');
let loads = 0;

page.setDefaultTimeout(15000);
page.on('load', () => loads++);
page.on('console', message => {
  // A page of faults is answered 500, and is noted as such.
  if (['error', 'warning'].includes(message.type()) &&
      !/status of 500/.test(message.text()))
    faults.push(message.text());
});
page.on('pageerror', fault => faults.push(String(fault)));
page.on('request', request => {
  if (!request.url().startsWith(site.url))
    faults.push(`request to ${request.url()}`);
});

const shows = text => page.locator('main', { hasText: text }).waitFor();

await step('a saved page is loaded again where the reader was', async () => {
  await page.goto(`${site.url}/roller/`);
  await page.evaluate(() => scrollTo(0, 400));
  const before = loads;
  const saved = Date.now();

  appendFileSync(file, '\nEtt nytt ord: xylofon.\n');
  await shows('xylofon');
  console.log(`# ${Date.now() - saved} ms from saved to shown`);
  equal(loads - before, 1, 'loads');
  await page.waitForFunction(() => scrollY === 400);
});

await step('a fault takes its place, with file and line', async () => {
  writeFileSync(file, good.replace('---\n\n', '---\n\n[x](ingen.md)\n\n'));
  await shows(word('build_error_lead'));
  match(await page.locator('.errors code').innerText(),
    /^content\/roller\.md:\d+$/, 'place');
  match(await page.locator('.errors li').innerText(), /ingen\.md/, 'fault');
});

await step('mended, the page is back', async () => {
  writeFileSync(`${file}.new~`, `${good}\nMarimba.\n`);
  renameSync(`${file}.new~`, file);
  await shows('Marimba');
});

await step('many saves at once end with the last', async () => {
  for (let i = 1; i <= 20; i++)
    writeFileSync(file, `${good}\nNummer ${i}.\n`);
  await shows('Nummer 20.');
});

await step('a page that is not looked at waits until it is', async () => {
  const other = await context.newPage();

  await other.goto(`${site.url}/`);
  await other.bringToFront();
  appendFileSync(file, '\nCelesta.\n');
  await page.bringToFront();
  await shows('Celesta');
  await other.close();
});

await step('nothing is loaded again without a reason', async () => {
  const before = loads;

  await new Promise(give => setTimeout(give, 1500));
  equal(loads, before, 'loads');
});

await check('the policy is kept and nothing else is asked for', () => {
  ok(!faults.length, faults.join('\n'));
});

await browser.close();
await site.close();
done();
