import { beforeAll, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { enrolled, filled, letters, workingAs } from '../support/office.ts';
import type { Visitor } from '../support/visitor.ts';

let office: Visitor;
beforeAll(async () => {
  office = await workingAs('admin', 'admin');
});

/** A class that the marks service knows, since its one student was notified. */
async function someClass(): Promise<[class_name: string, student: string]> {
  const class_name = `An ${letters()}`;
  const [id] = await enrolled(office, { class_name, last_name: 'Passage' });
  await filled(office, `/portal/students/${id}/notify`);
  await until(async () => (await office.get('/portal/programme')).text.includes(class_name));
  return [class_name, id];
}

test('a year and its terms are created, closed, and opened again with a reason that stays', async () => {
  const name = `A${letters()}`;
  const dates = { starts_on: '2040-09-01', ends_on: '2041-06-30' };
  const made = await filled(office, '/portal/year/new', { name, ...dates });
  expect(made.text).toContain('Période créée.');
  const year = new RegExp(`parent=([\\w-]+)">[^<]*<span class="hidden">[^<]*${name}`).exec(made.text)?.[1] ?? '';
  const outside = { name: `${name} 1`, starts_on: '2039-09-01', ends_on: '2041-01-31' };
  const refused = await filled(office, `/portal/year/new?parent=${year}`, { ...outside, parent: year });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('id="starts_on-error"');
  expect(refused.text).toContain(`value="${name} 1"`);
  const inside = await filled(office, '/portal/year/new', { ...outside, starts_on: '2040-09-01', parent: year });
  expect(inside.text).toContain(`– ${name} 1`);
  const closed = await filled(office, `/portal/year/${year}/close`);
  expect(closed.text).toContain('Période fermée.');
  expect(closed.text).toContain(`/portal/year/${year}/reopen`);
  const reopened = await filled(office, `/portal/year/${year}/reopen`, { reason: 'Une note oubliée' });
  expect(reopened.text).toContain('Période rouverte.');
  expect(reopened.text).toContain('Une note oubliée');
});

test('a class’s programme is described, refused at the row that is wrong, and copied to another', async () => {
  const [class_name] = await someClass();
  const path = `/portal/programme/${encodeURIComponent(class_name)}`;
  const typed = {
    ...{ scale: '20', head_teacher: 'prof', rank_needs: '50', show_general: 'yes' },
    ...{ 'subjects.0.name': 'Maths', 'subjects.0.coefficient': '2,5', 'subjects.0.teachers': 'prof' },
    ...{ 'subjects.1.name': 'Oral', 'subjects.1.parent': 'Anglais' },
    ...{ 'categories.0.name': 'Devoirs', 'mentions.0.label': 'Bien', 'mentions.0.from': '14' },
  };
  const refused = await filled(office, path, typed);
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('id="subjects-1-parent-error"');
  expect(refused.text).toContain('value="2,5"');
  const saved = await filled(office, path, { ...typed, 'subjects.1.parent': '' });
  expect(saved.text).toContain('Enregistré.');
  for (const value of ['Maths', '2,5', 'Oral', 'Devoirs', 'Bien', '14'])
    expect(saved.text).toContain(`value="${value}"`);
  expect(saved.text).toMatch(/id="show_general"[^>]* checked/);
  expect(saved.text).not.toMatch(/id="show_rank"[^>]* checked/);
  const [other] = await someClass();
  const copy = `/portal/programme/${encodeURIComponent(other)}/copy`;
  const { text } = await office.get(copy);
  const year = /<option value="([\w-]+)"[^>]*>2026-2027</.exec(text)?.[1] ?? '';
  const copied = await filled(office, copy, { class_name, year });
  expect(copied.text).toContain('Programme copié.');
  expect(copied.text).toContain('value="Maths"');
  const unknown = await filled(office, copy, { class_name: 'Nulle part', year });
  expect([unknown.status, unknown.text.includes('id="class_name-error"')]).toEqual([404, true]);
});

test('the programme of a class that nobody is in yet', async () => {
  const class_name = `Neuve ${letters()}`;
  const led = await office.follow(await office.get(`/portal/programme?class=${encodeURIComponent(class_name)}`));
  expect(led.status).toBe(200);
  expect(led.text).toContain(class_name);
});

test('the roll-over lists what becomes of every student before anything changes, and says what is to be closed', async () => {
  const [class_name, id] = await someClass();
  const years = { from: '2026-2027', to: '2027-2028' };
  const typed = { ...years, 'moves.0.class_name': class_name, 'moves.0.to': 'Plus haut', 'moves.1.class_name': '' };
  const path = '/portal/year/rollover';
  const checked = await office.submit(await office.get(path), path, typed);
  expect(checked.status).toBe(200);
  expect(checked.text).toContain(`${class_name} → Plus haut`);
  expect(checked.text).toContain('Awa Passage');
  expect(checked.text).toContain('À fermer d’abord');
  const refused = await office.submit(checked, path, { step: 'done' });
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('Fermez d’abord les périodes');
  expect((await office.get(`/portal/students/${id}/record`)).text).toContain(class_name);
  const wrong = await filled(office, path, { ...typed, to: '2030-2031' });
  expect(wrong.text).toContain('id="to-error"');
});

test('the school is described; a colleague’s change meanwhile is not lost', async () => {
  const path = '/portal/school';
  const shown = await office.get(path);
  const stored = Object.fromEntries(
    [...shown.text.matchAll(/<input type="(?:text|tel)" id="\w+" name="(\w+)"[^>]* value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value.replaceAll('&#39;', "'")],
    ),
  );
  const described = { ...stored, address: '12 avenue Cheikh Anta Diop\nDakar' };
  const saved = await office.submit(shown, path, { ...described, motto: 'Apprendre toujours' });
  expect((await office.follow(saved)).text).toContain('value="Apprendre toujours"');
  const stale = await office.submit(shown, path, { ...described, motto: 'Autre chose' });
  expect(stale.status).toBe(412);
  expect(stale.text).toContain('Apprendre toujours');
  expect((await filled(office, path, described)).text).toContain('Enregistré.');
});
