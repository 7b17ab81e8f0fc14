import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { admin, call } from '../../../tests/support/call.ts';
import { json, type PeerStub, refuses, startPeer } from '../../../tests/support/peer.ts';
import { read, registered } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { handler } from '../students.ts';

let peer: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  peer = await startPeer();
});
afterAll(() => peer.stop());

const erase = (id: number) => call(handler, `DELETE /students/${id}`, { as: admin });
const notify = (id: number) => call(handler, `POST /notify_grades/${id}`, { as: admin });

describe('the grades service', () => {
  test('is asked whether a report card was published: then the student cannot be deleted', async () => {
    const id = await registered();
    await notify(id);
    peer.behave(json(200, [{ version: 1 }]));
    expect((await erase(id)).body).toMatchObject({ status: 409, code: 'has_published_cards' });
    expect(peer.requests.map(({ url }) => url)).toEqual([`/grades/${id}/report-cards`]);
    expect((await read(id)).status).toBe(200);
  });

  test.each([
    ['has none', json(200, [])],
    ['does not know the student', refuses(404, 'student_not_found')],
  ])('that %s is no obstacle', async (_, behaviour) => {
    const id = await registered();
    await notify(id);
    peer.behave(behaviour);
    expect((await erase(id)).status).toBe(204);
  });

  test('that does not say is waited for: nothing is deleted', async () => {
    const id = await registered();
    await notify(id);
    peer.behave(refuses(500, 'internal_error'));
    expect((await erase(id)).body).toMatchObject({ status: 503, code: 'peer_unavailable' });
    expect((await read(id)).status).toBe(200);
  });

  test('is not asked about whom it was never told of', async () => {
    const id = await registered();
    peer.behave(refuses(500, 'internal_error'));
    expect((await erase(id)).status).toBe(204);
    expect(peer.requests).toEqual([]);
  });
});
