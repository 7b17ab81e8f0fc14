import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { json, type PeerStub, refuses, startPeer } from '../../../tests/support/peer.ts';
import { cardsOf, close, publish, reopen, results, type World, world } from '../../../tests/support/published.ts';
import { asked } from '../../../tests/support/school.ts';
import { createContext } from '../../../tests/support/tables.ts';

let accounts: PeerStub;
let here: World;

const NAMES: Readonly<Record<string, object>> = {
  '/users/prof': { first_name: 'Awa', last_name: 'Ndiaye' },
  '/users/principal': { last_name: 'Sarr' },
  '/users/colette': {},
};

beforeAll(async () => {
  await createContext('grades');
  accounts = await startPeer();
  here = await world(2);
  await close(here.first);
});
afterAll(() => accounts.stop());

test('a card names its teachers as their accounts do when it is published', async () => {
  accounts.behave((request, response) => json(200, NAMES[request.url ?? ''] ?? {})(request, response));
  await publish(here, here.first);
  const [{ content }] = await cardsOf(here.ids[0] ?? 0);
  expect(content.people).toEqual({ prof: 'Awa Ndiaye', principal: 'Sarr' });
  expect(accounts.requests.map(({ url }) => url).sort()).toEqual(['/users/colette', '/users/principal', '/users/prof']);
});

test('what teachers are called is no reason for another version', async () => {
  accounts.behave(json(200, { last_name: 'Autrement' }));
  expect(Object.values(results(await publish(here, here.first)))).toEqual(['unchanged', 'unchanged']);
});

test('where the accounts service does not say, cards are published all the same', async () => {
  accounts.behave(refuses(503, 'busy'));
  await reopen(here.first);
  const [id = 0] = here.ids;
  await asked(`PUT /grades/${id}/${here.assessment}`, { score: 18 });
  await close(here.first);
  expect(results(await publish(here, here.first, 'Erreur'))[id]).toBe('replaces');
  expect((await cardsOf(id))[0].content).not.toHaveProperty('people');
});
