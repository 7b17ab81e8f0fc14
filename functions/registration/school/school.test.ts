import { beforeAll, describe, expect, test } from '@jest/globals';
import { dayIn } from '../../../platform/base/day.ts';
import { admin, call, guardian, student, teacher } from '../../../tests/support/call.ts';
import { received } from '../../../tests/support/messages.ts';
import { refusalsOf } from '../../../tests/support/refusals.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../school.ts';
import { between, plusDays, schoolYear } from './day.ts';
import { SchoolFields } from './school.ts';
import { schoolDay } from './school-store.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

const logoOf = (bytes: number, type = 'png', head = PNG): string =>
  `data:image/${type};base64,${Buffer.concat([head, Buffer.alloc(bytes - head.length)]).toString('base64')}`;

const lycee = {
  name: 'Lycée de Thiès',
  address: '1 rue de l’Église\nThiès',
  phone: '33 951 11 22',
  head_name: 'Aminata Sall',
  country: 'sn',
  time_zone: 'Africa/Dakar',
};

const describeIt = (body: unknown, headers: Record<string, string> = {}) =>
  call(handler, 'PUT /school', { as: admin, body, headers });

const readIt = (as = admin) => call(handler, 'GET /school', { as });

const told = async () =>
  (await received(process.env.STUDENT_EVENTS_QUEUE_URL ?? '')).map(({ type, data }) => [type, data]);

test('a school that nobody described is one all the same; described, it is told, by versions', async () => {
  expect(await readIt()).toMatchObject({
    status: 200,
    body: { name: 'Campus', time_zone: 'UTC', year_starts: '08-01' },
    headers: { ETag: '"0"' },
  });
  const { status, body, headers } = await describeIt(lycee, { 'If-Match': '"0"' });
  const described = { ...lycee, phone: '+221339511122', country: 'SN', year_starts: '08-01' };
  expect([status, headers.ETag, body]).toEqual([200, '"1"', described]);
  expect(await told()).toEqual([['campus.school.changed', { ...described, version: 1 }]]);
  for (const as of [admin, teacher, student(), guardian()]) expect((await readIt(as)).body).toEqual(described);
  expect((await describeIt(described)).headers.ETag).toBe('"1"');
  expect(await told()).toEqual([]);
  expect((await describeIt(lycee, { 'If-Match': '"0"' })).status).toBe(412);
  const motto = await describeIt({ ...lycee, motto: 'Savoir', year_starts: '10-01' });
  expect(motto).toMatchObject({ headers: { ETag: '"2"' }, body: { motto: 'Savoir', year_starts: '10-01' } });
  expect((await describeIt(lycee)).body).toEqual(described);
});

test('of ten who describe it at once, each is whole', async () => {
  const names = Array.from({ length: 10 }, (_, i) => `Lycée ${i}`);
  const answers = await Promise.all(names.map((name) => describeIt({ ...lycee, name, motto: name })));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  const { body } = await readIt();
  expect(body.motto).toBe(body.name);
});

test('only an admin describes it', async () => {
  for (const as of [teacher, student(), guardian()])
    expect((await call(handler, 'PUT /school', { as, body: lycee })).status).toBe(403);
});

describe('a description', () => {
  const refused = (more: object) => refusalsOf(SchoolFields, { ...lycee, ...more }).map((one) => one.split(':')[0]);

  test.each([
    [{ time_zone: 'Dakar' }, '#/time_zone unknown_time_zone'],
    [{ time_zone: '+00:00' }, '#/time_zone unknown_time_zone'],
    [{ country: 'Sénégal' }, '#/country unknown_country'],
    [{ phone: '12' }, '#/phone invalid_phone'],
    [{ name: '' }, '#/name too_small'],
    [{ year_starts: '02-29' }, '#/year_starts impossible_day'],
    [{ year_starts: '13-01' }, '#/year_starts impossible_day'],
    [{ logo: 'https://ecole.example/logo.png' }, '#/logo invalid_logo'],
    [{ logo: 'data:image/svg+xml;base64,PHN2Zy8+' }, '#/logo invalid_logo'],
    [{ logo: logoOf(100, 'jpeg') }, '#/logo invalid_logo'],
    [{ logo: logoOf(100, 'png', Buffer.from('<script>')) }, '#/logo invalid_logo'],
    [{ logo: logoOf(64 * 1024 + 1) }, '#/logo invalid_logo'],
    [{ founded: 1950 }, '#/founded unknown_field'],
  ])('with %.60j is refused', (more, refusal) => {
    expect(refused(more)).toContain(refusal);
  });

  test('may have a logo of 64 KiB', () => {
    for (const logo of [logoOf(64 * 1024), logoOf(64 * 1024, 'jpeg', Buffer.from('ffd8ffe0', 'hex'))])
      expect(SchoolFields.parse({ ...lycee, logo }).logo).toBe(logo);
  });
});

describe('the school’s day', () => {
  const at = (time: string) => Date.parse(time);

  test('begins at midnight of its time zone, in summer and in winter', () => {
    expect(dayIn('Africa/Dakar', at('2026-11-26T23:59:59Z'))).toBe('2026-11-26');
    expect(dayIn('Europe/Paris', at('2026-11-26T22:59:59Z'))).toBe('2026-11-26');
    expect(dayIn('Europe/Paris', at('2026-11-26T23:00:00Z'))).toBe('2026-11-27');
    expect(dayIn('Europe/Paris', at('2026-07-01T21:59:59Z'))).toBe('2026-07-01');
    expect(dayIn('Europe/Paris', at('2026-07-01T22:00:00Z'))).toBe('2026-07-02');
    expect(dayIn('Pacific/Auckland', at('2026-11-26T11:00:00Z'))).toBe('2026-11-27');
  });

  test('has 23 and 25 hours when the clocks change', () => {
    const hoursOf = (day: string) =>
      Array.from({ length: 72 }, (_, hour) =>
        dayIn('Europe/Paris', at(`${plusDays(day, -1)}T00:00:00Z`) + hour * 3600e3),
      ).filter((one) => one === day).length;
    expect([hoursOf('2026-03-29'), hoursOf('2026-06-01'), hoursOf('2026-10-25')]).toEqual([23, 24, 25]);
  });

  test('is counted from one to the next over the ends of months and years', () => {
    expect([plusDays('2026-12-31', 1), plusDays('2028-03-01', -1), plusDays('2026-03-29', 1)]).toEqual([
      ...['2027-01-01', '2028-02-29', '2026-03-30'],
    ]);
    expect(between('2025-10-01', '2026-07-31')).toBe('2026-03-01');
  });

  test('is that of the zone which the school says', async () => {
    await describeIt({ ...lycee, time_zone: 'Pacific/Kiritimati' });
    expect(await schoolDay(at('2026-11-26T10:00:00Z'))).toBe('2026-11-27');
    await describeIt({ ...lycee, time_zone: 'America/New_York' });
    expect(await schoolDay(at('2026-11-26T04:00:00Z'))).toBe('2026-11-25');
  });

  test.each([
    ['2026-07-31', '08-01', '2025-2026'],
    ['2026-08-01', '08-01', '2026-2027'],
    ['2026-12-31', '10-01', '2026-2027'],
    ['2026-09-30', '10-01', '2025-2026'],
    ['2026-01-01', '01-01', '2026'],
  ])('%s is in a year, those beginning on %s, called %s', (day, starts, label) => {
    expect(schoolYear(day, starts)).toBe(label);
  });
});
