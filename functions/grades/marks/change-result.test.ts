import { beforeAll, describe, expect, test } from '@jest/globals';
import { teacher } from '../../../tests/support/call.ts';
import { ask, asked, assess, classOf, enter, newStudents, tell } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

const MATHS = { name: 'Maths', teachers: ['prof'] };

describe('a mark that is changed', () => {
  test('goes into no subject in which the teacher could not have entered it', async () => {
    const [id = 0] = await classOf(1, 'Matières');
    await asked('PUT /classes/matieres', { subjects: [MATHS, { name: 'Grec', teachers: ['colette'] }] });
    const mark = (await asked(`POST /add_grade/${id}`, { grade: 12, subject: 'Maths' }, teacher)).id;
    const moved = async (subject: string | null) => {
      const { status, body } = await ask(`PATCH /grades/${id}/${mark}`, { subject }, teacher);
      return [status, body.errors?.[0].code ?? body.code];
    };
    expect(await moved('Grec')).toEqual([404, 'not_your_subject']);
    expect(await moved('Chinois')).toEqual([400, 'unknown_subject']);
    expect(await moved(null)).toEqual([404, 'not_your_subject']);
    expect((await ask(`PUT /grades/${id}/${mark}`, { score: 13 }, teacher)).body.code).toBe('not_your_subject');
    expect((await asked(`GET /grades/${id}`)).results).toMatchObject([{ subject: 'Maths', score: 12, version: 1 }]);
  });

  test('is no way round how many subjects there may be', async () => {
    const [id = 0] = newStudents(1);
    await tell(id, 1);
    let mark = '';
    for (let i = 0; i < 60; i += 1)
      mark = (await asked(`POST /add_grade/${id}`, { grade: 12, subject: `Matière ${i}` })).id;
    expect((await ask(`PATCH /grades/${id}/${mark}`, { subject: 'Une de trop' })).body.errors).toMatchObject([
      { code: 'too_many_subjects' },
    ]);
    expect((await ask(`PATCH /grades/${id}/${mark}`, { subject: 'Matière 1' })).status).toBe(200);
  });

  test('may stand in a subject that the programme has lost since, and so may an assessment', async () => {
    const [id = 0] = await classOf(1, 'Perdue');
    const mark = (await asked(`POST /add_grade/${id}`, { grade: 12, subject: 'Chant' })).id;
    const assessment = await assess('Perdue', { subject: 'Chant' });
    await asked('PUT /classes/perdue', { subjects: [MATHS] });
    const requests: [string, unknown][] = [
      [`GET /grades/${id}/${mark}/history`, undefined],
      [`PATCH /grades/${id}/${mark}`, { score: 13 }],
      [`DELETE /grades/${id}/${mark}`, undefined],
      [`GET /assessments/${assessment}`, undefined],
      [`PUT /assessments/${assessment}/results`, [{ student_id: id, score: 10 }]],
      [`PATCH /assessments/${assessment}`, { title: 'Chorale' }],
      [`DELETE /assessments/${assessment}?with_results=true`, undefined],
    ];
    for (const [request, body] of requests) {
      expect([request, (await ask(request, body, teacher)).status]).toEqual([request, 404]);
      expect([request, (await ask(request, body)).status < 300]).toEqual([request, true]);
    }
  });

  test('is not one that was put apart, as somebody else’s', async () => {
    const [id = 0] = newStudents(1);
    await asked('POST /init_student', { id, name: 'Paul Petit' });
    const mark = (await asked(`POST /add_grade/${id}`, { grade: 5 })).id;
    await tell(id, 1, { name: 'Marie Grand' });
    await asked(`POST /add_grade/${id}`, { grade: 12 });
    expect((await ask(`PATCH /grades/${id}/${mark}`, { score: 20 })).body.code).toBe('result_not_found');
    expect((await ask(`GET /grades/${id}/${mark}/history`)).body.code).toBe('result_not_found');
    expect((await asked(`GET /grades/${id}`)).general).toBe(12);
  });
});

test('what is taken away is there no more to be taken away', async () => {
  const [id = 0] = await classOf(1, 'Rien');
  const assessment = await assess('Rien');
  const mark = (await asked(`POST /add_grade/${id}`, { grade: 5 })).id;
  expect((await ask(`DELETE /grades/${id}/${assessment}`)).body.code).toBe('result_not_found');
  expect((await enter(assessment, { [id]: null })).body).toMatchObject([{ result: 'unchanged' }]);
  expect((await ask(`GET /grades/${id}/${assessment}/history`)).body.code).toBe('result_not_found');
  const deleted = () => ask(`DELETE /grades/${id}/${mark}`);
  expect([(await deleted()).status, (await deleted()).status]).toEqual([204, 404]);
  expect(await asked(`GET /grades/${id}/${mark}/history`)).toHaveLength(2);
});
