import type { Localized } from '../../../platform/base/language.ts';
import type { Role } from '../../../platform/http/access.ts';
import { missing } from '../kit/api.ts';
import { withQuery } from '../kit/page.ts';
import type { Visit } from '../kit/visit.ts';
import { filePage, PDF, type Source } from './file-page.ts';

const OFFICE: readonly Role[] = ['admin'];

/** In which formats the office takes lists along, and what each is called and is. */
export const FORMATS = {
  xlsx: {
    name: { fr: 'Excel (XLSX)', en: 'Excel (XLSX)' },
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  'csv-excel': {
    name: { fr: 'Excel français (CSV, points-virgules)', en: 'French Excel (CSV, semicolons)' },
    type: 'text/csv',
  },
  csv: { name: { fr: 'CSV (virgules)', en: 'CSV (commas)' }, type: 'text/csv' },
  pdf: { name: { fr: 'PDF, à imprimer', en: 'PDF, to print' }, type: PDF },
  json: { name: { fr: 'JSON', en: 'JSON' }, type: 'application/json' },
} as const satisfies Record<string, { readonly name: Localized; readonly type: string }>;

const isFormat = (text: string): text is keyof typeof FORMATS => Object.hasOwn(FORMATS, text);

/** A list as its service makes it of a class, or of all, in the format that is asked for. @throws Refusal 404 for any other */
const listAt =
  (path: string) =>
  ({ query }: Visit): Source => {
    const format = query.get('format') ?? 'xlsx';
    if (!isFormat(format)) throw missing();
    const class_name = query.get('class_name')?.trim() || undefined;
    return { path: withQuery(path, { format, class_name }), type: FORMATS[format].type };
  };

const whole = (): Source => ({ path: '/export', type: 'application/x-ndjson' });

/** `/portal/files/students`, `…/averages` and `…/whole`: what the office takes along. */
export const schoolFiles = [
  filePage('/portal/files/students', listAt('/students/export'), OFFICE),
  filePage('/portal/files/averages', listAt('/grades/export'), OFFICE),
  filePage('/portal/files/whole', whole, OFFICE),
];
