import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Round } from '../../bench/frame.ts';
import { Campus } from '../../bench/units/campus.ts';
import { BASE, classmatesOf, hireStaff, settleCohort, usernameOf } from '../../bench/units/cohort.ts';
import { DAY } from '../../bench/units/day.ts';
import { dayOf, figuresOf } from '../../bench/units/figures.ts';
import { Meter } from '../../bench/units/meter.ts';
import { TAKEN, type Taken } from '../../bench/units/taken.ts';

const PUPIL = BASE + 1;

/** A school of one class takes seconds to make, and minutes where the machine has much else to do. */
const PATIENCE_MS = 600_000;

const cleanUp = new AsyncDisposableStack();
let day: Round;

beforeAll(async () => {
  const meter = cleanUp.use(await Meter.before(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? ''));
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.url;
  const campus = cleanUp.use(await Campus.open());
  const staff = await hireStaff(campus);
  await settleCohort(campus, staff, classmatesOf(PUPIL));
  const student = await campus.authorized(usernameOf(PUPIL));
  day = await dayOf('few', { campus, ...staff, pupil: PUPIL, student }, meter);
}, PATIENCE_MS);
afterAll(() => cleanUp.disposeAsync());

/** DynamoDB Local counts the units of a transaction in a way of its own, so only its round trips are held. */
const held = ([own, peers, ...units]: Taken): readonly number[] =>
  process.env.CAMPUS_DYNAMODB === 'local' ? [own, peers] : [own, peers, ...units];

test('no operation of a school’s day takes more round trips or units than bench/units/taken.ts says, and none less', () => {
  const taken = DAY.map((operation) => {
    const { own, peers, reads, writes } = figuresOf(day, operation, 'few');
    return [operation.name, held([own, peers, reads, writes])];
  });
  const wanted = Object.entries(TAKEN).map(([name, all]) => [name, held(all)]);
  expect(Object.fromEntries(taken)).toEqual(Object.fromEntries(wanted));
});
