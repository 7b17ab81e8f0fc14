import { beforeAll, describe, expect, test } from '@jest/globals';
import { guardian, type Identity, student, teacher } from '../../../tests/support/call.ts';
import { ask, asked, assess, classOf, enter, tell } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

const head: Identity = { username: 'principal', role: 'teacher' };
const colette: Identity = { username: 'colette', role: 'teacher' };
const stranger: Identity = { username: 'inconnu', role: 'teacher' };

const PROGRAMME = {
  subjects: [
    { name: 'Maths', coefficient: 4, teachers: ['prof'] },
    { name: 'Français', coefficient: 3, teachers: ['colette'] },
  ],
  head_teacher: 'principal',
  mentions: [
    { label: 'Assez bien', from: 12 },
    { label: 'Bien', from: 14 },
  ],
};

let classes = 0;

/** A class of some students that has a programme and a head teacher. */
async function classWith(count: number, programme: object = PROGRAMME) {
  classes += 1;
  const name = `Conseil ${classes}`;
  const ids = await classOf(count, name, { guardians: ['mother'] });
  const path = `/classes/conseil${classes}`;
  await asked(`PUT ${path}`, programme);
  return { name, ids, path };
}

describe('the sheets of a council', () => {
  test('are a line for each member, with the average and the mention that is proposed for it', async () => {
    const { name, ids, path } = await classWith(3);
    const [a = 0, b = 0] = ids;
    await enter(await assess(name, { subject: 'Maths' }), { [a]: 14, [b]: 11.99 });
    const read = await asked(`GET ${path}/sheets?term=default`, undefined, head);
    expect(read).toEqual([
      { student_id: a, name: `Élève ${a}`, general: 14, proposed_mention: 'Bien', version: 0 },
      { student_id: b, name: `Élève ${b}`, general: 11.99, version: 0 },
      { student_id: ids[2], name: `Élève ${ids[2]}`, version: 0 },
    ]);
  });

  test('are stored line by line: what is left out stays, null takes away, the rest is told why not', async () => {
    const { ids, path } = await classWith(3);
    const [a = 0, b = 0, c = 0] = ids;
    const [other = 0] = await classOf(1, 'Ailleurs');
    const first = await asked(
      `PUT ${path}/sheets`,
      [
        { student_id: a, remark: 'Bon trimestre.', absences_excused: 2.5, mention: 'Félicitations' },
        { student_id: b, late: 3 },
        { student_id: other, late: 1 },
      ],
      head,
    );
    expect(first).toMatchObject([
      { student_id: a, result: 'stored', current: { remark: 'Bon trimestre.', version: 1, author: 'principal' } },
      { student_id: b, result: 'stored' },
      { student_id: other, result: 'refused', code: 'student_not_in_class' },
    ]);
    const second = await asked(
      `PUT ${path}/sheets`,
      [
        { student_id: a, absences_excused: null, conduct: 'Sérieux' },
        { student_id: b, late: 3 },
        { student_id: c, remark: null },
      ],
      head,
    );
    expect(second.map(({ result }: { result: string }) => result)).toEqual(['stored', 'unchanged', 'unchanged']);
    const [sheet] = await asked(`GET ${path}/sheets`, undefined, head);
    expect(sheet).toMatchObject({ remark: 'Bon trimestre.', mention: 'Félicitations', conduct: 'Sérieux', version: 2 });
    expect(sheet).not.toHaveProperty('absences_excused');
  });

  test('tell a line onto an older version what stands, by whom, and what it says itself', async () => {
    const { ids, path } = await classWith(1);
    const [id = 0] = ids;
    await asked(`PUT ${path}/sheets`, [{ student_id: id, remark: 'Peut mieux faire.', version: 0 }], head);
    const [line] = await asked(`PUT ${path}/sheets`, [{ student_id: id, remark: 'Excellent.', version: 0 }]);
    expect(line).toMatchObject({
      result: 'stale_version',
      current: { remark: 'Peut mieux faire.', author: 'principal', version: 1 },
      sent: { remark: 'Excellent.' },
    });
    const [sheet] = await asked(`GET ${path}/sheets`);
    expect(sheet.remark).toBe('Peut mieux faire.');
  });

  test('of two who write at once: each line is stored once, and the other is told', async () => {
    const { ids, path } = await classWith(4);
    const lines = (remark: string) => ids.map((student_id) => ({ student_id, remark, version: 0 }));
    const answers = await Promise.all([
      asked(`PUT ${path}/sheets`, lines('de l’un'), head),
      asked(`PUT ${path}/sheets`, lines('de l’autre')),
    ]);
    for (const i of ids.keys())
      expect(answers.map((lines) => lines[i].result).toSorted()).toEqual(['stale_version', 'stored']);
  });

  test('may be sent back as they were read, and change nothing', async () => {
    const { name, ids, path } = await classWith(2);
    await enter(await assess(name, { subject: 'Maths' }), { [ids[0] ?? 0]: 15 });
    await asked(`PUT ${path}/sheets`, [{ student_id: ids[0], remark: 'Bien,\ncontinuez.', mention: 'Bien' }]);
    const read = await asked(`GET ${path}/sheets`);
    const answer = await asked(`PUT ${path}/sheets`, read);
    expect(answer.map(({ result }: { result: string }) => result)).toEqual(['unchanged', 'unchanged']);
    expect(await asked(`GET ${path}/sheets`)).toEqual(read);
  });

  test('may be written while the term is closed, and a decision on a year only', async () => {
    const year = (await asked('POST /terms', { name: 'An', starts_on: '2026-09-01', ends_on: '2099-07-31' })).id;
    const dates = { starts_on: '2026-09-01', ends_on: '2099-01-31' };
    const half = (await asked('POST /terms', { name: 'S1', ...dates, parent: year })).id;
    const { ids, path } = await classWith(1);
    await asked(`PATCH /terms/${half}`, { open: false });
    const line = [{ student_id: ids[0], decision: 'promoted' }];
    expect(await asked(`PUT ${path}/sheets?term=${half}`, line)).toMatchObject([
      { result: 'refused', code: 'decision_needs_year' },
    ]);
    expect(await asked(`PUT ${path}/sheets?term=${year}`, line)).toMatchObject([{ result: 'stored' }]);
    expect(await asked(`GET ${path}/sheets?term=${year}`)).toMatchObject([{ decision: 'promoted' }]);
    await asked(`PATCH /terms/${half}`, { open: true, reason: 'Fin de l’essai' });
  });

  test('are read and written by administrators and the head teacher, and their history too', async () => {
    const { ids, path } = await classWith(1);
    const body = [{ student_id: ids[0], late: 1 }];
    for (const [as, status, code] of [
      [head, 200, undefined],
      [teacher, 404, 'not_head_teacher'],
      [stranger, 404, 'class_not_found'],
      [student(), 403, 'forbidden'],
      [guardian('mother'), 403, 'forbidden'],
    ] as const)
      for (const [request, sent] of [
        [`GET ${path}/sheets`, undefined],
        [`PUT ${path}/sheets`, body],
        [`GET ${path}/sheets/history?student_id=${ids[0]}`, undefined],
      ] as const) {
        const answer = await ask(request, sent, as);
        expect([request, as.username, answer.status]).toEqual([request, as.username, status]);
        if (code) expect(answer.body.code).toBe(code);
      }
  });

  test('come page by page, and those of a hundred are written in one call', async () => {
    const { ids, path } = await classWith(100);
    const told = await asked(
      `PUT ${path}/sheets`,
      ids.map((student_id, i) => ({ student_id, late: i })),
    );
    expect(told.every(({ result }: { result: string }) => result === 'stored')).toBe(true);
    const first = await ask(`GET ${path}/sheets?limit=60`);
    const next = /<([^>]+)>/.exec(first.headers.Link ?? '')?.[1] ?? '';
    const second = await ask(
      `GET ${new URL(next, 'http://campus.test').pathname}${new URL(next, 'http://campus.test').search}`,
    );
    const all = [...first.body, ...second.body];
    expect(all.map(({ student_id, late }) => [student_id, late])).toEqual(ids.map((id, i) => [id, i]));
    expect(second.headers).not.toHaveProperty('Link');
  });

  test('keep who changed what, when, and from what to what', async () => {
    const { ids, path } = await classWith(1);
    const [id = 0] = ids;
    await asked(`PUT ${path}/sheets`, [{ student_id: id, remark: 'Un', late: 2 }], head);
    await asked(`PUT ${path}/sheets`, [{ student_id: id, remark: 'Deux', late: null }]);
    expect(await asked(`GET ${path}/sheets/history?student_id=${id}`)).toMatchObject([
      {
        by: 'admin',
        version: 2,
        changes: [
          { field: 'late', from: 2 },
          { field: 'remark', from: 'Un', to: 'Deux' },
        ],
      },
      {
        by: 'principal',
        version: 1,
        changes: [
          { field: 'late', to: 2 },
          { field: 'remark', to: 'Un' },
        ],
      },
    ]);
  });

  test('follow a student who changes class', async () => {
    const [from, to] = [await classWith(1), await classWith(1)];
    const [id = 0] = from.ids;
    await asked(`PUT ${from.path}/sheets`, [{ student_id: id, absences_unexcused: 4 }]);
    await tell(id, 2, { class_name: to.name });
    expect(await asked(`GET ${to.path}/sheets`)).toMatchObject([{ student_id: id, absences_unexcused: 4 }, {}]);
    expect(await asked(`GET ${from.path}/sheets`)).toEqual([]);
    expect(await asked(`GET ${to.path}/sheets/history?student_id=${id}`)).toHaveLength(1);
    expect(await asked(`GET ${from.path}/sheets/history?student_id=${id}`)).toEqual([]);
  });
});

