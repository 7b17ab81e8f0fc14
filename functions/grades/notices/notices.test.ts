import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { keyPart } from '../../../platform/base/key-part.ts';
import { key } from '../../../platform/data/key.ts';
import { call, guardian, type Identity, student } from '../../../tests/support/call.ts';
import { asked, assess, classOf, enter, newStudents, tell, tellGone } from '../../../tests/support/school.ts';
import { everything } from '../../../tests/support/shop-books.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler as notices } from '../notices.ts';
import { handler as settle } from '../rankings/settle.ts';
import { table as grades } from '../table.ts';

let table = '';

beforeAll(async () => {
  ({ GRADES_TABLE: table = '' } = await createContext('grades', 'auth'));
});

const realNow = clock.now;
afterEach(() => {
  clock.now = realNow;
});

const at = (instant: string): void => {
  const ms = Date.parse(instant);
  clock.now = () => ms;
};

const read = (as: Identity, query = '', language = 'en') =>
  call(notices, `GET /notifications${query}`, { as, headers: { 'Accept-Language': language } });

const messages = async (as: Identity, language?: string): Promise<string[]> =>
  (await read(as, '', language)).body.map(({ message }: { message: string }) => message);

const give = (id: number, grade: number, subject?: string) => asked(`POST /add_grade/${id}`, { grade, subject });

