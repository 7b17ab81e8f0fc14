import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { guardian } from '../../../tests/support/call.ts';
import { received } from '../../../tests/support/messages.ts';
import { asked, assess, classOf, enter } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';
import type { News } from '../events.ts';
import { handler as settle } from '../rankings/settle.ts';

let queue = '';

beforeAll(async () => {
  ({ NOTICE_EVENTS_QUEUE_URL: queue = '' } = await createContext('grades', 'auth'));
});

beforeEach(async () => {
  await received(queue);
});

const news = async (): Promise<News[]> => (await received(queue)).map(({ data }) => data as News);

/** A class with a mark each, whose one term is closed. @returns the ids, and the assessment */
async function closedClass(name: string, guardians: readonly string[], size = 3) {
  const ids = await classOf(size, name, { guardians });
  const assessment = await assess(name);
  await enter(assessment, Object.fromEntries(ids.map((id) => [id, 12])));
  await asked('PATCH /terms/default', { open: false, class_names: [name] });
  await settle();
  await received(queue);
  return { ids, assessment };
}

const publish = (name: string, reason?: string) =>
  asked(`POST /classes/${name}/report-cards`, { term: 'default', reason });

test('families find a published card among their notices, a corrected one too, and are written to once of each', async () => {
  const { ids, assessment } = await closedClass('Avis', ['mother', 'father']);
  const [id = 0] = ids;
  await publish('avis');
  await Promise.all([settle(), settle()]);
  const sent = await news();
  expect(sent.map(({ username, student_id }) => [student_id, username]).toSorted()).toEqual(
    ids.flatMap((one) => [
      [one, 'father'],
      [one, 'mother'],
    ]),
  );
  expect(sent[0]?.items).toMatchObject([
    { fr: 'Bulletin publié · Année en cours', en: 'Report card published · Année en cours' },
  ]);
  const notices = async () =>
    (await asked('GET /notifications?limit=200', undefined, guardian('mother'))).filter(
      (one: { kind: string; student_id: number }) => one.kind.includes('report_card') && one.student_id === id,
    );
  const [card] = await asked(`GET /grades/${id}/report-cards`, undefined, guardian('mother'));
  expect(await notices()).toEqual([
    {
      ...{ id: card.id, at: card.published_at, kind: 'report_card', student_id: id, name: `Élève ${id}` },
      ...{ term: 'default', title: 'Année en cours', version: 1 },
      message: `Élève ${id} · Bulletin publié · Année en cours`,
    },
  ]);
  await asked('PATCH /terms/default', { open: true, class_names: ['Avis'], reason: 'Une erreur' });
  await asked(`PUT /grades/${id}/${assessment}`, { score: 15 });
  await asked('PATCH /terms/default', { open: false, class_names: ['Avis'] });
  await settle();
  await received(queue);
  await publish('avis', 'Une erreur');
  await settle();
  expect((await news()).every(({ items }) => items[0]?.en.startsWith('Report card corrected'))).toBe(true);
  expect((await notices()).map(({ kind, version }: Record<string, unknown>) => [kind, version])).toEqual([
    ['corrected_report_card', 2],
    ['report_card', 1],
  ]);
  await settle();
  expect(await news()).toEqual([]);
});

test('every family of a large class is written to', async () => {
  const { ids } = await closedClass('Nombreuse', ['one', 'two', 'three'], 60);
  await publish('nombreuse');
  await settle();
  const pairs = (await news()).map(({ username, student_id }) => `${student_id} ${username}`);
  expect(new Set(pairs).size).toBe(3 * ids.length);
});
