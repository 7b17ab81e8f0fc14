import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { clock } from '../../../platform/base/clock.ts';
import { key } from '../../../platform/data/key.ts';
import type { CloudEvent } from '../../../platform/events/cloud-event.ts';
import { sqs } from '../../../platform/events/queue.ts';
import { admin, call, student, teacher } from '../../../tests/support/call.ts';
import { failing, intervening, sdkError } from '../../../tests/support/faults.ts';
import { startAccounts } from '../../../tests/support/holders.ts';
import type { PeerStub } from '../../../tests/support/peer.ts';
import { read, registered, somePhone } from '../../../tests/support/students.ts';
import { createContext } from '../../../tests/support/tables.ts';
import { relay } from '../events.ts';
import { handler as fees } from '../fees.ts';
import { handler } from '../students.ts';
import { table } from '../table.ts';

let accounts: PeerStub;

beforeAll(async () => {
  await createContext('registration', 'grades');
  accounts = await startAccounts();
});
afterAll(() => accounts.stop());

afterEach(() => {
  jest.restoreAllMocks();
});

const notify = (id: number) => call(handler, `POST /notify_grades/${id}`, { as: admin });
const patch = (id: number, body: object) => call(handler, `PATCH /students/${id}`, { as: admin, body });
const erase = (id: number) => call(handler, `DELETE /students/${id}`, { as: admin });
const pay = (id: number) => call(fees, `POST /pay/${id}`, { as: admin });

interface Told extends CloudEvent {
  readonly data: { readonly id: number; readonly version: number };
}

