import type { Localized } from '../../../platform/base/language.ts';
import { type Html, html } from '../../../platform/http/html.ts';
import { FORMATS } from '../files/school.ts';
import { type Control, controlRow } from '../kit/form-controls.ts';
import { section } from '../kit/parts.ts';
import { officePage } from '../kit/roles.ts';
import type { Visit } from '../kit/visit.ts';
import { classOptions } from './enrol.ts';

const WORDS = {
  title: { fr: 'Exporter', en: 'Export' },
  text: {
    fr: 'Ces fichiers contiennent des données personnelles : gardez-les en lieu sûr.',
    en: 'These files hold personal data: keep them in a safe place.',
  },
  students: { fr: 'Élèves', en: 'Students' },
  averages: { fr: 'Moyennes', en: 'Averages' },
  whole: { fr: 'Toute l’école', en: 'The whole school' },
  wholeText: {
    fr: 'Tout ce que Campus sait, ligne par ligne. La dernière ligne compte les autres : sans elle, le fichier n’est pas entier.',
    en: 'All that Campus knows, line by line. The last line counts the others: without it the file is not whole.',
  },
  class: { fr: 'Classe', en: 'Class' },
  download: { fr: 'Télécharger', en: 'Download' },
} satisfies Record<string, Localized>;

const FILES = '/portal/files';

async function chooser(visit: Visit, what: 'students' | 'averages'): Promise<Html> {
  const controls: readonly Control[] = [
    {
      name: 'class_name',
      label: WORDS.class,
      maxLength: 100,
      options: await classOptions(visit),
      autocomplete: 'off',
    },
    {
      name: 'format',
      label: { fr: 'Format', en: 'Format' },
      as: 'choice',
      bare: true,
      options: Object.entries(FORMATS).map(([value, { name }]) => ({ value, text: visit.say(name) })),
    },
  ];
  // The two forms are on one page, where each control has an id of its own.
  const rows = controls.map((one) => controlRow(visit, { ...one, id: `${what}-${one.name}` }, ''));
  return html`<form class="search" action="${visit.to(`${FILES}/${what}`)}">${rows}<button>${visit.say(WORDS.download)}<span class="hidden">${visit.colon}${visit.say(WORDS[what])}</span></button></form>`;
}

/** `/portal/export`: what the office takes along. */
export const exportPage = officePage('/portal/export', async (visit) => {
  const [students, averages] = await Promise.all([chooser(visit, 'students'), chooser(visit, 'averages')]);
  const title = visit.say(WORDS.title);
  return {
    title,
    body: html`<h1>${title}</h1><p class="lead">${visit.say(WORDS.text)}</p>
${section('students', visit.say(WORDS.students), students)}${section('averages', visit.say(WORDS.averages), averages)}
${section('whole', visit.say(WORDS.whole), html`<p>${visit.say(WORDS.wholeText)}</p><p class="actions"><a class="button quiet" href="${visit.to(`${FILES}/whole`)}">${visit.say(WORDS.download)}<span class="hidden">${visit.colon}${visit.say(WORDS.whole)}</span></a></p>`)}`,
  };
});
