import { beforeAll, describe, expect, test } from '@jest/globals';
import { keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import { admin, call, teacher } from '../../../tests/support/call.ts';
import { deliver, told } from '../../../tests/support/deliver.ts';
import { fc } from '../../../tests/support/draws.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { sheetKey } from '../classes/book-store.ts';
import { refOf } from '../classes/class-ref.ts';
import { handler as marks } from '../marks.ts';
import { handler as consumer } from '../on-student-event.ts';
import type { Student } from '../students/student.ts';
import { partitionOf, studentKey } from '../students/student-store.ts';
import { table } from '../table.ts';
import { DEFAULT_TERM } from '../terms/term.ts';
import { addedUp, Grade, sumsOf } from './mark.ts';

type Sums = Readonly<Record<string, number>>;

beforeAll(async () => {
  await createContext('grades');
});

let lastId = 3000;
const newId = (): number => ++lastId;

const stored = async (id: number): Promise<Student | undefined> => table.get<Student>(studentKey(id));

/** What the plain marks of a student without a class add up to, on their sheet or beside it while they are deleted. */
async function sumsIn(id: number): Promise<Sums> {
  const sheet = await table.get<Sums>(sheetKey({ ref: refOf({ student_id: id }), term: DEFAULT_TERM.id }, id));
  const asideKey = { pk: partitionOf(id), sk: key`ASIDE#${keyPart(DEFAULT_TERM.id)}` };
  const aside = await table.get<{ content: Sums }>(asideKey);
  const isSum = ([name]: [string, unknown]) => /^[tw]#/.test(name);
  return Object.fromEntries(Object.entries(sheet ?? aside?.content ?? {}).filter(isSum));
}

const Step = fc.oneof(
  fc.record({ kind: fc.constant('told' as const), version: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('deleted' as const), version: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('opened' as const) }),
  fc.record({
    kind: fc.constant('marked' as const),
    hundredths: fc.integer({ min: 0, max: 2000 }),
    weight: fc.integer({ min: 1, max: 10_000 }),
  }),
);
type Step = typeof Step extends fc.Arbitrary<infer S> ? S : never;

/** What a student must look like, told step by step without a database. */
interface Model {
  version: number | undefined;
  reachable: boolean;
  totals: Sums;
}

function expected(model: Model, step: Step): { status: number; next: Model } {
  const known = model.version !== undefined;
  switch (step.kind) {
    case 'told':
    case 'deleted': {
      if (known && (model.version ?? 0) >= step.version) return { status: 200, next: model };
      return { status: 200, next: { ...model, version: step.version, reachable: step.kind === 'told' } };
    }
    case 'opened':
      if (known && !model.reachable) return { status: 409, next: model };
      return { status: 200, next: known ? model : { ...model, version: 0, reachable: true } };
    case 'marked': {
      if (!model.reachable) return { status: 404, next: model };
      const mark = { grade: step.hundredths / 100, coefficient: step.weight / 100 };
      return { status: 200, next: { ...model, totals: addedUp([model.totals, sumsOf(mark)]) } };
    }
  }
}

async function perform(id: number, step: Step): Promise<number> {
  switch (step.kind) {
    case 'told': {
      const data = { id, name: 'Awa', version: step.version };
      return (await deliver(consumer, [told('campus.student.changed', data)])).length === 0 ? 200 : 500;
    }
    case 'deleted': {
      const data = { id, version: step.version };
      return (await deliver(consumer, [told('campus.student.deleted', data)])).length === 0 ? 200 : 500;
    }
    case 'opened':
      return (await call(marks, 'POST /init_student', { as: admin, body: { id, name: 'Awa' } })).status;
    case 'marked': {
      const body = { grade: step.hundredths / 100, coefficient: step.weight / 100 };
      return (await call(marks, `POST /add_grade/${id}`, { as: teacher, body })).status;
    }
  }
}

describe('the sums of a student’s plain marks', () => {
  test('hold exactly, whatever the order of messages, openings and marks', async () => {
    const property = fc.asyncProperty(fc.array(Step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const id = newId();
      let model: Model = { version: undefined, reachable: false, totals: {} };
      for (const step of steps) {
        const { status, next } = expected(model, step);
        expect(await perform(id, step)).toBe(status);
        model = next;
      }
      const student = await stored(id);
      expect(student?.version).toBe(model.version);
      expect(await sumsIn(id)).toEqual(model.totals);
      expect((await call(marks, `GET /get_grades/${id}`, { as: teacher })).status).toBe(model.reachable ? 200 : 404);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test('miss none of twenty marks entered at once, while the student is renamed', async () => {
    const id = newId();
    await deliver(consumer, [told('campus.student.notified', { id, name: 'Awa', version: 1 })]);
    const entries = Array.from({ length: 20 }, (_, i) => ({ grade: i / 10, coefficient: 0.1 }));
    const renames = [2, 3, 4].map((version) => told('campus.student.changed', { id, name: `Awa ${version}`, version }));
    const [failed, ...answers] = await Promise.all([
      deliver(consumer, renames),
      ...entries.map((body) => call(marks, `POST /add_grade/${id}`, { as: teacher, body })),
    ]);
    expect(failed).toEqual([]);
    expect(answers.map(({ status }) => status)).toEqual(entries.map(() => 200));
    expect(await sumsIn(id)).toEqual(addedUp(entries.map((mark) => sumsOf(mark))));
    const { name, grades } = (await call(marks, `GET /get_grades/${id}`, { as: teacher })).body;
    expect(name).toBe('Awa 4');
    expect(grades.toSorted((a: number, b: number) => a - b)).toEqual(entries.map(({ grade }) => grade));
  });

  test('do not drift as sums of decimals would', () => {
    const tenTenths = Array.from({ length: 10 }, () => sumsOf({ grade: 0.1, coefficient: 0.1 }));
    expect(addedUp(tenTenths)).toEqual({ 't#': 2000, 'w#': 100 });
  });
});

test('every mark from 0 to 20 in steps of 0.01 is one', () => {
  for (let hundredths = 0; hundredths <= 2000; hundredths += 1)
    expect(Grade.safeParse(hundredths / 100).success).toBe(true);
});
