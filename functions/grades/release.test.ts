import { beforeAll, expect, test } from '@jest/globals';
import { clock } from '../../platform/base/clock.ts';
import { guardian, student, teacher } from '../../tests/support/call.ts';
import { received } from '../../tests/support/messages.ts';
import { ask, asked, assess, classOf, enter } from '../../tests/support/school.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler as assessmentHandler } from './assessments.ts';
import { handler as classHandler } from './classes.ts';
import { handler as markHandler } from './marks.ts';
import { handler as noticeHandler } from './notices.ts';
import { handler as settle } from './rankings/settle.ts';

let queue = '';

beforeAll(async () => {
  ({ NOTICE_EVENTS_QUEUE_URL: queue = '' } = await createContext('grades', 'auth'));
});

/** What is sent to one account. */
interface Sent {
  readonly username: string;
  readonly items: readonly object[];
}

const NOON = Date.parse('2026-11-20T12:00:00Z');
const RELEASE = '2026-11-21T08:00:00Z';

interface World {
  readonly ids: readonly number[];
  readonly open: string;
  readonly mother: string;
}

/** A class of six in one world of two: only in one of them is there a result that families must not yet see. */
async function world(name: string): Promise<World> {
  const mother = `mother.${name.at(-1)?.toLowerCase()}`;
  const ids = await classOf(6, name, { guardians: [mother] });
  const open = await assess(name, { title: 'Ouvert', subject: 'Maths' });
  await enter(open, Object.fromEntries(ids.map((id, i) => [id, 8 + i])));
  return { ids, open, mother };
}

/** Every operation of grades that a family may call, and that shows something of a student. */
const OPEN_TO_FAMILIES = [markHandler, classHandler, assessmentHandler, noticeHandler]
  .flatMap(({ operations }) => operations)
  .filter(({ access, route }) => !access.public && (access.relations.length > 0 || route === 'GET /notifications'))
  .map(({ route }) => route)
  .filter((route) => route.startsWith('GET '));

/** What a family can get, word for word, without what differs between any two students. */
async function seen({ ids, mother }: World): Promise<string[]> {
  const as = guardian(mother);
  const told: string[] = [];
  for (const route of OPEN_TO_FAMILIES)
    for (const id of ids) {
      const { status, headers, text } = await ask(route.replace('{student_id}', String(id)), undefined, as);
      const { 'X-Request-Id': _, ...rest } = headers;
      const head = JSON.stringify([route, status, rest]);
      // What is new at one instant stands by ids drawn by lot: told line by line, to be compared in one order.
      if (route === 'GET /notifications')
        told.push(...JSON.parse(text).map((one: object) => head + JSON.stringify(one)));
      else told.push(head + text);
    }
  return told;
}

const neutral = (told: string[], { ids, open }: World, name: string): string[] =>
  told
    .map((text) =>
      // What is drawn by lot first: any digits may stand in it, a student's id too.
      ids.reduce(
        (all, id, i) => all.replaceAll(String(id), `<${i}>`),
        text
          .replaceAll(open, '<open>')
          .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>')
          .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
          .replaceAll(name, '<class>'),
      ),
    )
    .toSorted();

test('before its release a result changes no byte of any answer that a family can get, and after it does', async () => {
  expect(OPEN_TO_FAMILIES).toEqual(
    expect.arrayContaining(['GET /get_grades/{student_id}', 'GET /grades/{student_id}', 'GET /notifications']),
  );
  const now = clock.now;
  clock.now = () => NOON;
  try {
    const [one, other] = [await world('Monde A'), await world('Monde B')];
    const hidden = await assess('Monde B', {
      title: 'Caché',
      subject: 'Physique',
      coefficient: 5,
      release_at: RELEASE,
    });
    const look = async () => {
      await settle();
      const sent = await received(queue);
      const sentTo = ({ mother }: World) =>
        sent
          .map(({ data }) => data as Sent)
          .filter(({ username }) => username === mother)
          .map(({ items }) => JSON.stringify(items));
      return [
        neutral([...(await seen(one)), ...sentTo(one)], one, 'Monde A'),
        neutral([...(await seen(other)), ...sentTo(other)], other, 'Monde B'),
      ];
    };
    const steps = [
      () => enter(hidden, Object.fromEntries(other.ids.map((id, i) => [id, 20 - i]))),
      () => enter(hidden, { [other.ids[0] ?? 0]: 'absent' }),
      () => asked(`PATCH /assessments/${hidden}`, { coefficient: 2, title: 'Toujours caché' }),
      () => asked(`PUT /grades/${other.ids[1]}/${hidden}`, { score: 3, comment: 'secret' }),
    ];
    for (const step of steps) {
      await step();
      const [without, withHidden] = await look();
      expect(withHidden).toEqual(without);
    }
    const staff = await asked(`GET /grades/${other.ids[2]}`, undefined, teacher);
    expect(staff.subjects.map(({ name }: { name: string }) => name)).toContain('Physique');
    clock.now = () => Date.parse(RELEASE) + 1;
    const [without, released] = await look();
    expect(released).not.toEqual(without);
    expect(released?.join()).toContain('Toujours caché');
    expect((await asked(`GET /grades/${other.ids[2]}`, undefined, guardian(other.mother))).rank).toBe(staff.rank);
  } finally {
    clock.now = now;
  }
});

test('what a class does not show, its families do not find', async () => {
  const name = 'Discrète';
  const { ids, mother } = await world(name);
  const show = { rank: false, general: false, class_mean: false, extremes: false };
  await asked('PUT /classes/discrete', { show });
  const report = await asked(`GET /grades/${ids[0]}`, undefined, guardian(mother));
  for (const hidden of ['rank', 'ranked', 'size', 'general', 'class', 'change'])
    expect(report).not.toHaveProperty(hidden);
  expect(JSON.stringify(report)).not.toContain('mean');
  expect((await ask(`GET /grades/${ids[0]}`, undefined, student('stranger'))).status).toBe(404);
});

test('a hidden assessment spells no subject for families', async () => {
  const [id = 0] = await classOf(1, 'Orthographe', { guardians: ['mother'] });
  await asked(`POST /add_grade/${id}`, { grade: 12, subject: 'Maths' });
  const seen = () => asked(`GET /grades/${id}`, undefined, guardian('mother'));
  const before = await seen();
  await assess('Orthographe', { subject: 'MATHS', release_at: '2099-01-01T00:00:00Z' });
  expect(await seen()).toEqual(before);
});
