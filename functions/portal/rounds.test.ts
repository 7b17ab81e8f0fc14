import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../project/until.ts';
import { type PeerStub, startPeer } from '../../tests/support/peer.ts';
import { ASSESSMENT, accessToken, answering, servicesSaying } from '../../tests/support/services.ts';
import { toHandler, Visitor } from '../../tests/support/visitor.ts';
import { handler } from './portal.ts';

let services: PeerStub;
beforeAll(async () => {
  services = await startPeer();
});
afterAll(() => services.stop());

const answer = answering(servicesSaying('Awa'));

/** Each page with the calls that it makes at once, and those that depend on them: no third round. */
test.each([
  ['student', '/home', [3, 2]],
  ['teacher', '/home', [2]],
  ['admin', '/home', [4, 1]],
  ['student', '/buy/1', [1]],
  ['student', '/purchases', [1]],
  ['student', '/portal/orders', [1]],
  ['student', '/portal/marks', [3, 1]],
  ['student', '/portal/fees', [2, 2]],
  ['student', '/portal/fees/pay', [2, 2]],
  ['student', '/portal/health', [2]],
  ['teacher', '/portal/classes', [1]],
  ['teacher', '/portal/classes/4eB', [5]],
  ['student', '/portal/report-cards', [2, 1]],
  ['student', '/portal/report-cards/1/1?term=t1', [1]],
  ['teacher', '/portal/classes/4eB/remarks', [2, 3]],
  ['teacher', '/portal/classes/4eB/council', [2, 3]],
  ['teacher', '/portal/classes/4eB/report-cards', [2, 1]],
  ['teacher', '/portal/classes/4eB/report-cards/publish', [2, 1]],
  ['teacher', '/portal/classes/4eB/assessments', [3]],
  ['teacher', '/portal/classes/4eB/assessments/new', [2]],
  ['teacher', `/portal/classes/4eB/assessments/${ASSESSMENT}`, [3]],
  ['teacher', `/portal/classes/4eB/assessments/${ASSESSMENT}/edit`, [3]],
  ['teacher', '/portal/students/1', [1]],
  ['student', '/portal/account', [2]],
  ['admin', '/portal/students', [2]],
  ['admin', '/portal/students?q=awa', [3]],
  ['admin', '/portal/students/1/record', [2]],
  ['admin', '/portal/students/1/guardians', [2]],
  ['admin', '/portal/students/1/pay', [2]],
  ['admin', '/portal/fees', [2]],
  ['admin', '/portal/fees/new', [2]],
  ['admin', '/portal/year', [1]],
  ['admin', '/portal/operations', [12]],
  ['admin', '/portal/dead-letters', [5]],
  ['admin', '/portal/shop', [1]],
  ['admin', '/portal/accounts/victor', [1]],
  ['admin', '/portal/year/rollover', [2]],
  ['admin', '/portal/programme/4eB', [1]],
  ['admin', '/portal/programme/4eB/copy', [2]],
])('to a %s %s costs calls side by side: %j', async (role, path, rounds) => {
  const held: [IncomingMessage, ServerResponse][] = [];
  services.behave((request, response) => {
    held.push([request, response]);
  });
  const visitor = new Visitor(toHandler(handler));
  visitor.jar.set('__Host-campus-access', `${role}~${await accessToken('victor')}`);
  visitor.jar.set('__Host-campus-person', '1');
  visitor.jar.set('__Host-campus-zone', 'Africa/Dakar');
  const shown = visitor.get(path);
  for (const calls of rounds) {
    await until(() => held.length === calls);
    for (const [request, response] of held.splice(0)) answer(request, response);
  }
  expect((await shown).status).toBe(200);
  expect(held).toEqual([]);
});
