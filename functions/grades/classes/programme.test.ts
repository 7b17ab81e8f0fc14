import { beforeAll, describe, expect, test } from '@jest/globals';
import { student, teacher } from '../../../tests/support/call.ts';
import { ask, asked, classOf } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

const faults = async (body: unknown): Promise<[string, string][]> =>
  (await ask('PUT /classes/x', body)).body.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code]);

describe('a programme', () => {
  test('is refused where names come twice, parents are missing, or a subject would be part of itself', async () => {
    expect(await faults({ subjects: [{ name: 'Français' }, { name: 'FRANCAIS ' }] })).toEqual([
      ['#/subjects/1/name', 'repeated_name'],
    ]);
    expect(await faults({ subjects: [{ name: 'Oral', parent: 'Français' }] })).toEqual([
      ['#/subjects/0/parent', 'unknown_parent'],
    ]);
    const circle = [
      { name: 'A', parent: 'B' },
      { name: 'B', parent: 'C' },
      { name: 'C', parent: 'A' },
    ];
    expect((await faults({ subjects: circle })).map(([, code]) => code)).toEqual(['circular', 'circular', 'circular']);
    expect(await faults({ scale: 10, pass_mark: 11 })).toEqual([['#/pass_mark', 'above_scale']]);
    expect((await ask('PUT /classes/x', { subjects: [{ name: 'A', coefficient: 0.001 }] })).status).toBe(400);
  });

  test('is read with its defaults and its version, and changed only onto that version', async () => {
    const [id] = await classOf(1, '6e C');
    const first = await ask('PUT /classes/6eC', { subjects: [{ name: 'Maths' }] });
    expect(first.headers.ETag).toBe('"1"');
    const read = await ask('GET /classes/6 E c'.replaceAll(' E ', '%20E%20'), undefined, teacher);
    expect(read.headers.ETag).toBe('"1"');
    expect(read.body).toMatchObject({
      class_name: '6e C',
      subjects: [{ name: 'Maths', coefficient: 1, teachers: [] }],
      ...{ scale: 20, pass_mark: 10, rank_needs: 50, size: 1, members: [{ id }] },
      show: { rank: true, general: true, class_mean: true, extremes: true },
    });
    expect((await ask('PUT /classes/6eC', { subjects: [] }, teacher)).status).toBe(403);
    expect((await ask('GET /classes/6eC', undefined, student())).status).toBe(403);
    expect((await ask('GET /classes/nowhere')).body.code).toBe('class_not_found');
  });

  test('of another class or year is taken over', async () => {
    await asked('PUT /classes/source', { subjects: [{ name: 'Grec', coefficient: 2.5 }], scale: 10 });
    const copied = await asked('PUT /classes/copie', { copy_from: { class_name: 'Source', year: 'default' } });
    expect(copied).toMatchObject({ class_name: 'copie', subjects: [{ name: 'Grec', coefficient: 2.5 }], scale: 10 });
    const none = { copy_from: { class_name: 'Nulle part', year: 'default' } };
    expect((await ask('PUT /classes/copie', none)).body.code).toBe('class_not_found');
  });

  test('counts an option for those who take it, and a part below its subject', async () => {
    const [a = 0, b = 0] = await classOf(2, 'Options');
    await asked('PUT /classes/options', {
      subjects: [
        { name: 'Français', coefficient: 2 },
        { name: 'Oral', parent: 'Français' },
        { name: 'Écrit', parent: 'Français', coefficient: 3 },
        { name: 'Latin', students: [a] },
      ],
    });
    for (const id of [a, b])
      for (const [subject, grade] of [
        ['oral', 8],
        ['ecrit', 12],
        ['latin', 20],
      ])
        await asked(`POST /add_grade/${id}`, { grade, subject });
    expect((await asked(`GET /grades/${a}`)).general).toBe(14);
    const without = await asked(`GET /grades/${b}`);
    expect(without.general).toBe(11);
    expect(without.subjects).toMatchObject([
      {
        name: 'Français',
        figure: 11,
        parts: [
          { name: 'Oral', figure: 8 },
          { name: 'Écrit', figure: 12 },
        ],
      },
    ]);
  });
});
