// forms: every shipped form, in each of its languages, from its page to its
// receipt and on to kundcenter, filled in as different people would.  Scripts
// are off throughout.  What a person wrote is what kundcenter reads, and lies
// readable nowhere on the server.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { axe, launch, openPage, shape } from './lib/browser.mjs';
import { kundcenter } from './lib/kundcenter.mjs';
import { filesUnder, openSite } from './lib/site.mjs';
import { check, done, equal, match, ok, step } from './lib/tap.mjs';

// In all that is written, so that it can be searched for.
const mark = 'Blåklocka';
const long = `${mark}: "vi ses" <sällan> & går = ut.\nAndra raden.`;
const street = `${mark}vägen 7`;
const letter = { city: 'Lindvik', postcode: '434 81', street };
const typed = { street, postcode: '43481', city: 'Lindvik' };

// `answers` in the order of the form; `kept` where what kundcenter gets is
// written in another way than it was typed.  `errors` are the questions that
// the form asks for when it comes back empty; with them, each page on the way
// is looked at too.
const journeys = [
  { who: 'an adult applies for themselves', form: 'ansokan', prefix: 'ANS',
    errors: ['sjalv', 'namn', 'har-personnummer', 'kontakt', 'lag', 'behov'],
    answers: { sjalv: 'ja', namn: `${mark} Öberg`, 'har-personnummer': 'ja',
      personnummer: '121212-1212', kontakt: 'telefon',
      telefon: '070-174 06 05', tolk: `${mark}, teckenspråk`, lag: 'lss',
      intyg: 'skickar', behov: long, redan: `${mark} finns`,
      aktiviteter: `${mark} fika`, person: `${mark} någon` },
    kept: { personnummer: '20121212-1212' } },
  { who: 'a guardian applies for a child without a personnummer',
    form: 'ansokan', prefix: 'ANS',
    answers: { sjalv: 'nej', roll: 'vardnadshavare',
      foretradare: `${mark} Älv`, eniga: 'nej',
      'andra-vardnadshavaren': `${mark} Ek`, vill: 'ja', namn: `${mark} Ask`,
      'har-personnummer': 'nej', fodelsedatum: [3, 4, 2015],
      kontakt: 'brev', adress: typed, lag: 'vet-inte', behov: long },
    kept: { fodelsedatum: '2015-04-03', adress: letter } },
  { who: 'an ombud applies by e-mail', form: 'ansokan', prefix: 'ANS',
    answers: { sjalv: 'nej', roll: 'ombud', foretradare: `${mark} Lind`,
      vill: 'vet-inte', namn: `${mark} Hav`, 'har-personnummer': 'senare',
      kontakt: 'epost', epost: 'blåklocka@example.se', lag: 'sol',
      behov: long } },
  { who: 'somebody wants to be a contact person', form: 'intresse',
    prefix: 'INT', errors: ['namn', 'kontakt'],
    answers: { namn: `${mark} Strand`, kontakt: 'epost',
      epost: 'blåklocka@example.se', 'kanner-till': long, varfor: long,
      sysselsattning: `${mark} läser`, tidigare: long, natverk: long,
      intressen: long, foreningar: `${mark} kör`, tid: 'varannan',
      beskrivning: long, egenskaper: long, erfarenhet: long } },
  { who: 'somebody offers help in English', form: 'intresse', lang: 'en',
    prefix: 'INT', errors: ['namn', 'kontakt'],
    answers: { namn: `${mark} Shore`, kontakt: 'telefon',
      telefon: '070-174 06 06', varfor: long, tid: 'vet-inte' } },
  { who: 'a contact person reports after a month', form: 'aterkoppling',
    errors: ['namn', 'uppdrag', 'manad', 'antal', 'hur', 'annorlunda'],
    answers: { namn: `${mark} Sund`, uppdrag: mark, manad: 'oktober 2026',
      antal: '4', hur: 'blandat', gjort: long, annorlunda: 'ja',
      'vad-annorlunda': long, uppfoljning: 'ja', varfor: long,
      telefon: '070-174 06 07' } },
  { who: 'a contact person reports a wrong without a name',
    form: 'avvikelse', errors: ['slag', 'handelse'],
    answers: { slag: 'hant', handelse: long, nar: [1, 11, 2026],
      plats: `${mark} torg`, vem: mark, gjort: long, kontakt: 'nej' },
    kept: { nar: '2026-11-01' } },
  { who: 'a contact person reports a wrong and can be reached',
    form: 'avvikelse',
    answers: { slag: 'risk', handelse: long, kontakt: 'ja',
      namn: `${mark} Ås`, telefon: '070-174 06 08' } },
  { who: 'somebody complains and wants a letter', form: 'synpunkt',
    prefix: 'SYN', errors: ['meddelande'],
    answers: { typ: 'klagomal', meddelande: long, svar: 'brev',
      adress: typed }, kept: { adress: letter } },
  { who: 'somebody just says something', form: 'synpunkt', prefix: 'SYN',
    answers: { meddelande: long } },
  { who: 'somebody asks in English', form: 'synpunkt', lang: 'en',
    prefix: 'SYN', errors: ['meddelande'],
    answers: { typ: 'fraga', meddelande: long, svar: 'telefon',
      telefon: '+46 70 174 06 09' } },
  { who: 'somebody reports an error on a page', form: 'sidfel',
    prefix: 'FEL', errors: ['meddelande'],
    answers: { sida: '/kontakt/', meddelande: long,
      epost: 'blåklocka@example.se' } },
  { who: 'somebody reports an error in English', form: 'sidfel', lang: 'en',
    prefix: 'FEL', errors: ['meddelande'],
    answers: { meddelande: long } },
];