describe('GET /notifications', () => {
  test('tells whom it is about of a mark, right after it was entered', async () => {
    const [id = 0] = await classOf(1, 'Sixième A', { username: 'own', guardians: ['mum', 'dad'] });
    await give(id, 14.5, 'Maths');
    for (const as of [student('own'), guardian('mum'), { username: 'dad', role: 'teacher' } as const])
      expect(await messages(as)).toEqual([`Élève ${id} · New mark · Maths: 14.5/20`]);
    expect(await messages(guardian('mum'), 'fr')).toEqual([`Élève ${id} · Nouvelle note · Maths\u00a0: 14,5/20`]);
  });

  test('tells nobody else', async () => {
    for (const as of [student('stranger'), guardian('stranger'), { username: 'admin', role: 'admin' } as const])
      expect(await read(as)).toMatchObject({ status: 200, body: [] });
  });

  test('tells of all children together, newest first, each result with what it was for', async () => {
    const [one = 0, two = 0] = await classOf(2, 'Sixième B', { guardians: ['mother'] });
    at('2026-11-02T08:00:00Z');
    const assessment = await assess('Sixième B', { title: 'Dictée', subject: 'Français', out_of: 10 });
    await enter(assessment, { [one]: 8, [two]: 'absent' });
    at('2026-11-03T08:00:00Z');
    await give(two, 11);
    const told = (await read(guardian('mother'))).body;
    expect(told.map(({ message }: { message: string }) => message)).toEqual(
      expect.arrayContaining([
        `Élève ${two} · New mark: 11/20`,
        `Élève ${one} · New mark · Français, Dictée: 8/10`,
        `Élève ${two} · New mark · Français, Dictée: absent`,
      ]),
    );
    expect(told[0]).toMatchObject({ at: '2026-11-03T08:00:00.000Z', kind: 'new_mark', student_id: two, score: 11 });
    expect(new Set(told.map((notice: { id: string }) => notice.id)).size).toBe(3);
  });

  test('tells of a correction, and no more what the mark was before', async () => {
    const [id = 0] = await classOf(1, 'Sixième C', { guardians: ['corrected'] });
    const mark = await give(id, 2);
    await asked(`PATCH /grades/${id}/${mark.id}`, { score: 12 });
    expect(await messages(guardian('corrected'))).toEqual([
      `Élève ${id} · Corrected mark: 12/20`,
      `Élève ${id} · New mark`,
    ]);
    await asked(`DELETE /grades/${id}/${mark.id}`);
    expect(await messages(guardian('corrected'))).toEqual([]);
  });

  test('keeps a result back until its release, and tells it as of then', async () => {
    const [id = 0] = await classOf(1, 'Sixième D', { guardians: ['waiting'] });
    at('2026-11-10T08:00:00Z');
    const assessment = await assess('Sixième D', { release_at: '2026-11-12T18:00:00Z' });
    await enter(assessment, { [id]: 12 });
    await enter(assessment, { [id]: 13 });
    expect(await messages(guardian('waiting'))).toEqual([]);
    at('2026-11-12T18:00:00Z');
    expect((await read(guardian('waiting'))).body).toMatchObject([
      { at: '2026-11-12T18:00:00.000Z', kind: 'new_mark', score: 13 },
    ]);
  });

  test('tells of one that is released before its time as of that moment, and of one that is put off no more', async () => {
    const [id = 0] = await classOf(1, 'Sixième E', { guardians: ['early'] });
    at('2026-11-10T08:00:00Z');
    const assessment = await assess('Sixième E', { release_at: '2026-11-30T08:00:00Z' });
    await enter(assessment, { [id]: 12 });
    at('2026-11-11T08:00:00Z');
    await asked(`PATCH /assessments/${assessment}`, { release_at: null });
    expect((await read(guardian('early'))).body).toMatchObject([{ at: '2026-11-11T08:00:00.000Z' }]);
    await asked(`PATCH /assessments/${assessment}`, { release_at: '2026-11-30T08:00:00Z' });
    expect(await messages(guardian('early'))).toEqual([]);
    at('2026-11-30T08:00:00Z');
    expect((await read(guardian('early'))).body).toMatchObject([{ at: '2026-11-30T08:00:00.000Z' }]);
  });

  test('pages through them, each once, while new ones come', async () => {
    const [id = 0] = await classOf(1, 'Sixième F', { guardians: ['reader'] });
    for (let grade = 10; grade < 15; grade += 1) await give(id, grade);
    const seen: number[] = [];
    let query = '?limit=2';
    while (query) {
      const { headers, body } = await read(guardian('reader'), query);
      seen.push(...body.map(({ score }: { score: number }) => score));
      await give(id, 20);
      query = /\?[^>]*/.exec(headers.Link ?? '')?.[0] ?? '';
    }
    expect(seen).toEqual([14, 13, 12, 11, 10]);
  });

  test('follows whoever is named, and forgets a student who is deleted', async () => {
    const [id = 0] = newStudents(1);
    await tell(id, 1, { guardians: ['before', 'both'], username: 'self' });
    await give(id, 15);
    await tell(id, 2, { guardians: ['both', 'after'], username: 'self' });
    expect(await messages(guardian('before'))).toEqual([]);
    for (const username of ['both', 'after', 'self']) expect(await messages(guardian(username))).toHaveLength(1);
    await tellGone(id, 3);
    for (const username of ['both', 'after', 'self']) expect(await messages(guardian(username))).toEqual([]);
    const named = (await everything(table)).filter(({ pk }) => /#(?:before|both|after|self)$/.test(String(pk)));
    expect(named).toEqual([]);
    await tell(id, 4, { guardians: ['both'] });
    expect(await messages(guardian('both'))).toHaveLength(1);
  });

  test('finds a student whom an older version of Campus stored, from the next word of them on', async () => {
    const [id = 0] = await classOf(1, 'Sixième I', { guardians: ['older'] });
    await give(id, 12);
    await grades.removeAll([{ pk: key`ACCOUNT#${keyPart('older')}`, sk: key`STUDENT#${id}` }]);
    expect(await messages(guardian('older'))).toEqual([]);
    await tell(id, 2, { class_name: 'Sixième I', guardians: ['older'] });
    expect(await messages(guardian('older'))).toHaveLength(1);
  });

  test('follows a student to another class with the results that they bring', async () => {
    const [id = 0] = await classOf(1, 'Sixième G', { guardians: ['moving'] });
    await classOf(1, 'Sixième H');
    await enter(await assess('Sixième G', { title: 'Exposé' }), { [id]: 12 });
    await tell(id, 2, { class_name: 'Sixième H', guardians: ['moving'] });
    expect(await messages(guardian('moving'))).toEqual([`Élève ${id} · New mark · Exposé: 12/20`]);
  });
});

describe('an average that falls below the pass mark', () => {
  const falls = async (as: Identity) =>
    (await read(as)).body.filter(({ kind }: { kind: string }) => kind === 'below_pass_mark');

  test('is told once a crossing', async () => {
    const [id = 0] = await classOf(1, 'Cinquième A', { guardians: ['worried'] });
    const as = guardian('worried');
    const counts: number[] = [];
    for (const grade of [12, 6, 5, 20, 20, 0, 0]) {
      await give(id, grade);
      await settle();
      await settle();
      counts.push((await falls(as)).length);
    }
    // 12, 9, 7.67, 10.75, 12.6, 10.5, 9
    expect(counts).toEqual([0, 1, 1, 1, 1, 1, 2]);
    expect((await falls(as))[0]).toMatchObject({ general: 9, pass_mark: 10, student_id: id });
    expect((await messages(as))[0]).toBe(
      `Élève ${id} · The general average fell below the pass mark: 9 (pass mark 10)`,
    );
  });

  test('is told by what families may see: not before a release, and soon after it', async () => {
    const [id = 0] = await classOf(1, 'Cinquième B', { guardians: ['patient'] });
    at('2026-11-10T08:00:00Z');
    await give(id, 12);
    const hidden = await assess('Cinquième B', { release_at: '2026-11-12T18:00:00Z' });
    await enter(hidden, { [id]: 2 });
    await settle();
    expect(await falls(guardian('patient'))).toEqual([]);
    at('2026-11-12T18:00:30Z');
    await settle();
    expect(await falls(guardian('patient'))).toMatchObject([{ general: 7, at: '2026-11-12T18:00:30.000Z' }]);
  });

  test('is not told where the class shows no average', async () => {
    const [id = 0] = await classOf(1, 'Cinquième C', { guardians: ['kept.out'] });
    const show = { rank: true, general: false, class_mean: true, extremes: true };
    await asked('PUT /classes/cinquiemec', { show });
    await give(id, 4);
    await settle();
    expect(await falls(guardian('kept.out'))).toEqual([]);
  });

  test('is not told again where the student changes class, below as before', async () => {
    const [id = 0] = await classOf(1, 'Cinquième D', { guardians: ['once'] });
    await classOf(1, 'Cinquième E');
    await give(id, 4);
    await settle();
    await tell(id, 2, { class_name: 'Cinquième E', guardians: ['once'] });
    await give(id, 5);
    await settle();
    expect(await falls(guardian('once'))).toHaveLength(1);
    await give(id, 20);
    await give(id, 20);
    await settle();
    await give(id, 0);
    await give(id, 0);
    await settle();
    expect(await falls(guardian('once'))).toHaveLength(2);
  });
});
