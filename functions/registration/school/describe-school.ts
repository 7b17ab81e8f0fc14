import { isDeepStrictEqual } from 'node:util';
import { allow, signedIn } from '../../../platform/http/access.ts';
import { ok } from '../../../platform/http/answer.ts';
import { operation } from '../../../platform/http/operation.ts';
import { schoolChanged } from '../events.ts';
import { table } from '../table.ts';
import { SchoolFields, SchoolView } from './school.ts';
import * as schools from './school-store.ts';

export const readSchool = operation({
  route: 'GET /school',
  summary: 'The school',
  description:
    'What stands on cards and receipts, and the time zone in which days begin and end. Until an admin has described it: `Campus`, in UTC, its years beginning on 1 August.',
  access: signedIn,
  answers: { 200: SchoolView },
  versioned: true,
  async handle() {
    const school = await schools.find();
    return ok(school, { etag: school.version });
  },
});

export const describeSchool = operation({
  route: 'PUT /school',
  summary: 'Describe the school',
  description:
    'The whole of it: what is left out is gone. `time_zone` is a name of the IANA database, `country` an ISO 3166-1 code, `logo` a PNG or JPEG of 64 KiB at most as a data URL, `year_starts` the month and day on which a school year begins. The other services hear of it.',
  access: allow('admin'),
  body: SchoolFields,
  answers: { 200: SchoolView },
  changes: table,
  versioned: true,
  handle: ({ body, commit }) =>
    commit(schools.find, ({ version, ...before }) => {
      if (version > 0 && isDeepStrictEqual(SchoolView.parse(before), body))
        return { answer: ok(body, { etag: version }) };
      const school = { ...body, version: version + 1 };
      return {
        writes: schools.replace({ ...before, version }, school),
        events: [schoolChanged(school)],
        answer: ok(school, { etag: school.version }),
      };
    }),
});
