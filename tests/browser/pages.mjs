// pages: every page and every form of the shipped site, empty and with its
// errors, in the ways people see it; and the theme's own limits.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { axe, launch, openPage, shape } from './lib/browser.mjs';
import { filesUnder, openSite } from './lib/site.mjs';
import { check, done, equal, match, ok } from './lib/tap.mjs';

const CSS_MAX = 10 * 1024;

// Each page and each form's errors are seen in one of these, in turn.
const ways = [
  { name: '1280 light', viewport: { width: 1280, height: 900 } },
  { name: '320 dark', viewport: { width: 320, height: 800 },
    colorScheme: 'dark' },
  { name: '1280 dark', viewport: { width: 1280, height: 900 },
    colorScheme: 'dark' },
  { name: '320 light', viewport: { width: 320, height: 800 } },
  { name: '320 forced colours', viewport: { width: 320, height: 800 },
    colorScheme: 'dark', forcedColors: 'active' },
];

const site = await openSite();
const browser = await launch();
const folder = join(site.dir, 'public');
const paths = filesUnder(folder).filter(file => file.endsWith('.html'))
  .map(file => file.slice(folder.length).replace(/index\.html$/, '')).sort();
const forms = paths.filter(path => /\/e-tjanster\/[a-z-]+\/$/.test(path));

async function visit(way, path, look) {
  const visitor = await openPage(browser, site.url, way);
  const faults = [];

  await visitor.page.goto(site.url + path);
  await look(visitor, faults);
  faults.push(...await axe(visitor, { forced: way.forcedColors }),
    ...await shape(visitor.page), ...await visitor.close());
  ok(!faults.length, faults.join('\n'));
}

for (const [i, path] of paths.entries()) {
  const way = ways[i % ways.length];
  await check(`${path} in ${way.name}`, () => visit(way, path, () => {}));
}

// What the error contract asks of a form that was sent empty.
async function sendEmpty({ page }, faults) {
  await page.locator('main button[name=_action]').click();
  match(await page.title(), /^(Fel|Error): /, 'title');
  // The browser moves the focus when it first draws the page, not before.
  await page.locator('[role=alert]:focus').waitFor({ timeout: 5000 })
    .catch(() => {});
  const found = await page.evaluate(() => {
    const alert = document.querySelector('main > [role=alert]');
    const described = e => (e.getAttribute('aria-describedby') ??
      e.closest('fieldset')?.getAttribute('aria-describedby') ?? '')
      .split(' ').map(id => document.getElementById(id)?.innerText);
    const said = [...document.querySelectorAll('[aria-invalid=true]')]
      .flatMap(described);
    return {
      first: alert === document.querySelector('main').firstElementChild,
      focus: alert === document.activeElement,
      links: [...alert.querySelectorAll('a')].map(a => ({ text: a.innerText,
        to: a.hash, said: said.includes(a.innerText),
        field: document.getElementById(a.hash.slice(1))?.matches(
          'input, textarea') })),
    };
  });
  ok(found.first, 'the summary is not first in main');
  ok(found.focus, 'focus is not in the summary');
  ok(found.links.length > 0, 'the summary has no links');
  for (const link of found.links) {
    if (!link.field)
      faults.push(`${link.to} is not a field`);
    if (!link.said)
      faults.push(`no field says "${link.text}"`);
  }
}

for (const [i, path] of forms.entries()) {
  const way = ways[(i + 1) % ways.length];
  await check(`${path} sent empty, in ${way.name}`, () =>
    visit(way, path, sendEmpty));
}

await check('in forced colours drawings and text have one colour', async () => {
  const visitor = await openPage(browser, site.url, { forcedColors: 'active' });
  let drawings = 0;

  for (const path of paths.filter(p => /roller|ansok\/$/.test(p))) {
    await visitor.page.goto(site.url + path);
    const odd = await visitor.page.evaluate(() =>
      [...document.querySelectorAll('svg.drawing *')]
        .filter(e => getComputedStyle(e).color !==
          getComputedStyle(document.body).color).length);
    drawings += await visitor.page.locator('svg.drawing').count();
    equal(odd, 0, `shapes of ${path} in another colour`);
  }
  ok(drawings > 2, 'there are no drawings');
  await visitor.close();
});

await check('on paper no address is torn', async () => {
  const visitor = await openPage(browser, site.url,
    { viewport: { width: 640, height: 900 } });

  await visitor.page.emulateMedia({ media: 'print' });
  for (const path of paths.filter(p => /\/kontakt\/$/.test(p))) {
    await visitor.page.goto(site.url + path);
    const torn = await visitor.page.evaluate(() =>
      [...document.querySelectorAll('main .contact a')]
        .filter(e => e.getClientRects().length > 1).map(e => e.innerText));
    equal(torn.join(), '', path);
  }
  await visitor.close();
});

await check('an address that leads nowhere is answered with help',
  async () => {
    const visitor = await openPage(browser, site.url);
    const response = await visitor.page.goto(`${site.url}/finns-inte/`);
    equal(response.status(), 404, 'status');
    ok(await visitor.page.locator('main a[href^="tel:"]').count() > 0,
      'no telephone number');
    await visitor.close();
  });

