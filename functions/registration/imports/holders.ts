import type { Key } from '../../../platform/data/table.ts';
import { Email } from '../../../platform/schema/email.ts';
import { Phone } from '../../../platform/schema/phone.ts';
import { Matricule } from '../students/matricule.ts';
import type { Student } from '../students/student.ts';
import * as students from '../students/student-store.ts';
import { type Claim, claimKey } from '../students/uniqueness.ts';
import { table } from '../table.ts';
import type { Said } from './values.ts';

/** By what a row is known to be somebody's, the surest first. */
export const KEYS = ['matricule', 'phone', 'email'] as const;
export type KeyName = (typeof KEYS)[number];

/** What a row has of it, as it is stored. */
export type Keyed = { readonly [K in KeyName]?: string };

const SCHEMAS = { matricule: Matricule, phone: Phone, email: Email } as const;

/** What identifies a row; a value that cannot be read identifies nobody. */
export const keysIn = (said: Said): Keyed =>
  Object.fromEntries(
    KEYS.flatMap((name) => {
      const text = said[name];
      const read = text === undefined ? undefined : SCHEMAS[name].safeParse(text);
      return read?.success ? [[name, read.data as string]] : [];
    }),
  );

/** The place of a claim, as text. */
const placeOf = (name: KeyName, value: string): string => claimKey(name, value).pk;

/** The places of all that a row or a student is known by. */
export const placesOf = (keyed: Keyed): string[] =>
  KEYS.flatMap((name) => (keyed[name] === undefined ? [] : [placeOf(name, keyed[name])]));

/** Who holds which matricule, phone and e-mail: as the table has it, and as the rows planned so far will have it. */
export class Holders {
  readonly #claims = new Map<string, number | undefined>();
  readonly #students = new Map<number, Student>();

  /** Reads what is not known yet of whom these rows may be. Two round trips, for whatever number. */
  async look(rows: readonly Keyed[]): Promise<void> {
    const wanted = new Map<string, Key>();
    for (const keyed of rows)
      for (const name of KEYS) {
        const value = keyed[name];
        if (value === undefined) continue;
        const key = claimKey(name, value);
        if (!this.#claims.has(key.pk)) wanted.set(key.pk, key);
      }
    const found = await table.getMany<Claim & Key>([...wanted.values()]);
    for (const place of wanted.keys()) this.#claims.set(place, undefined);
    for (const { pk, student_id } of found) this.#claims.set(pk, student_id);
    const ids = new Set(found.map(({ student_id }) => student_id).filter((id) => !this.#students.has(id)));
    for (const student of await students.findMany([...ids])) this.#students.set(student.id, student);
  }

  /** Whose a row is: of its matricule, else its phone, else its e-mail. */
  match(keyed: Keyed): { readonly student: Student; readonly by: KeyName } | undefined {
    for (const by of KEYS) {
      const student = this.holder(by, keyed[by]);
      if (student) return { student, by };
    }
    return undefined;
  }

  /** Who holds this. */
  holder(name: KeyName, value: string | undefined): Student | undefined {
    const id = value === undefined ? undefined : this.#claims.get(placeOf(name, value));
    return id === undefined ? undefined : this.#students.get(id);
  }

  /** From now on a student stands like this. */
  note(before: Student | undefined, after: Student): void {
    for (const place of placesOf((before ?? {}) as Keyed)) this.#claims.set(place, undefined);
    for (const place of placesOf(after as Keyed)) this.#claims.set(place, after.id);
    this.#students.set(after.id, after);
  }

  /** What was read may be so no longer. */
  forget(): void {
    this.#claims.clear();
    this.#students.clear();
  }
}
