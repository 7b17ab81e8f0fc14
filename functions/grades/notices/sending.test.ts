import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { dynamo } from '../../../platform/data/client.ts';
import { guardian } from '../../../tests/support/call.ts';
import { received } from '../../../tests/support/messages.ts';
import { meteredCalls } from '../../../tests/support/meter.ts';
import { asked, assess, classOf, enter, tell } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { type News, NOTICED } from '../events.ts';
import { handler as settle } from '../rankings/settle.ts';

const sent = meteredCalls();
let queue = '';

beforeAll(async () => {
  ({ NOTICE_EVENTS_QUEUE_URL: queue = '' } = await createContext('grades', 'auth'));
});

beforeEach(async () => {
  await received(queue);
});

const news = async (): Promise<News[]> => {
  const events = await received(queue);
  expect(events.filter(({ type }) => type !== NOTICED)).toEqual([]);
  return events.map(({ data }) => data as News);
};

/** What is sent once the schedule has come by, of each account the English headings. */
async function settled(): Promise<Record<string, string[]>> {
  await settle();
  return Object.fromEntries((await news()).map(({ username, items }) => [username, items.map(({ en }) => en)]));
}

const give = (id: number, grade: number, subject?: string) => asked(`POST /add_grade/${id}`, { grade, subject });

test('each account that is named on a student is sent what is new, once, and no figure', async () => {
  const [id = 0] = await classOf(1, 'Quatrième A', { username: 'pupil', guardians: ['one', 'two'] });
  await give(id, 3.25, 'Maths');
  const told = ['The general average fell below the pass mark', 'New mark · Maths'];
  expect(await settled()).toEqual({ pupil: told, one: told, two: told });
  await give(id, 17.75, 'Maths');
  await settle();
  const again = await news();
  expect(again).toHaveLength(3);
  expect(JSON.stringify(again)).not.toMatch(/3[.,]25|17[.,]75|10[.,]5/);
  expect(await settled()).toEqual({});
});

test('a whole class is sent its results, and a second schedule at the same time sends none twice', async () => {
  const ids = await classOf(20, 'Quatrième B', { username: 'x', guardians: ['y', 'z'] });
  await enter(await assess('Quatrième B'), Object.fromEntries(ids.map((id) => [id, 15])));
  await Promise.all([settle(), settle()]);
  const pairs = (await news()).flatMap(({ username, items }) => items.map(({ id }) => `${username} ${id}`));
  expect(pairs).toHaveLength(60);
  expect(new Set(pairs).size).toBe(60);
});

test('what is held back is sent when its time has come, though nobody changes anything then', async () => {
  const [id = 0] = await classOf(1, 'Quatrième C', { guardians: ['patient'] });
  const now = clock.now;
  try {
    clock.now = () => Date.parse('2026-11-10T08:00:00Z');
    const assessment = await assess('Quatrième C', { title: 'Caché', release_at: '2026-11-12T18:00:00Z' });
    await enter(assessment, { [id]: 12 });
    expect(await settled()).toEqual({});
    clock.now = () => Date.parse('2026-11-12T17:59:59Z');
    expect(await settled()).toEqual({});
    clock.now = () => Date.parse('2026-11-12T18:00:00Z');
    expect(await settled()).toEqual({ patient: ['New mark · Caché'] });
    expect(await settled()).toEqual({});
  } finally {
    clock.now = now;
  }
});

test('what could not be told is told the next time, and holds up no other class', async () => {
  const [one = 0] = await classOf(1, 'Quatrième D', { guardians: ['first'] });
  const [two = 0] = await classOf(1, 'Quatrième E', { guardians: ['second'] });
  await give(one, 12);
  await give(two, 13);
  dynamo.middlewareStack.add(
    (next) => (args) => {
      if (JSON.stringify(args.input).includes('class:quatriemed"') && JSON.stringify(args.input).includes('LOOKED#'))
        throw new Error('the database is down');
      return next(args);
    },
    { step: 'initialize', name: 'outage' },
  );
  expect(await settled()).toEqual({ second: ['New mark'] });
  dynamo.middlewareStack.remove('outage');
  expect(await settled()).toEqual({ first: ['New mark'] });
});

/** Lets the first query of a student miss their marks, as DynamoDB may while a transaction is being applied. */
function hideMarksOnce(studentId: number): void {
  let isHidden = true;
  dynamo.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { ExpressionAttributeValues: values } = args.input as {
        ExpressionAttributeValues?: Record<string, unknown>;
      };
      const output = result.output as { Items?: { sk: string }[] };
      if (isHidden && values?.[':pk'] === `STUDENT#${studentId}` && values[':sk'] === undefined) {
        isHidden = false;
        output.Items = output.Items?.filter(({ sk }) => !sk.startsWith('MARK#')) ?? [];
      }
      return result;
    },
    { step: 'initialize', name: 'half applied' },
  );
}

test('a mark whose transaction was met half applied is told all the same', async () => {
  const [id = 0] = await classOf(1, 'Quatrième H', { guardians: ['lucky'] });
  await give(id, 12);
  hideMarksOnce(id);
  expect(await settled()).toEqual({ lucky: ['New mark'] });
  dynamo.middlewareStack.remove('half applied');
});

test('nothing is sent of a student who is nobody’s, nor to whoever is named no more', async () => {
  const [id = 0] = await classOf(1, 'Quatrième F');
  await give(id, 12);
  expect(await settled()).toEqual({});
  await tell(id, 2, { class_name: 'Quatrième F', guardians: ['former'] });
  await tell(id, 3, { class_name: 'Quatrième F', guardians: ['present'] });
  await give(id, 13);
  expect(Object.keys(await settled())).toEqual(['present']);
});

test('reading the notices of a child is two queries of theirs and two reads for each term with results', async () => {
  const [id = 0] = await classOf(1, 'Quatrième G', { guardians: ['frugal'] });
  await enter(await assess('Quatrième G'), { [id]: 12 });
  for (let grade = 10; grade < 20; grade += 1) await give(id, grade);
  sent.length = 0;
  expect(await asked('GET /notifications', undefined, guardian('frugal'))).toHaveLength(11);
  const operations = sent.map(({ operation }) => operation).toSorted();
  expect(operations).toEqual(['BatchGetItem', 'Query', 'Query', 'Query', 'Query', 'Query']);
});
