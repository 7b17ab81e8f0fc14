import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { keyPart } from '../../platform/base/key-part.ts';
import { key } from '../../platform/data/key.ts';
import { put, type Write } from '../../platform/data/write.ts';
import { teacher } from '../../tests/support/call.ts';
import { meteredCalls } from '../../tests/support/meter.ts';
import { ask, asked, assess, classOf, enter, newStudents, stays, tell } from '../../tests/support/school.ts';
import { createContext } from '../../tests/support/tables.ts';
import { classRef } from './classes/class-ref.ts';
import { draft, markKey } from './marks/mark-store.ts';
import { forgetPlace } from './marks/remembered.ts';
import { SHARDS, shardFor } from './rankings/marker.ts';
import { handler as settle } from './rankings/settle.ts';
import { table } from './table.ts';
import { DEFAULT_TERM } from './terms/term.ts';

/** What went over the wire, and the capacity units it took. */
const sent = meteredCalls();

beforeAll(async () => {
  await createContext('grades');
});

beforeEach(() => {
  sent.length = 0;
});

const operations = (): string[] => sent.map(({ operation }) => operation).toSorted();

const units = (...named: readonly string[]): number =>
  sent
    .filter(({ operation }) => named.length === 0 || named.includes(operation))
    .reduce((all, one) => all + one.units, 0);

/** What a transaction of small items costs; DynamoDB Local says 2 of any. */
const transacted = (items: number): number => (process.env.CAMPUS_DYNAMODB === 'local' ? 2 : 2 * items);

const mark = { grade: 12.5, coefficient: 1, subject: 'Maths' };
const addGrade = (id: number) => ask(`POST /add_grade/${id}`, mark, teacher);

/** Puts many items as they are: to make them one by one would take most of the test's time. */
async function stock(writes: readonly Write[]): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(writes.length / 100) }, (_, i) => writes.slice(i * 100, i * 100 + 100));
  for (let from = 0; from < chunks.length; from += 8)
    await Promise.all(chunks.slice(from, from + 8).map((some) => table.write(some)));
}

async function studentWith(marks: number): Promise<number> {
  const [id = 0] = newStudents(1);
  await tell(id, 1);
  await addGrade(id);
  await stock(
    Array.from({ length: marks - 1 }, () => draft(mark, 'prof')).map((one) => put({ ...markKey(id, one.id), ...one })),
  );
  sent.length = 0;
  return id;
}

describe('entering a mark', () => {
  test('is one transaction of four items, at ten marks and at a thousand for the same price', async () => {
    for (const marks of [10, 1000]) {
      const id = await studentWith(marks);
      await addGrade(id);
      expect(operations()).toEqual(['TransactWriteItems']);
      // The mark, the student's row, the head of the class's book, the marker of the ranking.
      expect(units()).toBe(transacted(4));
    }
  });

  test('asks first where the student is not remembered: whose they are, and how their class stands', async () => {
    const id = await studentWith(10);
    forgetPlace(id);
    await addGrade(id);
    expect(operations()).toEqual(['BatchGetItem', 'GetItem', 'Query', 'TransactWriteItems']);
  });
});

describe('entering the results of a class', () => {
  test.each([32, 45])('of %i is where the assessment stands, one batch and one transaction', async (size) => {
    const ids = await classOf(size, `Grille ${size}`);
    const id = await assess(`Grille ${size}`);
    sent.length = 0;
    const { body } = await enter(id, Object.fromEntries(ids.map((one, i) => [one, i % 20])));
    expect(body.every(({ result }: { result: string }) => result === 'stored')).toBe(true);
    expect(operations()).toEqual(['BatchGetItem', 'GetItem', 'TransactWriteItems']);
    expect(units('TransactWriteItems')).toBe(transacted(2 * size + 3));
    sent.length = 0;
    await enter(id, { [ids[0] ?? 0]: 19.5, [ids[1] ?? 0]: 18.5 });
    expect(operations()).toEqual(['BatchGetItem', 'TransactWriteItems']);
    expect(units('TransactWriteItems')).toBe(transacted(2 * 2 + 3));
  });
});

