import { describe, expect, test } from '@jest/globals';
import { CHANGED, DELETED, NOTIFIED, studentChanged, studentDeleted, studentNotified } from './events.ts';
import { charge } from './fees/card-simulator.ts';
import type { Student } from './students/student.ts';
import { studentItem } from './students/student-index.ts';
import { claimKey, claims } from './students/uniqueness.ts';

const student = (more: Partial<Student> = {}): Student => ({
  id: 7,
  name: 'Élodie Diop',
  first_name: 'Élodie',
  last_name: 'Diop',
  email: 'elodie@campus.example',
  phone: '+221771234567',
  username: 'elodie',
  matricule: '2019-TH-7',
  status: 'enrolled',
  class_name: '3 B',
  paid: false,
  notified: true,
  registered_at: '2026-01-01T00:00:00.000Z',
  version: 4,
  ...more,
});

/** What claims write, in short. */
const written = (...pair: Parameters<typeof claims>) =>
  claims(...pair).map((write) =>
    write.kind === 'put' ? `+${write.item.pk}` : write.kind === 'remove' ? `-${write.key.pk}` : '',
  );

describe('what only one student may have', () => {
  const all = ['USERNAME#elodie', 'EMAIL#elodie@campus.example', 'PHONE#+221771234567', 'MATRICULE#2019-TH-7'];

  test('is claimed by a new one, and given up by one who leaves', () => {
    expect(written(undefined, student())).toEqual(all.map((pk) => `+${pk}`));
    expect(written(student(), undefined)).toEqual(all.map((pk) => `-${pk}`));
    expect(written(undefined, student({ phone: undefined, username: undefined, matricule: undefined }))).toEqual([
      '+EMAIL#elodie@campus.example',
    ]);
  });

  test('moves where it changes, and only there', () => {
    expect(written(student(), student())).toEqual([]);
    expect(written(student(), student({ email: 'new@campus.example' }))).toEqual([
      '-EMAIL#elodie@campus.example',
      '+EMAIL#new@campus.example',
    ]);
  });

  test('is of one who waits to be accepted the account alone', () => {
    const pending = student({ status: 'pending' });
    expect(written(undefined, pending)).toEqual(['+USERNAME#elodie']);
    expect(written(pending, student())).toEqual(all.slice(1).map((pk) => `+${pk}`));
    expect(written(pending, undefined)).toEqual(['-USERNAME#elodie']);
  });

  test('says whose it is, and refuses another by what is taken', () => {
    const codes = claims(undefined, student()).map((write) => {
      expect(write).toMatchObject({
        kind: 'put',
        item: { student_id: 7 },
        condition: { when: 'attribute_not_exists(pk)' },
      });
      return (write.condition?.otherwise(undefined) as { code?: string } | undefined)?.code;
    });
    expect(codes).toEqual(['account_already_registered', 'email_taken', 'phone_taken', 'matricule_taken']);
    expect(claimKey('email', 'a@b.c')).toEqual({ pk: 'EMAIL#a@b.c', sk: 'EMAIL' });
  });
});

describe('what the grades service is told', () => {
  test('fits a message of 256 KB, of whoever moved a hundred times between classes of the longest names', () => {
    const class_name = '🎓'.repeat(50);
    const stay = {
      year: '2026-2027',
      class_name,
      from: '2026-10-01',
      to: '2026-10-01',
      repeats: true,
      outcome: 'promoted',
    };
    const enrolments = Array.from({ length: 100 }, () => stay) as Student['enrolments'];
    const text = JSON.stringify(studentNotified(student({ enrolments, class_name })).event);
    // On its way each half of such a character is six bytes.
    expect(text.replaceAll(/[\ud800-\udfff]/g, '......').length).toBeLessThan(100_000);
  });

  const contacts = [{ name: 'Marie Diop', relation: 'mère', phone: '+221771234599' }];
  const identity = { matricule: '2026-0007', birth_date: '2009-01-15', birth_place: 'Dakar', sex: 'F' } as const;
  const stay = { year: '2026-2027', class_name: '3 B', from: '2026-10-01', repeats: false };
  const told: Student = student({ ...identity, contacts, enrolments: [stay], status: 'enrolled' });
  const { id, name, class_name, username, phone, version } = told;
  const particulars = {
    ...{ id, name, class_name, username, phone, version, ...identity },
    ...{ status: 'enrolled', enrolments: [stay] },
  };

  test('of a student is what it needs of them and nothing else: whom to call is not', () => {
    expect(studentNotified(told).event).toMatchObject({
      type: NOTIFIED,
      source: '/campus/registration',
      subject: '7',
      data: particulars,
    });
    expect(studentNotified(told).event.data).toEqual(particulars);
    expect(studentChanged(told).map(({ event }) => [event.type, event.subject, event.data])).toEqual([
      [CHANGED, '7', particulars],
    ]);
    expect(studentDeleted(student()).map(({ event }) => [event.type, event.subject, event.data])).toEqual([
      [DELETED, '7', { id: 7, version: 5 }],
    ]);
    expect([NOTIFIED, CHANGED, DELETED]).toEqual([
      'campus.student.notified',
      'campus.student.changed',
      'campus.student.deleted',
    ]);
  });

  test('of one it does not know is nothing', () => {
    expect([studentChanged(student({ notified: false })), studentDeleted(student({ notified: false }))]).toEqual([
      [],
      [],
    ]);
  });
});

test('a student stands in each list by what it sorts by, and as nothing that was not asked to be kept', () => {
  expect(studentItem({ ...student({ balance: 5, guardians: ['mother'] }), pk: 'old', stray: 1 } as Student)).toEqual({
    ...student({ balance: 5, guardians: ['mother'] }),
    pk: 'STUDENT#7',
    sk: 'STUDENT',
    listed: 'STUDENT',
    listed_as: '0000000000000007',
    last_initial: 'NAME#d',
    last_key: 'diop\telodie\t0000000000000007',
    first_initial: 'NAME#e',
    first_key: 'elodie\tdiop\t0000000000000007',
    class_key: 'CLASS#3 b',
    class_place: 'diop\telodie\t0000000000000007',
    owes: 'OWES',
    owes_since: '2026-01-01\t0000000000000007',
  });
});

test.each([
  ['4242424242424242', undefined],
  ['4000000000009995', 'insufficient_funds'],
  ['4000000000000002', 'card_declined'],
  ['5555555555554444', 'card_declined'],
])('the test card %s is refused as %s', (number, code) => {
  const refusal = () => {
    try {
      return charge({ number, exp_month: 1, exp_year: 2099 });
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(refusal()).toBe(code);
});
