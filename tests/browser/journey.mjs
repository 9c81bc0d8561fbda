// journey: a resident finds the form, mends an error, checks, sends, saves
// the receipt; kundcenter fetches and opens it.  Scripts are off throughout.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axe, launch, openPage, shape } from './lib/browser.mjs';
import { kundcenter } from './lib/kundcenter.mjs';
import { blankett, filesUnder, openSite } from './lib/site.mjs';
import { check, done, equal, look, match, ok, step } from './lib/tap.mjs';
import { word } from './lib/words.mjs';

const words = 'Åsa & <b>Örjan</b> säger "tack" – 100 % nöjda, €5';
const changed = `${words} Och en sak till.`;
const address = 'nämnd.örn@example.se';
const form = '/e-tjanster/synpunkt/';

const site = await openSite();
const browser = await launch();
const visitor = await openPage(browser, site.url);
const { page } = visitor;
let reference, code;

const go = path => page.goto(site.url + path);
const press = key => page.getByRole('button',
  { name: word(key), exact: true }).click();
const text = selector => page.locator(selector).first().innerText();
const slip = n => page.locator('.slip dd').nth(n).innerText();
const value = name => page.locator(`[name="${name}"]`).first().inputValue();
const status = async act => {
  const [response] = await Promise.all([
    page.waitForResponse(r => r.request().isNavigationRequest()), act()]);
  return response.status();
};

// The state of the page, looked at as every page is.
const looks = name => look(`${name}: axe and the page's shape`, async () => {
  const faults = [...await axe(visitor), ...await shape(page)];
  ok(!faults.length, faults.join('\n'));
});

await step('the start page leads to the form', async () => {
  await go('/');
  await page.locator('.menu a[href="/synpunkter/"]').click();
  await page.locator(`.service a[href="${form}"]`).click();
  equal(new URL(page.url()).pathname, form, 'address');
});
await looks('empty form');

await step('the skip link comes first and leads to the content', async () => {
  await page.keyboard.press('Tab');
  equal(await text(':focus'), word('skip_link'), 'first stop');
  await page.keyboard.press('Enter');
  equal(new URL(page.url()).hash, '#_main', 'where it leads');
});

await step('an empty form comes back with what is missing', async () => {
  equal(await status(() => press('to_check')), 422, 'status');
  match(await page.title(), /^Fel: /, 'title');
  const alert = page.getByRole('alert');
  equal(await alert.count(), 1, 'summaries');
  ok(await alert.evaluate(e => e === document.activeElement),
    'focus is not in the summary');
  await alert.getByRole('link').first().click();
  equal(await page.evaluate(() => document.activeElement.name), 'meddelande',
    'the link leads to');
});
await looks('form with an error');

await step('a wrong answer is named, and the others are kept', async () => {
  await page.locator('[name=typ][value=klagomal]').check();
  await page.locator('[name=meddelande]').fill(words);
  await page.locator('[name=svar][value=epost]').check();
  await page.locator('[name=epost]').fill('nämnd.örn.example.se');
  equal(await status(() => press('to_check')), 422, 'status');
  equal(await value('meddelande'), words, 'message');
  equal(await value('epost'), 'nämnd.örn.example.se', 'wrong address');
  ok(await page.locator('[name=typ][value=klagomal]').isChecked(), 'choice not kept');
  const field = page.locator('[name=epost]');
  equal(await field.getAttribute('aria-invalid'), 'true', 'aria-invalid');
  const said = await page.getByRole('alert').getByRole('link').innerText();
  ok((await page.locator('#epost-error').innerText()).includes(said),
    'the field says something else than the summary');
});

await step('right answers can be checked before sending', async () => {
  await page.locator('[name=epost]').fill(address);
  equal(await status(() => press('to_check')), 200, 'status');
  ok((await text('h1')).includes(word('check_title')), 'heading');
  const answers = await text('main form');
  ok(answers.includes(words), 'the message is not shown as written');
  ok(answers.includes(address), 'the address is not shown');
});
await looks('check answers');

await step('an answer can be changed and is kept', async () => {
  await page.locator('button[name=_change][value=meddelande]')
    .click();
  equal(await value('meddelande'), words, 'message');
  equal(new URL(page.url()).hash, '#meddelande', 'where it leads');
  await press('to_check');
  ok((await text('h1')).includes(word('check_title')), 'heading');
});

await step('pressing twice sends once and gives a receipt', async () => {
  await page.getByRole('button', { name: word('send'), exact: true })
    .dblclick();
  await page.waitForSelector('.slip');
  reference = await slip(0);
  code = await slip(1);
  match(reference, /^SYN-[0-9A-Z]{4}-[0-9A-Z]{4}$/, 'reference');
  match(code, /^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/, 'code');
  equal(new URL(page.url()).pathname, form, 'address');
  equal(new URL(page.url()).search, '', 'query');
});
await looks('receipt');

