import { beforeAll, expect, test } from '@jest/globals';
import { fc } from '../../../tests/support/draws.ts';
import { csv, importing, summary } from '../../../tests/support/importing.ts';
import { somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';

/*
 * Whatever a file says, in whatever order and however often: its dry run says what the real run then does, every row is
 * counted once, and once more the file makes nothing.
 */

beforeAll(async () => {
  await createContext('registration', 'grades');
});

const few = (prefix: string) => fc.integer({ min: 0, max: 4 }).map((i) => `${prefix}${i}`);
const mostly = <T>(value: fc.Arbitrary<T>, other: T) =>
  fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.constant(other) });

/** A row of few people, who share names, numbers and matricules, and some of it wrong. */
const row = fc.tuple(
  fc.oneof(few('M'), fc.constant('')),
  fc.constantFrom('Ba', 'Diop', ''),
  fc.constantFrom('Awa', 'Moussa', 'Fatoumata'),
  mostly(fc.integer({ min: 0, max: 5 }), -1),
  fc.constantFrom('', 'a@campus.example', 'b@campus.example', 'none'),
  fc.constantFrom('', '4eB', '4e b', '3eA'),
  fc.constantFrom('', '12,5', '[12, 15]', '21'),
);

test('a dry run says what the real one does, and the same file twice changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), fc.uuid(), async (rows, id) => {
      const phones = Array.from({ length: 6 }, somePhone);
      const file = csv(
        ['matricule', 'nom', 'prénom', 'téléphone', 'e-mail', 'classe', 'notes'],
        ...rows.map(([matricule, last, first, phone, email, ...rest]) => [
          matricule && `${matricule}-${id}`,
          last,
          first,
          phone < 0 ? '12' : phones[phone],
          email.includes('@') ? `${id}${email}` : email,
          ...rest,
        ]),
      );
      const dry = await importing(file, 'dry_run=true');
      const real = await importing(file);
      expect({ ...real.body, dry_run: true }).toEqual(dry.body);
      const { accepted, unchanged, rejected } = summary(real);
      expect(accepted + unchanged + rejected).toBe(rows.length);
      const again = summary(await importing(file));
      // Rows that were refused only for what an earlier row of the file had taken then stay refused or find it theirs.
      expect(again.accepted).toBe(0);
    }),
    { numRuns: 25 },
  );
});