describe('reading', () => {
  test('the plain marks is one query, the terms beside it, and what a teacher teaches there', async () => {
    const id = await studentWith(50);
    expect((await asked(`GET /get_grades/${id}`, undefined, teacher)).grades).toHaveLength(50);
    expect(operations()).toEqual(['GetItem', 'Query', 'Query']);
    sent.length = 0;
    await asked(`GET /get_grades/${id}`);
    expect(operations()).toEqual(['Query', 'Query']);
  });

  test('marks goes on where a student has more than one answer holds', async () => {
    const id = await studentWith(1005);
    expect((await asked(`GET /get_grades/${id}`)).grades).toHaveLength(1005);
    expect(operations()).toEqual(['Query', 'Query', 'Query']);
  });

  test('a report reads the student, the terms, the class, the card, and all marks and results at once', async () => {
    const ids = await classOf(32, 'Bulletin');
    for (let i = 0; i < 12; i += 1) await enter(await assess('Bulletin', { subject: `M${i % 4}` }), scores(ids));
    sent.length = 0;
    expect((await asked(`GET /grades/${ids[0]}`)).results).toHaveLength(12);
    // The profile and the card; the terms, the book of the class, and all that the student has in it.
    expect(operations()).toEqual(['GetItem', 'GetItem', 'Query', 'Query', 'Query']);
    expect(units()).toBeLessThanOrEqual(9);
  });

  test('the averages, the ranks and the statistics of a class is one query of its book', async () => {
    const ids = await classOf(45, 'Livre');
    for (let i = 0; i < 12; i += 1) await enter(await assess('Livre', { subject: `M${i % 4}` }), scores(ids));
    sent.length = 0;
    await asked('GET /classes/livre/stats', undefined, teacher);
    // Beside the book: the terms, its generation and what is kept of it, then the name of the class.
    expect(operations()).toEqual(['GetItem', 'GetItem', 'GetItem', 'PutItem', 'Query', 'Query']);
    // 45 rows and 12 assessments are under 16 KB.
    expect(units()).toBeLessThanOrEqual(10);
    sent.length = 0;
    await asked('GET /classes/livre/stats', undefined, teacher);
    expect(operations()).toEqual(['GetItem', 'GetItem', 'Query']);
    expect(units()).toBeLessThanOrEqual(2.5);
    sent.length = 0;
    await asked('GET /grades?class_name=livre', undefined, teacher);
    expect(operations()).toEqual(['GetItem', 'Query', 'Query']);
  });

  test('a class costs no more once the ranking holds it', async () => {
    const ids = await classOf(32, 'Rangée');
    for (let i = 0; i < 12; i += 1) await enter(await assess('Rangée', { subject: `M${i % 4}` }), scores(ids));
    const costs: number[] = [];
    for (const take of [async () => undefined, settle]) {
      await take();
      sent.length = 0;
      await asked(`GET /grades/${ids[0]}`);
      costs.push(units());
    }
    expect(costs[1]).toBe(costs[0]);
  });

  test('the ten best reads a few units, among ten students, a thousand and ten thousand', async () => {
    const costs: number[] = [];
    const best = (count: number): Write[] =>
      Array.from({ length: count }, (_, i) => {
        const ref = classRef(`Promo ${i % 250}`);
        const student = 1_000_000 + count + i;
        const sk = key`#${keyPart(String(2000 + (i % 8000)).padStart(5, '0'))}#${keyPart(String(student).padStart(16, '0'))}`;
        const entry = { student_id: student, name: `Élève ${student}`, ref, general: 1600, scale: 20 };
        return put({ pk: shardFor({ ref, term: DEFAULT_TERM.id }), sk, ...entry });
      });
    for (const count of [10, 1000, 10_000]) {
      await stock(best(count));
      await settle();
      sent.length = 0;
      expect(await asked('GET /rankings/top10', undefined, teacher)).toHaveLength(10);
      costs.push(units());
    }
    expect(Math.max(...costs)).toBeLessThanOrEqual(16);
    expect(costs[2]).toBe(costs[1]);
    sent.length = 0;
    await asked('GET /rankings/top10', undefined, teacher);
    expect(units()).toBeLessThanOrEqual(6);
  });
});