/** Everything that waits in the queue of the grades service, which is empty then. */
async function received(): Promise<Told[]> {
  const QueueUrl = process.env.STUDENT_EVENTS_QUEUE_URL;
  const found: Told[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return found.toSorted((a, b) => a.id.localeCompare(b.id));
    for (const { Body = '', ReceiptHandle } of Messages) {
      found.push(JSON.parse(Body));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

const pending = async (): Promise<CloudEvent[]> =>
  (await table.queryAll<{ event: CloudEvent }>({ partition: ['pk', key`OUTBOX`] })).map(({ event }) => event);

const withoutSqs = <T>(work: () => Promise<T>): Promise<T> =>
  intervening(
    sqs,
    failing(() => sdkError('TimeoutError', { code: 'ECONNREFUSED' }), 'SendMessageBatch'),
    work,
  );

/** What the relay sends once the events have settled. */
async function relayed(): Promise<{ sent: number }> {
  const later = Date.now() + 60_000;
  jest.spyOn(clock, 'now').mockReturnValue(later);
  const done = await relay();
  jest.restoreAllMocks();
  return done;
}

test('notifying answers in the words of the source document, and the message is in the queue', async () => {
  const phone = somePhone();
  const id = await registered({ name: 'Jean Dupont', class_name: 'TS1', phone, username: 'jean.told' });
  const { status, body } = await notify(id);
  expect(status).toBe(200);
  const [event, ...others] = await received();
  expect(body).toEqual({ status: 'notification envoyée', grades_response: { message_id: event?.id, queued: true } });
  expect(others).toEqual([]);
  expect(event).toMatchObject({
    specversion: '1.0',
    type: 'campus.student.notified',
    source: '/campus/registration',
    subject: String(id),
    data: { id, name: 'Jean Dupont', class_name: 'TS1', phone, username: 'jean.told', version: 2 },
  });
  expect(await pending()).toEqual([]);
  expect((await read(id)).body.notified).toBe(true);
});

test('once notified, every change is told in growing versions, deletion last; a payment is nobody’s business', async () => {
  const id = await registered();
  await patch(id, { class_name: 'Untold' });
  expect(await received()).toEqual([]);
  await notify(id);
  await patch(id, { class_name: 'A' });
  await pay(id);
  await patch(id, { class_name: null });
  await notify(id);
  await erase(id);
  const told = await received();
  expect(told.map(({ type, data }) => [type.split('.')[2], data.version])).toEqual([
    ['notified', 3],
    ['changed', 4],
    ['changed', 6],
    ['notified', 7],
    ['deleted', 8],
  ]);
  expect(told[4]?.data).toEqual({ id, version: 8 });
});

test('a restoration is told with all that is known of the student, in a version above the deletion’s', async () => {
  const id = await registered({ class_name: 'A' });
  const restore = () => call(handler, `POST /students/${id}/restore`, { as: admin });
  await erase(id);
  await restore();
  expect(await received()).toEqual([]);
  await notify(id);
  await erase(id);
  await restore();
  await patch(id, { class_name: 'B' });
  const told = (await received()).slice(1);
  expect(told.map(({ type, data }) => [type.split('.')[2], data.version])).toEqual([
    ['deleted', 5],
    ['restored', 6],
    ['changed', 7],
  ]);
  expect(told[1]?.data).toMatchObject({ id, name: 'Fatou Diop', class_name: 'A' });
});

test('twenty changes at once are told with twenty versions', async () => {
  const id = await registered();
  await notify(id);
  const changes = await Promise.all(Array.from({ length: 20 }, (_, i) => patch(id, { class_name: `C${i}` })));
  expect(changes.map(({ status }) => status)).toEqual(changes.map(() => 200));
  // What was not sent in time the relay sends; where only the answer was late, it comes twice.
  await relayed();
  const versions = new Set((await received()).map(({ data }) => data.version));
  expect([...versions].toSorted((one, other) => one - other)).toEqual(Array.from({ length: 21 }, (_, i) => i + 2));
});

test('with the queue down a notification succeeds, waits as one event, and the relay sends it once', async () => {
  const id = await registered();
  const { status, body } = await withoutSqs(() => notify(id));
  expect([status, body.grades_response.queued]).toEqual([200, true]);
  expect((await pending()).map((event) => event.id)).toEqual([body.grades_response.message_id]);
  expect(await received()).toEqual([]);
  // A young event may still be in the hands of the request that wrote it.
  expect(await relay()).toEqual({ sent: 0 });
  await expect(withoutSqs(relayed)).rejects.toThrow();
  jest.restoreAllMocks();
  expect(await pending()).toHaveLength(1);
  expect(await relayed()).toEqual({ sent: 1 });
  expect(await pending()).toEqual([]);
  expect((await received()).map((event) => event.id)).toEqual([body.grades_response.message_id]);
  expect(await relayed()).toEqual({ sent: 0 });
});

test('with the queue down a change and a deletion succeed too, and the relay tells both', async () => {
  const id = await registered();
  await notify(id);
  await received();
  const statuses = await withoutSqs(async () => [
    (await patch(id, { class_name: 'Down' })).status,
    (await erase(id)).status,
  ]);
  expect(statuses).toEqual([200, 204]);
  expect(await relayed()).toEqual({ sent: 2 });
  expect((await received()).map(({ type }) => type)).toEqual(['campus.student.changed', 'campus.student.deleted']);
});

test('a refused change tells nothing', async () => {
  const [id, other] = [await registered(), await registered()];
  await notify(id);
  await received();
  const { email } = (await read(other)).body;
  expect((await patch(id, { email })).status).toBe(409);
  expect([await pending(), await received()]).toEqual([[], []]);
});

test('only admins notify, and only of students that exist', async () => {
  const id = await registered({ username: 'own.notified' });
  for (const as of [teacher, student('own.notified')])
    expect((await call(handler, `POST /notify_grades/${id}`, { as })).status).toBe(403);
  expect((await notify(999_999)).body.code).toBe('student_not_found');
  expect(await received()).toEqual([]);
});

test.each(['0', '-1', '1.5', '%00', '9007199254740992'])('the id %s is refused', async (id) => {
  expect((await call(handler, `POST /notify_grades/${id}`, { as: admin })).status).toBe(400);
});

test('who the guardians are is told with the student, and again when it changes', async () => {
  const id = await registered({ name: 'Awa Diop' });
  const name = (body: string[]) => call(handler, `PUT /students/${id}/guardians`, { as: admin, body });
  await name(['mother']);
  await notify(id);
  await name(['mother', 'father']);
  await name([]);
  const events = (await received()).filter(({ data }) => data.id === id);
  expect(events.map(({ type }) => type)).toEqual([
    'campus.student.notified',
    'campus.student.changed',
    'campus.student.changed',
  ]);
  expect(events.map(({ data }) => data)).toMatchObject([
    { version: 3, guardians: ['mother'] },
    { version: 4, guardians: ['mother', 'father'] },
    { version: 5, guardians: [] },
  ]);
});
