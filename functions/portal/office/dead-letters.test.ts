import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { json, type PeerStub, refuses, startPeer } from '../../../tests/support/peer.ts';
import { accessToken, answering, servicesSaying } from '../../../tests/support/services.ts';
import { SAME_ORIGIN, toHandler, Visitor } from '../../../tests/support/visitor.ts';
import { handler } from '../portal.ts';

let services: PeerStub;
beforeAll(async () => {
  services = await startPeer();
});
afterAll(() => services.stop());

const PAGE = '/portal/dead-letters';
const NOTHING = { waiting: 0, letters: [] };
const letter = (type: string, subject?: string) => ({
  ...{ id: 'm-1', sent_at: '2026-11-09T08:30:00.000Z', expires_at: '2026-11-23T08:30:00.000Z' },
  event: { type, subject },
});
const quiet = Object.fromEntries(
  ['registration', 'grades', 'auth', 'orders', 'health'].map((one) => [`GET /dead-letters/${one}`, NOTHING]),
);

async function office(more: Readonly<Record<string, unknown>> = {}): Promise<Visitor> {
  services.behave(answering({ ...servicesSaying('Awa'), ...quiet, ...more }));
  const visitor = new Visitor(toHandler(handler), { forms: SAME_ORIGIN });
  visitor.jar.set('__Host-campus-access', `admin~${await accessToken('awa')}`);
  visitor.jar.set('__Host-campus-zone', 'Africa/Dakar');
  return visitor;
}

test('where nothing waits each service says so, and there is nothing to send', async () => {
  const { status, text } = await (await office()).get(PAGE);
  expect(status).toBe(200);
  expect(text.match(/Rien n’attend/g)).toHaveLength(5);
  expect(text).not.toContain('Renvoyer');
});

test('what waits is shown with its time, what it is about and the way there', async () => {
  const letters = [
    letter('campus.student.marked', '12'),
    letter('campus.student.changed', '7'),
    letter('campus.school.changed', 'school'),
    letter('campus.person.deleted', '9'),
    { ...letter(''), event: null },
  ];
  const visitor = await office({ 'GET /dead-letters/grades': { waiting: 14, letters } });
  const { text } = await visitor.get(PAGE);
  expect(text).toContain('14 en attente');
  expect(text).toContain('Les dix plus anciens.');
  expect(text).toContain('href="/portal/students/12/record">Notes d’un import 12<');
  expect(text).toContain('href="/portal/students/7/record">Élève modifié 7<');
  expect(text).toContain('href="/portal/school">L’école school<');
  expect(text).toContain('Personne supprimée 9');
  expect(text).toContain('illisible');
  expect(text).toContain('9 nov. 2026');
  expect(text.match(/Rien n’attend/g)).toHaveLength(4);
});

test('imported marks that wait say why they mostly do, and where to mend it; other letters do not', async () => {
  const marks = await office({
    'GET /dead-letters/grades': { waiting: 1, letters: [letter('campus.student.marked', '1')] },
  });
  expect((await marks.get(PAGE)).text).toMatch(/aucune période n’est ouverte[^<]*<a href="\/portal\/year">/);
  const others = await office({
    'GET /dead-letters/grades': { waiting: 1, letters: [letter('campus.student.changed', '1')] },
  });
  expect((await others.get(PAGE)).text).not.toContain('aucune période');
});

test('a subject that is no id is no link', async () => {
  const odd = letter('campus.student.changed', '../../logout?"');
  const { text } = await (await office({ 'GET /dead-letters/grades': { waiting: 1, letters: [odd] } })).get(PAGE);
  expect(text).toContain('Élève modifié ../../logout?&quot;');
  expect(text).not.toContain('students/../');
});

test('a service that does not answer costs its own panel', async () => {
  const { status, text } = await (await office({ 'GET /dead-letters/auth': refuses(500, 'internal_error') })).get(PAGE);
  expect(status).toBe(200);
  expect(text.match(/Rien n’attend/g)).toHaveLength(4);
  expect(text).toContain('ne répond pas');
});

test.each([
  [{ redriven: 3, waiting: 0 }, 'Messages renvoyés.'],
  [{ redriven: 500, waiting: 7 }, 'Une partie des messages'],
  [{ redriven: 0, waiting: 0 }, 'Rien n’a été renvoyé'],
])('sending again is asked once more, done in that service alone, and told: %j', async (answer, told) => {
  const visitor = await office({
    'GET /dead-letters/grades': { waiting: 3, letters: [letter('campus.student.changed', '7')] },
    'POST /dead-letters/grades/redrive': json(200, answer),
  });
  const asked = await visitor.get(`${PAGE}/grades/redrive`);
  expect(asked.text).toContain('Renvoyer ces messages');
  services.requests.length = 0;
  const done = await visitor.submit(asked, `${PAGE}/grades/redrive`);
  expect([done.status, done.headers.location]).toEqual([303, PAGE]);
  expect(services.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /dead-letters/grades/redrive']);
  expect((await visitor.get(PAGE)).text).toContain(told);
});

test.each(['persons', 'nothing', '..'])('there is nothing to send again in %s', async (service) => {
  const visitor = await office();
  services.requests.length = 0;
  const path = `${PAGE}/${encodeURIComponent(service)}/redrive`;
  expect((await visitor.get(path)).status).toBe(404);
  expect((await visitor.post(path, {})).status).toBe(404);
  expect(services.requests).toEqual([]);
});

test('is all well: it is not while something waits, and the page says where and how much', async () => {
  expect((await (await office()).get('/portal/operations')).text).toContain('Aucun message n’attend.');
  const waiting = { 'GET /dead-letters/grades': { waiting: 2, letters: [letter('campus.student.marked', '1')] } };
  const { text } = await (await office(waiting)).get('/portal/operations');
  expect(text).toContain('des messages sont restés en souffrance');
  expect(text).toContain('<span>Notes</span> <span class="badge warning">2 en attente</span>');
  expect(text).toContain('href="/portal/dead-letters"');
  const unknown = await office({ 'GET /dead-letters/auth': refuses(500, 'internal_error') });
  expect((await unknown.get('/portal/operations')).text).toContain(
    '<span>Comptes</span> <span class="badge warning">inconnu',
  );
});
