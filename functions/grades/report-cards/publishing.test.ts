import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Identity, student, teacher } from '../../../tests/support/call.ts';
import { cardsOf, close, head, mother, publish, reopen, results, world } from '../../../tests/support/published.ts';
import { ask, asked, assess, enter, tell } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

beforeAll(async () => {
  await createContext('grades');
});

describe('publishing the cards of a class', () => {
  test('asks a closed term, nothing unreleased, and a reason where cards are replaced', async () => {
    const here = await world(2);
    const refused = await ask(`POST ${here.path}/report-cards`, { term: here.first }, head);
    expect([refused.status, refused.body.code]).toEqual([409, 'term_not_closed']);
    const hidden = await assess(here.name, { term: here.first, release_at: '2099-01-01T00:00:00Z' });
    await enter(hidden, { [here.ids[0] ?? 0]: 20 });
    await close(here.first);
    const unreleased = await ask(`POST ${here.path}/report-cards`, { term: here.first }, head);
    expect([unreleased.status, unreleased.body.code]).toEqual([409, 'unreleased_results']);
    await asked(`PATCH /assessments/${hidden}`, { release_at: null });
    expect(results(await publish(here, here.first))).toEqual(Object.fromEntries(here.ids.map((id) => [id, 'new'])));
    await asked(`PUT ${here.path}/sheets?term=${here.first}`, [{ student_id: here.ids[0], remark: 'Bien.' }], head);
    const reasonless = await ask(`POST ${here.path}/report-cards`, { term: here.first }, head);
    expect(reasonless.body.errors).toMatchObject([{ pointer: '#/reason', code: 'required' }]);
  });

  test('freezes figures, names, teachers, remarks and the council’s words', async () => {
    const here = await world(6);
    const [id = 0] = here.ids;
    await asked(
      `PUT ${here.path}/remarks?term=${here.first}&subject=Maths`,
      [{ student_id: id, text: 'Vive.' }],
      teacher,
    );
    await asked(
      `PUT ${here.path}/sheets?term=${here.first}`,
      [{ student_id: id, remark: 'Encouragements.', absences_excused: 1.5, late: 2, mention: 'Félicitations' }],
      head,
    );
    await close(here.first);
    const before = await asked(`GET /grades/${id}?term=${here.first}`, undefined, mother);
    await publish(here, here.first);
    const [card] = await cardsOf(id);
    expect(card).toMatchObject({
      version: 1,
      differs: false,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      content: {
        school: { name: 'Campus' },
        student: { id, name: `Élève ${id}` },
        class_name: here.name,
        term: { id: here.first, name: 'S1' },
        year: { id: here.year, name: 'Année' },
        head_teacher: 'principal',
        general: before.general,
        class: before.class,
        rank: before.rank,
        ranked: 6,
        size: 6,
        terms: [],
        council: { remark: 'Encouragements.', absences_excused: 1.5, late: 2, mention: 'Félicitations' },
      },
    });
    expect(card.content.subjects).toMatchObject([
      { name: 'Maths', coefficient: 4, teachers: ['prof'], figure: 10, remark: { text: 'Vive.', author: 'prof' } },
      { name: 'Français', coefficient: 3, teachers: ['colette'] },
    ]);
    expect(card).not.toHaveProperty('replaces');
    expect(card).not.toHaveProperty('published_by');
    await reopen(here.first);
    await asked(`PUT /grades/${id}/${here.assessment}`, { score: 19 });
    await tell(id, 2, { name: 'Autre Nom', class_name: here.name, guardians: ['mother'] });
    const [after] = await cardsOf(id);
    expect(after.content).toEqual(card.content);
    expect(after.differs).toBe(true);
  });

  test('again, with a reason, replaces each card that would be printed otherwise, and no other', async () => {
    const here = await world(6);
    const [a = 0, b = 0] = here.ids;
    await close(here.first);
    await publish(here, here.first);
    expect(results(await publish(here, here.first))).toEqual(
      Object.fromEntries(here.ids.map((id) => [id, 'unchanged'])),
    );
    // A remark is on one card only.
    await asked(
      `PUT ${here.path}/remarks?term=${here.first}&subject=Maths`,
      [{ student_id: b, text: 'Mieux.' }],
      teacher,
    );
    const dry = await asked(`POST ${here.path}/report-cards?dry_run=true`, { term: here.first }, head);
    const again = await publish(here, here.first, 'Une appréciation oubliée');
    expect(results(again)).toEqual({ ...Object.fromEntries(here.ids.map((id) => [id, 'unchanged'])), [b]: 'replaces' });
    expect(results(dry)).toEqual(results(again));
    expect((await cardsOf(a)).length).toBe(1);
    const [second, first] = await cardsOf(b);
    expect(second).toMatchObject({ version: 2, replaces: 1, reason: 'Une appréciation oubliée', differs: false });
    expect(first).toMatchObject({ version: 1, replaced_by: 2 });
    expect(first).not.toHaveProperty('differs');
    // The class mean is on every card.
    await reopen(here.first);
    await asked(`PUT /grades/${a}/${here.assessment}`, { score: 20 });
    await close(here.first);
    expect(results(await publish(here, here.first, 'Une note corrigée'))).toEqual(
      Object.fromEntries(here.ids.map((id) => [id, 'replaces'])),
    );
  });

  test('tells beforehand who lacks a figure, a remark, a mention or a decision, and what stands in the way', async () => {
    const here = await world(5);
    const [, , , , best = 0] = here.ids;
    const dry = (term: string) => asked(`POST ${here.path}/report-cards?dry_run=true`, { term }, head);
    const told = await dry(here.first);
    expect(told).toMatchObject({ dry_run: true, obstacles: ['term_not_closed'] });
    expect(told.cards.find(({ student_id }: { student_id: number }) => student_id === best)).toEqual({
      ...{ student_id: best, name: `Élève ${best}`, result: 'new', version: 1 },
      lacks: [
        { what: 'figure', subject: 'Français' },
        { what: 'remark' },
        { what: 'remark', subject: 'Maths' },
        { what: 'remark', subject: 'Français' },
        { what: 'mention' },
      ],
    });
    await asked(
      `PUT ${here.path}/sheets?term=${here.year}`,
      [{ student_id: best, mention: 'Bien', remark: 'Oui.' }],
      head,
    );
    const yearly = await dry(here.year);
    expect(yearly.cards.at(-1).lacks).toEqual([{ what: 'decision' }]);
    expect(await cardsOf(best)).toEqual([]);
  });

  test('is for administrators and the head teacher', async () => {
    const here = await world(1);
    for (const [as, status, code] of [
      [teacher, 404, 'not_head_teacher'],
      [{ username: 'inconnu', role: 'teacher' } as Identity, 404, 'class_not_found'],
      [student(), 403, 'forbidden'],
      [mother, 403, 'forbidden'],
    ] as const) {
      const answer = await ask(`POST ${here.path}/report-cards?dry_run=true`, { term: here.first }, as);
      expect([as.username, answer.status, answer.body.code]).toEqual([as.username, status, code]);
    }
  });
});