await step('the saved receipt is signed and holds no answers', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'),
    press('save_receipt')]);
  const file = join(site.dir, 'kvitto.html');
  await download.saveAs(file);
  const saved = readFileSync(file, 'utf8');
  ok(saved.includes(reference) && saved.includes(code), 'what to save');
  ok(!saved.includes('Örjan') && !saved.includes(address), 'answers in it');
  blankett('verify', file, '--keyset', join(site.dir, 'forms/keyset'),
    '--organisation', join(site.keys, 'organisation.pub'));
});

await step('the saved copy holds the answers', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'),
    press('save_copy')]);
  const file = join(site.dir, 'kopia.html');
  await download.saveAs(file);
  const saved = readFileSync(file, 'utf8');
  ok(saved.includes('&lt;b&gt;Örjan&lt;/b&gt;'), 'the message');
  ok(saved.includes(address), 'the address');
});

await step('back and send again gives the same receipt', async () => {
  await page.goBack();
  ok((await text('h1')).includes(word('check_title')), 'heading');
  await press('send');
  equal(await slip(0), reference, 'reference');
  equal(await slip(1), code, 'code');
});

await step('back, change and send asks before it makes a new case',
  async () => {
    await page.goBack();
    await page.locator('button[name=_change][value=meddelande]')
      .click();
    await page.locator('[name=meddelande]').fill(changed);
    await press('to_check');
    equal(await status(() => press('send')), 409, 'status');
    ok((await text('main')).includes(reference), 'the earlier reference');
  });
await looks('already sent');

await step('the change can be sent as a case of its own', async () => {
  await press('conflict_new');
  ok((await text('main form')).includes(changed), 'the change');
  await press('send');
  ok(await slip(0) !== reference, 'it got the same reference');
  ok(await slip(1) !== code, 'it got the same code');
});

await step('the code shows that nobody has fetched it yet', async () => {
  await go('/svar/');
  await page.locator('[name=code]').fill(code.toLowerCase());
  equal(await status(() => page.locator('main button').click()), 200,
    'status');
  ok((await text('.slip')).includes(word('state_received')), 'state');
  equal(new URL(page.url()).search, '', 'query');
});
await looks('reply box with a case');

await step('a wrong code is told kindly', async () => {
  await go('/svar/');
  await page.locator('[name=code]').fill('0000 0000 0000 0000 0000');
  equal(await status(() => page.locator('main button').click()), 404,
    'status');
  match(await page.title(), /^Fel: /, 'title');
  ok(await page.getByRole('alert').evaluate(e =>
    e === document.activeElement), 'focus is not in the summary');
});
await looks('reply box with a wrong code');

await check('nothing readable lies in the data directory or the log', () => {
  for (const file of filesUnder(site.data)) {
    const bytes = readFileSync(file);
    for (const part of ['Örjan', 'nämnd.örn', 'klagomal'])
      ok(!bytes.includes(part), `${part} in ${file}`);
  }
  for (const part of ['Örjan', 'nämnd.örn', code])
    ok(!site.log().includes(part), `${part} in the log`);
});

const { pull, cases } = kundcenter(site);

await step('kundcenter fetches and opens what was sent', () => {
  pull();
  const exported = cases();
  equal(exported.length, 2, 'cases');
  const first = exported.find(one => one.reference === reference);
  ok(first, `no case ${reference}`);
  equal(first.valid, true, 'valid');
  const answer = id => first.answers.find(a => a.id === id)?.value;
  equal(answer('meddelande'), words, 'message');
  equal(answer('typ'), 'klagomal', 'kind');
  equal(answer('epost'), address, 'address');
  equal(answer('telefon'), undefined, 'a hidden question');
});

await step('a fetched case is shown as fetched', async () => {
  await go('/svar/');
  await page.locator('[name=code]').fill(code);
  await page.locator('main button').click();
  ok((await text('.slip')).includes(word('state_fetched')), 'state');
});

await step('a page rewritten by a translator can still be sent', async () => {
  await go(form);
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body,
      NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode())
      texts.push(walker.currentNode);
    for (const t of texts.filter(t => t.data.trim())) {
      const font = document.createElement('font');
      t.replaceWith(font);
      font.append(t);
    }
  });
  await page.locator('[name=meddelande]').fill('Translated');
  await page.locator('main form button').last().click();
  await page.locator('main form button').last().click();
  match(await slip(0), /^SYN-/, 'reference');
});

await check('no cookie, no other origin, nothing against the policy',
  async () => {
    const faults = await visitor.close();
    ok(!faults.length, faults.join('\n'));
  });

await browser.close();
await site.close();
done();
