import { json, type PeerStub, refuses } from './peer.ts';

let last = 1_000;

/** Makes the stand-in for persons know one new person, and nobody else. @returns their id, never given before */
export function knowPerson(stub: PeerStub, username?: string): number {
  last += 1;
  const id = last;
  const known = json(200, { id, name: 'Ada', ...(username && { username }), created_at: '2026-01-01T00:00:00.000Z' });
  const missing = refuses(404, 'person_not_found');
  stub.behave((request, response) => (request.url === `/persons/${id}` ? known : missing)(request, response));
  return id;
}