describe('the card of a year', () => {
  test('and that of its last term have the terms side by side, and the year its decision', async () => {
    const here = await world(5);
    const [id = 0] = here.ids;
    const second = await assess(here.name, { subject: 'Français', term: here.second });
    await enter(second, Object.fromEntries(here.ids.map((one) => [one, 12])));
    await asked(`PUT ${here.path}/sheets?term=${here.year}`, [{ student_id: id, decision: 'promoted' }], head);
    for (const term of [here.first, here.second]) await close(term);
    for (const term of [here.first, here.second, here.year]) await publish(here, term);
    const by = new Map((await cardsOf(id)).map((card: { term: string }) => [card.term, card]));
    const content = (term: string) => (by.get(term) as { content: object }).content;
    const columns = [
      {
        id: here.first,
        name: 'S1',
        weight: 1,
        general: 10,
        subjects: [{ name: 'Maths', figure: 10 }, { name: 'Français' }],
      },
    ];
    expect(content(here.second)).toMatchObject({ general: 12, terms: columns, council: {} });
    expect(content(here.year)).toMatchObject({
      general: 11,
      terms: [...columns, { id: here.second, general: 12 }],
      council: { decision: 'promoted' },
      subjects: [{ name: 'Maths', teachers: ['prof'] }, { name: 'Français' }],
    });
    // What was corrected in the first term is printed on all three.
    await reopen(here.first);
    await asked(`PUT /grades/${id}/${here.assessment}`, { score: 14 });
    await close(here.first);
    const cards = await cardsOf(id);
    expect(cards.map(({ differs }: { differs: boolean }) => differs)).toEqual([true, true, true]);
  });
});
