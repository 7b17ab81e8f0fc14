import { describe, expect, test } from '@jest/globals';
import { fieldsRefused, refusalsOf } from '../../../tests/support/refusals.ts';
import * as amendments from './amendments.ts';
import { type Amendment, Filters, type Student } from './student.ts';
import { passes, searchFor } from './student-index.ts';

const student: Student = {
  id: 7,
  name: 'Fatou Diop',
  first_name: 'Fatou',
  last_name: 'Diop',
  email: 'fatou@campus.example',
  phone: '+221771234567',
  requested_class: '3B',
  username: 'fatou',
  status: 'pending',
  enrolments: [],
  paid: false,
  notified: false,
  registered_at: '2026-01-01T00:00:00.000Z',
  version: 4,
};

const calendar = { today: '2026-11-26', yearOf: () => '2026-2027' };

const amended = (before: Student, patch: Amendment) => amendments.amended(before, patch, calendar);

describe('a merge patch of a student', () => {
  test('of nothing is a new version of the same', () => {
    expect(amended(student, {})).toEqual({ ...student, version: 5 });
  });

  test.each(['email', 'phone', 'matricule', 'birth_place', 'username'] as const)(
    'takes %s away by null, and replaces it by a value',
    (field) => {
      expect(amended({ ...student, [field]: 'old' }, { [field]: null })[field]).toBeUndefined();
      expect(amended(student, { [field]: 'new' })[field]).toBe('new');
    },
  );

  test.each([
    [{ name: 'Awa Ndiaye Fall' }, 'Awa Ndiaye Fall', 'Awa Ndiaye', 'Fall'],
    [{ first_name: 'Awa' }, 'Awa Diop', 'Awa', 'Diop'],
    [{ last_name: 'Fall' }, 'Fatou Fall', 'Fatou', 'Fall'],
    [{ first_name: null }, 'Diop', undefined, 'Diop'],
    [{ last_name: null }, 'Fatou', 'Fatou', undefined],
    [{ name: 'Awa Fall', last_name: null }, 'Awa Fall', 'Awa', 'Fall'],
  ])('of %j names %s', (patch, name, first_name, last_name) => {
    expect(amended(student, patch)).toMatchObject({ name, first_name, last_name });
  });

  test('leaves a name', () => {
    const nameless = () => amended(student, { first_name: null, last_name: null });
    expect([...fieldsRefused(nameless, 'fr'), ...fieldsRefused(nameless, 'en')]).toEqual([
      { pointer: '#/name', code: 'required', detail: 'Un étudiant doit garder un nom' },
      { pointer: '#/name', code: 'required', detail: 'A student must keep a name' },
    ]);
  });

  test('leaves a way to reach somebody, where there was one', () => {
    const { phone: _, ...reached } = student;
    expect(fieldsRefused(() => amended(reached, { email: null }), 'fr')).toEqual([
      {
        pointer: '#/email',
        code: 'no_way_to_reach',
        detail: 'Il faut un téléphone, une adresse e-mail, ou un contact qui en a',
      },
    ]);
    const contacts = [{ name: 'Awa Diop', relation: 'mère', phone: '+221771234568' as never }];
    expect(amended(reached, { email: null, contacts }).contacts).toEqual(contacts);
    const { email: __, ...imported } = reached;
    expect(amended(imported, { last_name: 'Fall' }).name).toBe('Fatou Fall');
  });

  test('accepts whom it says it accepts, and whom it puts into a class', () => {
    expect(amended(student, { status: 'enrolled' }).status).toBe('enrolled');
    expect(amended(student, { class_name: '4A' }).status).toBe('enrolled');
    expect(amended(student, { class_name: null })).toMatchObject({ status: 'pending', requested_class: undefined });
    expect(amended(student, { last_name: 'Fall' }).status).toBe('pending');
  });
});

describe('a search for students', () => {
  test('that holds no letter and no digit is refused, and says so', () => {
    expect(refusalsOf(Filters, { last_name: '\u0301\u0301' })).toEqual([
      '#/last_name unsearchable: Aucune lettre ni aucun chiffre à chercher | No letter or digit to search for',
    ]);
  });

  test('goes through the index that leaves the least to sift', () => {
    const place = (filters: object) => searchFor(Filters.parse(filters));
    expect(place({})).toEqual({
      index: expect.objectContaining({ name: 'by-id' }),
      partition: ['listed', expect.objectContaining({ first: 'STUDENT' })],
    });
    expect(place({ first_name: 'Élo' })).toEqual({
      index: expect.objectContaining({ name: 'by-first-name' }),
      partition: ['first_initial', 'NAME#e'],
      sort: ['first_key', 'begins_with', 'elo'],
    });
    expect(place({ first_name: 'Awa', last_name: 'Di' })).toEqual({
      index: expect.objectContaining({ name: 'by-last-name' }),
      partition: ['last_initial', 'NAME#d'],
      sort: ['last_key', 'begins_with', 'di'],
    });
    expect(place({ class_name: '3 B', last_name: 'Di' })).toEqual({
      index: expect.objectContaining({ name: 'by-class' }),
      partition: ['class_key', 'CLASS#3 b'],
      sort: ['class_place', 'begins_with', 'di'],
    });
    expect(place({ class_name: '3B' })).toEqual({
      index: expect.objectContaining({ name: 'by-class' }),
      partition: ['class_key', 'CLASS#3b'],
    });
  });

  test.each([
    [{ first_name: 'FAT' }, true],
    [{ first_name: 'atou' }, false],
    [{ last_name: 'diop' }, true],
    [{ last_name: 'diopo' }, false],
    [{ class_name: '3b' }, true],
    [{ class_name: '3' }, false],
    [{ phone: '77 123 45 67' }, true],
    [{ phone: ' 221771234567' }, true],
    [{ phone: '77 123 45 68' }, false],
    [{ status: 'pending' }, true],
    [{ status: 'enrolled' }, false],
    [{ paid: 'false' }, true],
    [{ paid: 'TRUE' }, false],
    [{ paid: 'false', status: 'enrolled' }, false],
    [{}, true],
  ])('by %j finds this one: %p', (filters, found) => {
    expect(passes({ ...student, class_name: '3B' }, Filters.parse(filters))).toBe(found);
  });

  test('takes whoever never said otherwise for enrolled, and for nameless where no name is', () => {
    const { status: _, first_name: __, class_name: ___, ...imported } = student;
    expect(passes(imported, Filters.parse({ status: 'enrolled' }))).toBe(true);
    expect(passes(imported, Filters.parse({ first_name: 'F' }))).toBe(false);
    expect(passes(imported, Filters.parse({ class_name: '3B' }))).toBe(false);
  });
});
