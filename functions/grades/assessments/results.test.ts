import { beforeAll, describe, expect, test } from '@jest/globals';
import { keyPart } from '../../../platform/base/key-part.ts';
import { LostUpdate } from '../../../platform/data/write.ts';
import { type Identity, student, teacher } from '../../../tests/support/call.ts';
import { ask, asked, assess, classOf, enter, newStudents, tell } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { table } from '../table.ts';
import { find } from './assessment-store.ts';
import { enter as enterAsRead } from './result-store.ts';

beforeAll(async () => {
  await createContext('grades');
});

const line = (student_id: number, more: Readonly<Record<string, unknown>>) => ({ student_id, ...more });

describe('the results of a class', () => {
  test('are told line by line: stored, unchanged, stale with who and what, or refused with a reason', async () => {
    const [a = 0, b = 0, c = 0, d = 0] = await classOf(4, 'Lignes');
    const [stranger = 0] = await classOf(1, 'Autre classe');
    const id = await assess('Lignes', { out_of: 10 });
    await enter(id, { [a]: 5, [b]: 6, [c]: 7 });
    const colette: Identity = { username: 'colette', role: 'teacher' };
    await ask(`PUT /assessments/${id}/results`, [line(b, { score: 8, comment: 'revu' })], colette);
    const { body } = await ask(
      `PUT /assessments/${id}/results`,
      [
        line(a, { score: 5 }),
        line(b, { score: 9, version: 1 }),
        line(c, { status: 'absent', version: 1 }),
        line(d, { score: 10.01 }),
        line(stranger, { score: 3 }),
      ],
      teacher,
    );
    expect(body).toMatchObject([
      { student_id: a, result: 'unchanged' },
      { student_id: b, result: 'stale_version', current: { score: 8, comment: 'revu', author: 'colette', version: 2 } },
      { student_id: c, result: 'stored' },
      { student_id: d, result: 'refused', code: 'score_above_out_of' },
      { student_id: stranger, result: 'refused', code: 'student_not_in_class' },
    ]);
    expect((await asked(`GET /classes/lignes/stats`)).count).toBe(2);
  });

  test('are read back with who entered them and at which version, of each who takes the subject', async () => {
    const [a = 0, b = 0] = await classOf(3, 'Relues');
    const subjects = [{ name: 'Latin', students: [a, b], teachers: ['prof'] }];
    await asked('PUT /classes/relues', { subjects });
    const id = await assess('Relues', { subject: 'Latin' });
    const read = () => asked(`GET /assessments/${id}/results`, undefined, teacher);
    expect(await read()).toEqual([
      { student_id: a, name: `Élève ${a}`, version: 0 },
      { student_id: b, name: `Élève ${b}`, version: 0 },
    ]);
    await asked(`PUT /assessments/${id}/results`, [line(a, { score: 12.5, comment: 'Bien' }), line(b, { score: 3 })]);
    await asked(`PUT /assessments/${id}/results`, [line(b, { score: null })], teacher);
    expect(await read()).toMatchObject([
      { student_id: a, score: 12.5, comment: 'Bien', author: 'admin', version: 1 },
      { student_id: b, author: 'prof', version: 2 },
    ]);
    expect((await read())[1]).not.toHaveProperty('score');
    const colette: Identity = { username: 'colette', role: 'teacher' };
    expect((await ask(`GET /assessments/${id}/results`, undefined, colette)).status).toBe(404);
    expect((await ask(`GET /assessments/${id}/results?limit=1`)).headers.Link).toContain('rel="next"');
  });

  test('may be more than fit into one transaction', async () => {
    const ids = await classOf(60, 'Amphi');
    const id = await assess('Amphi');
    const { body } = await enter(id, Object.fromEntries(ids.map((one, i) => [one, i % 21])));
    expect(body.map(({ result }: { result: string }) => result)).toEqual(ids.map(() => 'stored'));
    expect(await asked('GET /classes/amphi/stats')).toMatchObject({ size: 60, count: 60 });
  });

  test('name each student once, and each with a score or a status', async () => {
    const [a = 0] = await classOf(1, 'Doublons');
    const id = await assess('Doublons');
    const sent = await ask(`PUT /assessments/${id}/results`, [
      line(a, { score: 1 }),
      line(a, { score: 2 }),
      line(9, {}),
    ]);
    expect(sent.body.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code])).toEqual([
      ['#/2', 'score_or_status'],
      ['#/1/student_id', 'repeated_student'],
    ]);
  });

  test('of two teachers at once are each stored once, and both stand in the history', async () => {
    const ids = await classOf(16, 'À deux');
    const id = await assess('À deux');
    const as = (username: string): Identity => ({ username, role: 'teacher' });
    const all = (score: number) => ids.map((one) => line(one, { score }));
    const [x, y] = await Promise.all([
      ask(`PUT /assessments/${id}/results`, all(11), as('x')),
      ask(`PUT /assessments/${id}/results`, all(12), as('y')),
    ]);
    expect([x.status, y.status]).toEqual([200, 200]);
    for (const one of ids) {
      const history = await asked(`GET /grades/${one}/${id}/history`);
      expect(history.map(({ score }: { score: number }) => score).toSorted()).toEqual([11, 12]);
      expect((await asked(`GET /grades/${one}`)).general).toBe(history[0].score);
    }
  });
});

