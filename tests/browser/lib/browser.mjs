// browser: Chromium with scripts off, and what every page must live up to.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url)
  .resolve('axe-core/axe.min.js'), 'utf8');
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice'];

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
      '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
      '--disable-dev-shm-usage'],
  });
}

// A page of a person who has turned scripts off.  `faults` collects what no
// page may do: reach for another origin, break the policy, set a cookie.
// Scripts are switched off over the debugger, not by the browser context:
// axe could never run in a context without scripts.
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ locale: 'sv-SE',
    viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  const faults = [];

  page.setDefaultTimeout(10000);
  page.on('request', request => {
    if (!request.url().startsWith(url))
      faults.push(`request to ${request.url()}`);
  });
  page.on('console', message => {
    // A page answered 4xx is noted as such; that is no fault of the page.
    if (['error', 'warning'].includes(message.type()) &&
        !/status of 4\d\d/.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  const scripts = on => debug.send('Emulation.setScriptExecutionDisabled',
    { value: !on });
  await scripts(false);
  return { page, context, faults, scripts,
    async close() {
      const cookies = await context.cookies();
      if (cookies.length)
        faults.push(`cookies: ${cookies.map(c => c.name)}`);
      await context.close();
      return faults;
    } };
}

// What axe has to say about the page as it stands, one line a fault.  Text
// must have a contrast of 7:1, more than AA asks; in forced colours the
// palette is the reader's own.
export async function axe(visitor, { forced = false } = {}) {
  await visitor.scripts(true);
  try {
    await visitor.page.evaluate(axeSource);
    const result = await visitor.page.evaluate(([tags, contrast]) =>
      axe.run(document, { runOnly: { type: 'tag', values: tags },
        rules: { 'color-contrast': { enabled: contrast },
          'color-contrast-enhanced': { enabled: contrast },
          'target-size': { enabled: true } } }), [axeTags, !forced]);
    return result.violations.flatMap(rule => rule.nodes.map(node =>
      `${rule.id} (${rule.help}): ${node.html.slice(0, 120)}`));
  } finally {
    await visitor.scripts(false);
  }
}

// Does the page need scrolling sideways, and has it a script or a style of
// its own?
export function shape(page) {
  return page.evaluate(() => {
    const faults = [];
    const wide = document.scrollingElement.scrollWidth;
    const all = [...document.querySelectorAll('*')];

    if (wide > document.documentElement.clientWidth + 1)
      faults.push(`${wide} px wide`);
    for (const e of all)
      if ((/^(SCRIPT|STYLE|IFRAME|OBJECT)$/.test(e.tagName) &&
          e.type !== 'application/ld+json') ||
          e.hasAttribute('style') || e.hasAttribute('placeholder') ||
          [...e.attributes].some(a => a.name.startsWith('on')))
        faults.push(e.outerHTML.slice(0, 100));
    if (document.querySelectorAll('h1').length !== 1)
      faults.push('not one h1');
    return faults;
  });
}