describe('the remarks of a subject', () => {
  test('are their teacher’s to write, the head teacher’s to read, and nobody else’s', async () => {
    const { ids, path } = await classWith(2);
    const [a = 0] = ids;
    const maths = `${path}/remarks?subject=maths`;
    expect(await asked(`PUT ${maths}`, [{ student_id: a, text: 'Rigoureuse.' }], teacher)).toMatchObject([
      { result: 'stored', current: { text: 'Rigoureuse.', author: 'prof', version: 1 } },
    ]);
    expect((await ask(`PUT ${maths}`, [{ student_id: a, text: 'Non.' }], colette)).body.code).toBe('not_your_subject');
    expect((await ask(`GET ${maths}`, undefined, colette)).body.code).toBe('not_your_subject');
    expect((await ask(`GET ${path}/remarks`, undefined, stranger)).body.code).toBe('class_not_found');
    const names = (lines: { subject: string }[]) => [...new Set(lines.map(({ subject }) => subject))].toSorted();
    expect(names(await asked(`GET ${path}/remarks`, undefined, teacher))).toEqual(['Maths']);
    expect(names(await asked(`GET ${path}/remarks`, undefined, head))).toEqual(['Français', 'Maths']);
    expect((await ask(`GET ${path}/remarks`, undefined, student())).status).toBe(403);
  });

  test('are told line by line: unchanged, stale with both texts, or refused with why', async () => {
    const [taker = 0] = await classOf(1, 'Latinistes');
    const [other = 0] = await classOf(1, 'Latinistes');
    await asked('PUT /classes/latinistes', { subjects: [{ name: 'Latin', students: [taker], teachers: ['prof'] }] });
    const path = '/classes/latinistes/remarks?subject=Latin';
    await asked(`PUT ${path}`, [{ student_id: taker, text: 'Optime.' }], teacher);
    const told = (body: object[]) => asked(`PUT ${path}`, body, teacher);
    expect(await told([{ student_id: taker, text: 'Optime.' }])).toMatchObject([{ result: 'unchanged' }]);
    expect(await told([{ student_id: taker, text: 'Male.', version: 0 }])).toMatchObject([
      { result: 'stale_version', current: { text: 'Optime.', author: 'prof' }, sent: { text: 'Male.' } },
    ]);
    expect(
      await told([
        { student_id: other, text: 'Bene.' },
        { student_id: 999_999, text: 'Quis?' },
      ]),
    ).toMatchObject([{ code: 'not_in_subject' }, { code: 'student_not_in_class' }]);
    const unknown = await ask('PUT /classes/latinistes/remarks?subject=Grec', [{ student_id: taker, text: 'X' }]);
    expect(unknown.body.errors).toMatchObject([{ parameter: 'subject', code: 'unknown_subject' }]);
  });

  test('are cleared by null, may be sent back as read, and keep their history', async () => {
    const { ids, path } = await classWith(1);
    const maths = `${path}/remarks?subject=Maths`;
    await asked(`PUT ${maths}`, [{ student_id: ids[0], text: 'Brillant.' }], teacher);
    const read = await asked(`GET ${maths}`, undefined, teacher);
    expect(await asked(`PUT ${maths}`, read, teacher)).toMatchObject([{ result: 'unchanged' }]);
    await asked(`PUT ${maths}`, [{ student_id: ids[0], text: null }], teacher);
    expect(await asked(`GET ${maths}`, undefined, teacher)).toMatchObject([{ text: null, version: 2 }]);
    const history = `${path}/remarks/history?subject=Maths&student_id=${ids[0]}`;
    expect(await asked(`GET ${history}`, undefined, teacher)).toMatchObject([
      { by: 'prof', version: 2, changes: [{ field: 'text', from: 'Brillant.' }] },
      { by: 'prof', version: 1, changes: [{ field: 'text', to: 'Brillant.' }] },
    ]);
    expect((await ask(`GET ${history}`, undefined, colette)).body.code).toBe('not_your_subject');
  });

  test('come a page of lines at a time, each student’s subjects together', async () => {
    const { ids, path } = await classWith(3);
    const first = await ask(`GET ${path}/remarks?limit=4`, undefined, head);
    expect(first.body).toHaveLength(4);
    const { search } = new URL(/<([^>]+)>/.exec(first.headers.Link ?? '')?.[1] ?? '', 'http://campus.test');
    const second = await ask(`GET ${path}/remarks${search}`, undefined, head);
    const told = [...first.body, ...second.body].map(({ student_id, subject }) => [student_id, subject]);
    expect(told).toEqual(
      ids.flatMap((id) => [
        [id, 'Français'],
        [id, 'Maths'],
      ]),
    );
  });

  test('ask which subject where the class has no programme', async () => {
    const [id = 0] = await classOf(1, 'Libre');
    expect((await ask('GET /classes/libre/remarks', undefined, teacher)).body.errors).toMatchObject([
      { parameter: 'subject', code: 'required' },
    ]);
    const path = '/classes/libre/remarks?subject=Musique';
    await asked(`PUT ${path}`, [{ student_id: id, text: 'Juste.' }], teacher);
    expect(await asked(`GET ${path}`, undefined, teacher)).toMatchObject([{ subject: 'Musique', text: 'Juste.' }]);
  });
});