describe('what absences and the rest come to', () => {
  test('absent and exempt have no figure, missing is 0, a bonus adds, and what never counts is shown', async () => {
    const [id = 0] = await classOf(1, 'Statuts');
    const enterIn = async (more: Readonly<Record<string, unknown>>, score: number | string) =>
      enter(await assess('Statuts', more), { [id]: score });
    const general = async () => (await asked(`GET /grades/${id}`)).general;
    await enterIn({}, 'absent');
    expect(await general()).toBeUndefined();
    await enterIn({}, 12);
    await enterIn({}, 'exempt');
    expect(await general()).toBe(12);
    await enterIn({ counts: 'bonus' }, 14);
    expect(await general()).toBe(16);
    await enterIn({ counts: 'never' }, 1);
    expect(await general()).toBe(16);
    await enterIn({}, 'missing');
    expect(await general()).toBe(8);
    expect((await asked(`GET /grades/${id}`)).results).toHaveLength(6);
  });
});

describe('an assessment', () => {
  const PROGRAMME = {
    subjects: [
      { name: 'Maths', coefficient: 2, teachers: ['prof'] },
      { name: 'Dessin', teachers: ['colette'] },
    ],
    head_teacher: 'principal',
  };

  test('is for whoever teaches its subject there, and not to be found by others', async () => {
    const [id = 0] = await classOf(1, 'Fermée');
    await asked('PUT /classes/fermee', PROGRAMME);
    const maths = await assess('Fermée', { subject: 'maths' });
    const as = (username: string): Identity => ({ username, role: 'teacher' });
    const calls = [
      `GET /assessments/${maths}`,
      `PATCH /assessments/${maths}`,
      `PUT /assessments/${maths}/results`,
      `GET /grades/${id}/${maths}/history`,
      `DELETE /assessments/${maths}`,
    ];
    const bodies: Record<string, unknown> = { PATCH: { title: 'Non' }, PUT: [line(id, { score: 3 })] };
    for (const request of calls) {
      const { status } = await ask(request, bodies[request.split(' ')[0] ?? ''], as('stranger'));
      expect([request, status]).toEqual([request, 404]);
      const other = await ask(request, bodies[request.split(' ')[0] ?? ''], as('colette'));
      expect([request, other.status]).toEqual([request, 404]);
    }
    expect(
      (await ask('POST /assessments', { class_name: 'Fermée', title: 'X', subject: 'Dessin' }, as('prof'))).body.code,
    ).toBe('not_your_subject');
    expect(
      (await ask('POST /assessments', { class_name: 'Fermée', title: 'X', subject: 'Grec' }, as('prof'))).body.errors[0]
        .code,
    ).toBe('unknown_subject');
    expect((await ask(`GET /assessments?class_name=fermee`, undefined, as('colette'))).body).toEqual([]);
    expect((await ask(`GET /assessments?class_name=fermee`, undefined, as('principal'))).body).toHaveLength(1);
    expect((await ask(`GET /assessments?class_name=fermee`, undefined, as('stranger'))).status).toBe(404);
    expect((await ask(`POST /add_grade/${id}`, { grade: 3, subject: 'Dessin' }, as('prof'))).body.code).toBe(
      'not_your_subject',
    );
    expect((await ask(`POST /add_grade/${id}`, { grade: 3, subject: 'Grec' }, as('prof'))).body.errors[0].code).toBe(
      'unknown_subject',
    );
    expect((await ask(`POST /add_grade/${id}`, { grade: 3 }, as('stranger'))).status).toBe(404);
    expect((await ask(`POST /add_grade/${id}`, { grade: 13, subject: 'MATHS' }, as('prof'))).status).toBe(200);
    expect((await ask(`GET /get_grades/${id}`, undefined, as('colette'))).body.grades).toEqual([]);
    expect((await ask(`GET /get_grades/${id}`, undefined, as('prof'))).body.grades).toEqual([13]);
    expect((await ask(`GET /get_grades/${id}`, undefined, as('stranger'))).status).toBe(404);
  });

  test('is not made smaller than a score, and keeps scores as they are', async () => {
    const [id = 0] = await classOf(1, 'Barème');
    const assessment = await assess('Barème', { out_of: 40 });
    await enter(assessment, { [id]: 31.5 });
    expect((await ask(`PATCH /assessments/${assessment}`, { out_of: 30 })).body.code).toBe('score_above');
    expect((await asked(`PATCH /assessments/${assessment}`, { out_of: 35 })).out_of).toBe(35);
    expect((await asked(`GET /grades/${id}`)).general).toBe(18);
  });

  test('takes no score above a maximum that became smaller meanwhile', async () => {
    const [id = 0] = await classOf(1, 'Barème');
    const assessment = keyPart(await assess('Barème'));
    const found = await find(assessment);
    await asked(`PATCH /assessments/${assessment}`, { out_of: 10 });
    const late = enterAsRead([{ studentId: id, sent: { score: 18 }, before: undefined }], found, 'prof');
    await expect(table.write(late)).rejects.toThrow(LostUpdate);
  });

  test('is deleted with its results only where that is said', async () => {
    const [id = 0] = await classOf(1, 'Effacée');
    const [empty, full] = [await assess('Effacée'), await assess('Effacée')];
    await enter(full, { [id]: 12 });
    expect((await ask(`DELETE /assessments/${empty}`)).status).toBe(204);
    expect((await ask(`DELETE /assessments/${full}`)).body.code).toBe('assessment_has_results');
    expect((await ask(`DELETE /assessments/${full}?with_results=true`)).status).toBe(204);
    expect((await asked(`GET /grades/${id}`)).results).toEqual([]);
    expect((await ask(`GET /assessments/${full}`)).status).toBe(404);
  });

  test('names a category in a class that has them', async () => {
    await classOf(1, 'Catégories');
    await asked('PUT /classes/categories', { categories: [{ name: 'Devoirs' }, { name: 'Composition', weight: 2 }] });
    const sent = (category?: string) => ask('POST /assessments', { class_name: 'Catégories', title: 'X', category });
    expect((await sent()).body.errors).toMatchObject([{ pointer: '#/category', code: 'required' }]);
    expect((await sent('Oral')).body.errors).toMatchObject([{ code: 'unknown_category' }]);
    expect((await sent('devoirs')).status).toBe(201);
    await classOf(1, 'Sans catégories');
    const none = await ask('POST /assessments', { class_name: 'Sans catégories', title: 'X', category: 'Devoirs' });
    expect(none.body.errors).toMatchObject([{ detail: 'Cette classe ne distingue pas de catégories' }]);
  });
});

