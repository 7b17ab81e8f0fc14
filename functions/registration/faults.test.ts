import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { dynamo } from '../../platform/data/client.ts';
import { admin, call } from '../../tests/support/call.ts';
import { failing, type Intervention, intervening, losingAnswer, sdkError } from '../../tests/support/faults.ts';
import { read, register, registered, someEmail } from '../../tests/support/students.ts';
import { createContext } from '../../tests/support/tables.ts';
import { handler as fees } from './fees.ts';
import { handler } from './students.ts';

beforeAll(async () => {
  await createContext('registration', 'grades');
});

const pay = (id: number) => call(fees, `POST /pay/${id}`, { as: admin });
const patch = (id: number, body: object) => call(handler, `PATCH /students/${id}`, { as: admin, body });
const notify = (id: number) => call(handler, `POST /notify_grades/${id}`, { as: admin });
const payments = async (id: number): Promise<unknown[]> =>
  (await call(fees, `GET /students/${id}/payments`, { as: admin })).body.payments;

const throttled = () => sdkError('ProvisionedThroughputExceededException', { $retryable: { throttling: true } });

const conflict = () =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });

/** Conflicts on the first `times` transactions. */
function conflicting(times: number): Intervention {
  let left = times;
  return (command, proceed) => {
    if (command !== 'TransactWriteItems' || left === 0) return proceed();
    left -= 1;
    return Promise.reject(conflict());
  };
}

describe('DynamoDB throttled', () => {
  test.each(['GetItem', 'Query', 'UpdateItem', 'TransactWriteItems'])(
    '%s: 503 with Retry-After where it matters, nothing written, no word of AWS',
    async (command) => {
      const id = await registered();
      const email = someEmail();
      const answers = await intervening(dynamo, failing(throttled, command), () =>
        Promise.all([register({ email }), pay(id), patch(id, { class_name: 'T' }), notify(id), read(id)]),
      );
      const refused = answers.filter(({ status }) => status === 503);
      expect(answers.every(({ status }) => [200, 201, 503].includes(status))).toBe(true);
      expect(refused.length).toBeGreaterThan(0);
      for (const { headers, body } of refused) {
        expect([headers['Retry-After'], body.code]).toEqual(['1', 'busy']);
        expect(JSON.stringify(body)).not.toMatch(/throughput|dynamo|aws|table/i);
      }
      const [registering, paying] = answers;
      if (registering?.status === 503) expect((await register({ email })).status).toBe(201);
      expect((await read(id)).body.paid).toBe(paying?.status === 200);
    },
  );
});

describe('a transaction conflict', () => {
  test('is tried again', async () => {
    const { status } = await intervening(dynamo, conflicting(3), () => register());
    expect(status).toBe(201);
  });

  test('that does not end is 503, and nothing is written', async () => {
    const id = await registered();
    const { status, headers } = await intervening(dynamo, conflicting(1000), () => pay(id));
    expect([status, headers['Retry-After']]).toEqual([503, '1']);
    expect(await payments(id)).toEqual([]);
  });
});

describe('an answer lost after the write went through', () => {
  test('registers one student', async () => {
    const email = someEmail();
    const { status, body } = await intervening(dynamo, losingAnswer('TransactWriteItems'), () => register({ email }));
    expect(status).toBe(201);
    expect((await read(body.id)).body.email).toBe(email);
  });

  test('leaves a hole in the ids, not a student twice', async () => {
    const email = someEmail();
    expect((await intervening(dynamo, losingAnswer('UpdateItem'), () => register({ email }))).status).toBe(201);
    expect((await register({ email })).status).toBe(409);
  });

  test('records one payment', async () => {
    const id = await registered();
    expect((await intervening(dynamo, losingAnswer('TransactWriteItems'), () => pay(id))).status).toBe(200);
    expect(await payments(id)).toHaveLength(1);
    expect((await read(id)).headers.ETag).toBe('"2"');
  });

  test('changes once', async () => {
    const id = await registered();
    const change = () => patch(id, { class_name: 'Once' });
    expect((await intervening(dynamo, losingAnswer('TransactWriteItems'), change)).status).toBe(200);
    expect((await read(id)).headers.ETag).toBe('"2"');
  });

  test('for good is 503, but for an Idempotency-Key, whose record gives the answer', async () => {
    const body = { name: 'Ali Ba', email: someEmail() };
    const send = (headers = {}) => call(handler, 'POST /register', { as: admin, body, headers });
    const key = { 'Idempotency-Key': 'lost-for-good' };
    const losingAll: Intervention = async (command, proceed) => {
      const answer = await proceed();
      if (command === 'TransactWriteItems') throw sdkError('TimeoutError', { code: 'ECONNRESET' });
      return answer;
    };
    const found = await intervening(dynamo, losingAll, () => send(key));
    expect(found.status).toBe(201);
    expect((await send(key)).body).toEqual(found.body);
    expect((await read(found.body.id)).body.email).toBe(body.email);
    body.email = someEmail();
    expect((await intervening(dynamo, losingAll, send)).status).toBe(503);
  });
});