describe('the ten best after a mark', () => {
  test('ask each shard twice, once for what changed and once for its best, and the class that changed', async () => {
    const [id = 0] = await classOf(2, 'Neuve');
    await addGrade(id);
    await settle();
    await addGrade(id);
    sent.length = 0;
    await asked('GET /rankings/top10', undefined, teacher);
    const queries = Array(1 + 2 * SHARDS + 1).fill('Query');
    // Beside the terms and the book: what is kept, the name of the class, and what is kept from now on.
    expect(operations()).toEqual(['GetItem', 'GetItem', 'PutItem', ...queries]);
  });
});

describe('a student who changes class', () => {
  const moved = async (class_name: string): Promise<string[]> => {
    const [id = 0, other = 0] = await classOf(2, class_name, stays({ class_name, from: '2020-09-01' }));
    await classOf(1, `${class_name} bis`);
    await enter(await assess(class_name), { [id]: 12, [other]: 14 });
    await assess(`${class_name} bis`);
    sent.length = 0;
    const then = { class_name: `${class_name} bis`, from: '2020-10-12' };
    await tell(id, 2, stays({ class_name, from: '2020-09-01', to: '2020-10-11' }, then));
    return operations();
  };

  test('is taken along in one transaction, with thirty open terms that have no book of the classes as with none', async () => {
    const before = await moved('Une');
    expect(before.filter((operation) => operation === 'TransactWriteItems')).toHaveLength(1);
    for (let n = 0; n < 30; n += 1)
      await asked('POST /terms', { name: `${n}`, starts_on: '2020-09-01', ends_on: '2098-07-31' });
    const after = await moved('Autre');
    // A batch is a hundred keys: one more for as many terms.
    expect(after.filter((operation) => operation !== 'BatchGetItem')).toEqual(
      before.filter((operation) => operation !== 'BatchGetItem'),
    );
    expect(after.length).toBeLessThanOrEqual(before.length + 2);
  });
});

describe('the council and the report cards', () => {
  test('sheets of a class of 45 are its parts, one batch and one transaction', async () => {
    const ids = await classOf(45, 'Conseil');
    sent.length = 0;
    const lines = ids.map((student_id, i) => ({ student_id, late: i, remark: 'Bon trimestre.' }));
    await asked('PUT /classes/conseil/sheets?term=default', lines);
    const wanted = ['BatchGetItem', 'BatchGetItem', 'GetItem', 'GetItem', 'GetItem', 'Query', 'TransactWriteItems'];
    expect(operations()).toEqual(wanted);
    // Each with a line of its history, and how often the council spoke.
    expect(units('TransactWriteItems')).toBe(transacted(2 * 45 + 1));
  });

  test('publishing 45 cards is one transaction, and again, where nothing differs, none', async () => {
    const name = 'Publiée';
    const ids = await classOf(45, name);
    for (let i = 0; i < 12; i += 1) await enter(await assess(name, { subject: `M${i % 4}` }), scores(ids));
    await asked('PATCH /terms/default', { open: false, class_names: [name] });
    sent.length = 0;
    await asked('POST /classes/publiee/report-cards', { term: 'default' });
    const counted = Object.fromEntries(
      [...Map.groupBy(operations(), (one) => one)].map(([one, all]) => [one, all.length]),
    );
    // Terms and book; members, and what stands of each; of each, what the council said, which no batch reads whole.
    expect(counted).toEqual({ BatchGetItem: 3, GetItem: 4 + ids.length, Query: 2, TransactWriteItems: 1 });
    // The cards and which of them stand, of 1 to 2 KB; the head, the council and the families to be told. DynamoDB Local
    // counts items of more than a kilobyte as it likes.
    if (process.env.CAMPUS_DYNAMODB !== 'local')
      expect(units('TransactWriteItems')).toBeLessThanOrEqual(transacted(45 * 4 + 10));
    sent.length = 0;
    await asked('POST /classes/publiee/report-cards', { term: 'default' });
    expect(units('TransactWriteItems')).toBe(0);
    sent.length = 0;
    await asked(`GET /grades/${ids[0]}?term=default`);
    // Whether the card differs is one batch beside the page.
    expect(operations().filter((one) => one === 'BatchGetItem')).toHaveLength(1);
  });
});

const scores = (ids: readonly number[]) => Object.fromEntries(ids.map((id, i) => [id, (i * 7) % 20]));