describe('one mark or result', () => {
  test('is changed, taken away and brought back, and everything that it was is told', async () => {
    const [id = 0] = newStudents(1);
    await tell(id, 1, { username: 'mine' });
    const mark = (await asked(`POST /add_grade/${id}`, { grade: 8, subject: 'Latin', coefficient: 2 }, teacher)).id;
    await asked(`PATCH /grades/${id}/${mark}`, { score: 10 });
    await asked(`PUT /grades/${id}/${mark}`, { score: 11, comment: 'relu' });
    expect((await ask(`DELETE /grades/${id}/${mark}`)).status).toBe(204);
    expect((await asked(`GET /grades/${id}`)).general).toBeUndefined();
    expect((await asked(`GET /get_grades/${id}`)).grades).toEqual([]);
    await asked(`PATCH /grades/${id}/${mark}`, { score: 12 });
    expect((await asked(`GET /grades/${id}`)).general).toBe(12);
    const history = await asked(`GET /grades/${id}/${mark}/history`);
    expect(history.map(({ version, score, subject }: Record<string, unknown>) => [version, score, subject])).toEqual([
      [5, 12, undefined],
      [4, undefined, undefined],
      [3, 11, undefined],
      [2, 10, 'Latin'],
      [1, 8, 'Latin'],
    ]);
    expect((await ask(`PATCH /grades/${id}/${mark}`, { score: 21 })).body.errors).toMatchObject([
      { pointer: '#/score', code: 'score_above_out_of' },
    ]);
    expect((await ask(`GET /grades/${id}/${mark}/history`, undefined, student('mine'))).status).toBe(403);
  });

  test('is changed only onto the version that was read, where one is named', async () => {
    const [id = 0] = await classOf(1, 'Versions');
    const assessment = await assess('Versions');
    await enter(assessment, { [id]: 12 });
    const { headers } = await ask(`PATCH /grades/${id}/${assessment}`, { comment: 'bien' });
    expect(headers.ETag).toBe('"2"');
    expect((await asked(`GET /grades/${id}`)).results).toMatchObject([{ score: 12, comment: 'bien' }]);
    const other = (await assess('Versions')) as string;
    expect((await ask(`DELETE /grades/${id}/${crypto.randomUUID()}`)).body.code).toBe('result_not_found');
    expect((await ask(`GET /grades/${id}/${other}/history`)).body.code).toBe('result_not_found');
  });

  test('the plain marks are replaced together; those before count and show no longer', async () => {
    const [id = 0] = newStudents(1);
    await tell(id, 1);
    for (const grade of [2, 4]) await asked(`POST /add_grade/${id}`, { grade, subject: 'Sport' }, teacher);
    expect((await asked(`PUT /grades/${id}`, { grades: [10, 15] }, teacher)).message).toBe('Notes modifiées');
    expect((await asked(`GET /get_grades/${id}`)).grades).toEqual([10, 15]);
    expect((await asked(`GET /grades/${id}`)).general).toBe(12.5);
    await asked(`POST /add_grade/${id}`, { grade: 20 }, teacher);
    expect((await asked(`GET /grades/${id}`)).general).toBe(15);
    const tooMany = Array.from({ length: 91 }, () => 10);
    expect((await ask(`PUT /grades/${id}`, { grades: tooMany })).status).toBe(400);
    expect((await ask(`PUT /grades/${id}`, { grades: tooMany.slice(1) })).status).toBe(200);
    expect((await asked(`GET /grades/${id}`)).general).toBe(10);
  });
});