const site = await openSite();
const browser = await launch();
const visitor = await openPage(browser, site.url,
  { viewport: { width: 320, height: 640 } });
const { page } = visitor;
const sent = new Map(); // reference -> journey

const address = j => `${j.lang ? `/${j.lang}` : ''}/e-tjanster/${j.form}/`;
const press = async action => {
  const [response] = await Promise.all([
    page.waitForResponse(r => r.request().isNavigationRequest()),
    page.locator(`main button[name=_action][value=${action}]`).click()]);
  return response.status();
};

async function fill(id, value) {
  const field = name => page.locator(`main [name="${name}"]`);

  if (Array.isArray(value)) {
    for (const [i, part] of ['day', 'month', 'year'].entries())
      await field(`${id}-${part}`).fill(String(value[i]));
  } else if (typeof value === 'object') {
    for (const [part, text] of Object.entries(value))
      await field(`${id}-${part}`).fill(text);
  } else if (await field(id).first().getAttribute('type') === 'radio') {
    await page.locator(`main [name="${id}"][value="${value}"]`).check();
  } else {
    await field(id).fill(value);
  }
}

async function looksRight(where) {
  const faults = [...await axe(visitor), ...await shape(page)];

  ok(!faults.length, `${where}: ${faults.join('\n')}`);
}

async function travel(j) {
  await page.goto(site.url + address(j));
  if (j.errors) {
    equal(await press('next'), 422, 'status of an empty form');
    const named = await page.getByRole('alert').getByRole('link')
      .evaluateAll(links => links.map(a => a.hash.slice(1)));
    // Parts and options have ids of their own, which begin with the question's.
    equal(named.length, j.errors.length, `errors (${named})`);
    for (const [i, id] of j.errors.entries())
      ok(new RegExp(`^${id}([-_]|$)`).test(named[i]),
        `${named[i]} instead of ${id}`);
    await looksRight('errors');
  }
  for (const [id, value] of Object.entries(j.answers))
    await fill(id, value);
  const status = await press('next');
  if (status !== 200)
    throw new Error(`check-answers: ${status}: ` +
      await page.getByRole('alert').innerText());
  const shown = await page.locator('main form').innerText();
  ok(shown.includes(mark), 'answers are not shown to be checked');
  if (j.errors)
    await looksRight('check answers');
  equal(await press('send'), 200, 'status of send');
  const reference = await page.locator('.slip dd').first().innerText();
  match(reference, new RegExp(`^${j.prefix ?? '[A-Z]+'}-`), 'reference');
  equal(new URL(page.url()).search, '', 'query');
  if (j.errors)
    await looksRight('receipt');
  sent.set(reference, j);
}

for (const j of journeys)
  await check(`${address(j)}: ${j.who}`, () => travel(j));

await check('every shipped form was travelled', () => {
  const shipped = readdirSync(new URL('../../forms', import.meta.url))
    .filter(name => name.endsWith('.md')).sort();
  const travelled = new Set(journeys.map(j =>
    `${j.form}${j.lang ? `.${j.lang}` : ''}.md`));
  equal([...travelled].sort().join(), shipped.join(), 'forms');
});

await check('nothing that was written lies on the server', () => {
  const parts = [mark, 'blåklocka', '121212', '070-174', 'Lindvik'];
  for (const file of filesUnder(site.data)) {
    const bytes = readFileSync(file);
    for (const part of parts)
      ok(!bytes.includes(part), `${part} in ${file}`);
  }
  for (const part of parts)
    ok(!site.log().includes(part), `${part} in the log`);
  for (const file of filesUnder(site.dir))
    ok(!readFileSync(file).includes(mark), `${mark} in ${file}`);
});

const { inbox, pull, cases } = kundcenter(site);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

await step('kundcenter fetches every case', () => {
  pull();
  const list = inbox('list');
  for (const reference of sent.keys())
    ok(list.includes(reference), `${reference} is not in the list`);
});

await step('kundcenter reads what each person wrote', () => {
  const all = cases();
  equal(all.length, sent.size, 'cases');
  for (const one of all) {
    const j = sent.get(one.reference);
    ok(j && one.form === j.form && one.valid, `${one.reference}: ${one.form}`);
    const given = Object.fromEntries(one.answers.filter(a =>
      a.value !== undefined && a.value !== null && a.value !== '')
      .map(a => [a.id, a.value]));
    const meant = { ...j.answers, ...j.kept };
    for (const id of new Set([...Object.keys(meant), ...Object.keys(given)]))
      ok(same(given[id], meant[id]), `${j.who}: ${id}: ` +
        `${JSON.stringify(given[id])}, not ${JSON.stringify(meant[id])}`);
  }
});

await step('kundcenter shows a case, writes a table, and is done', () => {
  const [[reference]] = sent;
  ok(inbox('show', reference).includes(mark), 'show');
  const out = join(site.dir, 'out');
  for (const format of ['csv', 'html'])
    inbox('export', '--format', format, '--out', out);
  ok(filesUnder(out).some(f => readFileSync(f).includes(mark)), 'export');
  inbox('done', ...sent.keys(), '--server', site.url);
  inbox('verify');
});

await check('no cookie, no other origin, nothing the policy stops',
  async () => {
    const faults = await visitor.close();
    ok(!faults.length, faults.join('\n'));
  });

await browser.close();
await site.close();
done();
