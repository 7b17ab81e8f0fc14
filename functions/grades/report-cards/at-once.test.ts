import { beforeAll, expect, test } from '@jest/globals';
import { halfApplied } from '../../../tests/support/half-applied.ts';
import { cardsOf, close, head, publish, results, world } from '../../../tests/support/published.ts';
import { ask } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

const engine = halfApplied();

beforeAll(async () => {
  await createContext('grades');
});

test('two who publish at once publish each card once', async () => {
  const here = await world(5);
  await close(here.first);
  const [one, other] = await Promise.all([publish(here, here.first), publish(here, here.first)]);
  for (const id of here.ids) {
    expect([results(one)[id], results(other)[id]].toSorted()).toEqual(['new', 'unchanged']);
    expect(await cardsOf(id)).toHaveLength(1);
  }
});

test('nothing is frozen of a transaction that was met half applied, and each card knows whether it differs', async () => {
  const here = await world(5);
  await close(here.first);
  await publish(here, here.first);
  for (let round = 0; round < 6; round += 1) {
    const say = async (subject: string): Promise<void> => {
      const lines = here.ids.map((student_id) => ({ student_id, text: `Trimestre ${round}.` }));
      await ask(`PUT ${here.path}/remarks?term=${here.first}&subject=${subject}`, lines);
    };
    let isOver = false;
    const publishing = async (): Promise<void> => {
      while (!isOver) await publish(here, here.first, `Fois ${round}`);
    };
    const publishers = [publishing(), publishing()];
    await say('Maths');
    await say('Français');
    isOver = true;
    await Promise.all(publishers);
    for (const id of here.ids) {
      const [card] = await cardsOf(id, head);
      const texts = card.content.subjects.map(({ remark }: { remark?: { text: string } }) => remark?.text);
      const isLate = texts.some((text: string | undefined) => text !== `Trimestre ${round}.`);
      expect([round, id, card.differs]).toEqual([round, id, isLate]);
    }
  }
  // It would be no test of anything if no reader had met one.
  expect(engine.stale()).toBeGreaterThan(0);
});
