import { beforeAll, expect, test } from '@jest/globals';
import { teacher } from '../../tests/support/call.ts';
import { halfApplied } from '../../tests/support/half-applied.ts';
import { ask, asked, assess, classOf, enter } from '../../tests/support/school.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler as settle } from './rankings/settle.ts';

const engine = halfApplied();

beforeAll(async () => {
  await createContext('grades');
});

test('the ranking keeps nothing of a transaction that a query met half applied', async () => {
  const ids = await classOf(8, 'Déchirée');
  const assessment = await assess('Déchirée');
  for (let round = 0; round < 40; round += 1) {
    const writers = [0, 1].map((n) => {
      const id = ids[(round * 3 + n) % ids.length] ?? 0;
      if (n % 2 === 0) return ask(`POST /add_grade/${id}`, { grade: (round * 7 + n * 5) % 21 }, teacher);
      return enter(assessment, { [id]: (round * 11 + n) % 21 });
    });
    let isOver = false;
    const settling = async (): Promise<void> => {
      while (!isOver) await settle();
    };
    const settlers = [settling(), settling()];
    await Promise.all(writers);
    isOver = true;
    await Promise.all(settlers);
    await settle();
    const places: { student_id: number; average: number }[] = await asked('GET /rankings/top10', undefined, teacher);
    const members: { student_id: number; average: number | null }[] = await asked('GET /grades?class_name=dechiree');
    const wanted = members.filter(({ average }) => average !== null);
    expect(places.map(({ student_id, average }) => [student_id, average])).toEqual(
      wanted.map(({ student_id, average }) => [student_id, average]),
    );
  }
  // It would be no test of anything if no reader had met one.
  expect(engine.stale()).toBeGreaterThan(25);
});