// The browser enforces it above; here, that it allows no more than is used.
await check('the policy of each page fits what is on it', () => {
  for (const path of paths) {
    const file = join(folder, path, path.endsWith('/') ? 'index.html' : '');
    const html = readFileSync(file, 'utf8');
    const policy = /<head>\n<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n/
      .exec(html)?.[1];
    ok(policy, `${path} does not begin with its policy`);
    ok(!/unsafe|\*|https?:|data:/.test(policy), `${path}: ${policy}`);
    ok(policy.startsWith("default-src 'none'; "), `${path}: ${policy}`);
    const forms = /form-action([^;]*)/.exec(policy)[1].trim();
    equal(/<form/.test(html), forms !== "'none'", `${path}: ${forms}`);
    for (const [link] of html.matchAll(/<link rel="stylesheet"[^>]*>/g))
      match(link, /integrity="sha256-[A-Za-z0-9+/]{43}="/, path);
  }
});

// What schema.org lets each type have, of what the site says.
const types = {
  BreadcrumbList: ['itemListElement'],
  ListItem: ['position', 'name', 'item'],
  GovernmentOrganization: ['name', 'url', 'email', 'telephone', 'address',
    'contactPoint'],
  ContactPoint: ['contactType', 'telephone', 'email', 'availableLanguage'],
  GovernmentService: ['name', 'description', 'provider', 'availableChannel',
    'audience'],
  ServiceChannel: ['serviceUrl'],
  Audience: ['audienceType'],
};

function typesIn(node, found, path) {
  const type = node['@type'];

  ok(types[type], `${path}: a node of type ${type}`);
  found.push(type);
  for (const [key, value] of Object.entries(node)) {
    ok(key === '@type' || types[type].includes(key), `${path}: ${key}`);
    if (/^(url|item|serviceUrl)$/.test(key))
      ok(value.startsWith('http'), `${path}: ${key} ${value}`);
    for (const one of [value].flat())
      if (typeof one === 'object')
        typesIn(one, found, path);
  }
}

await check('what pages say to machines is valid, and on the right pages',
  async () => {
    const { page, close } = await openPage(browser, site.url);
    for (const path of paths) {
      await page.goto(site.url + path);
      const blocks = await page.locator('script').allTextContents();
      const crumbs = await page.locator('.crumbs li').allTextContents();
      const title = await page.locator('h1').textContent();
      const found = [];
      ok(blocks.length <= 1, path);
      const said = blocks.length ? JSON.parse(blocks[0]) : { '@graph': [] };
      if (blocks.length)
        equal(said['@context'], 'https://schema.org', path);
      for (const node of said['@graph'])
        typesIn(node, found, path);
      const list = said['@graph'].find(n => n['@type'] === 'BreadcrumbList');
      // The booklet leaves it to the pages that it is made of.
      if (path === '/broschyr/')
        equal(blocks.length, 0, path);
      else if (crumbs.length)
        equal(JSON.stringify(list.itemListElement.map(i => i.name)),
          JSON.stringify([...crumbs, title]), path);
      equal(found.includes('ContactPoint'),
        /^\/((en|lattlast)\/)?(kontakt\/)?$/.test(path), `${path} contacts`);
      // A form, all of them, or the one that the page is about.
      const services = /e-tjanster\/./.test(path) ? 1 : await page.locator(
        path.endsWith('/e-tjanster/') ? '.service'
          : '.text > .service:first-child').count();
      equal(found.filter(type => type === 'GovernmentService').length,
        services, `${path} services`);
    }
    const faults = await close();
    ok(!faults.length, faults.join('\n'));
  });

await check('no two pages share a title or a description', () => {
  for (const pattern of [/<title>([^<]*)/,
    /<meta name="description" content="([^"]*)/]) {
    const seen = new Map();
    for (const path of paths) {
      const file = join(folder, path, path.endsWith('/') ? 'index.html' : '');
      const lang = /<html lang="([a-z]+)/.exec(readFileSync(file))[1];
      const found = pattern.exec(readFileSync(file, 'utf8'))?.[1];
      ok(found, `${path} has none`);
      const other = seen.get(lang + found);
      ok(!other, `${path} and ${other}: ${found}`);
      seen.set(lang + found, path);
    }
  }
});

// What only forms or the booklet have is in a second sheet.
await check(`a page's style sheets are at most ${CSS_MAX} bytes`, () => {
  for (const path of paths) {
    const file = join(folder, path, path.endsWith('/') ? 'index.html' : '');
    const html = readFileSync(file, 'utf8');
    const sheets = [...html.matchAll(/rel="stylesheet" href="([^"]*)"/g)]
      .map(([, url]) => readFileSync(join(folder, url), 'utf8'));
    equal(sheets.length, /broschyr|\/(e-tjanster\/.|svar)/.test(path) ? 2 : 1,
      `sheets of ${path}`);
    const bytes = Buffer.byteLength(sheets.join(''));
    ok(bytes <= CSS_MAX, `${bytes} bytes: ${path}`);
    ok(!/@import|@font-face|url\(/.test(sheets), `${path} fetches more`);
  }
});

await browser.close();
await site.close();
done();
