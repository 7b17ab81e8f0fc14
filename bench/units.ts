import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { handler as settle } from '../functions/grades/rankings/settle.ts';
import { required } from '../platform/base/env.ts';
import { type Bench, median, type Round } from './frame.ts';
import { engines } from './support.ts';
import { Campus } from './units/campus.ts';
import { BASE, CLASS, COHORT, hireStaff, type Staff, settleCohort, usernameOf } from './units/cohort.ts';
import { addCopies } from './units/copies.ts';
import { DAY, type Operation, type School } from './units/day.ts';
import { dayOf, detail, figuresOf } from './units/figures.ts';
import { Meter } from './units/meter.ts';

/** How many copies of the cohort stand beside it where there are many students: half a minute's batches. */
const COPIES = 50;
const MANY = ((1 + COPIES) * COHORT).toLocaleString('en-US');

/** A student of a full class for each day, so that none finds the marks that another day entered. */
const PUPILS = { few: BASE + 1, many: BASE + 1 + CLASS };

/** What people call; the rest is a part of it. */
const CALLED = DAY.filter(({ within }) => !within);

type Figures = ReturnType<typeof figuresOf>;
type Pick = (values: readonly number[]) => number;

const greatest: Pick = (values) => Math.max(...values);
const percentOf =
  (which: (value: number) => boolean): Pick =>
  (values) =>
    (100 * values.filter(which).length) / values.length;

/** One value for all that is called, or for some of it, made of a figure of each. */
const over =
  (pick: Pick, figure: (figures: Figures) => number, some: readonly Operation[] = CALLED) =>
  (round: Round): number =>
    pick(some.map((one) => figure(figuresOf(round, one))));

const growth = (round: Round): number =>
  greatest(DAY.map((one) => figuresOf(round, one).units / figuresOf(round, one, 'few').units));

const READING = CALLED.filter(({ changes }) => !changes);
const CHANGING = CALLED.filter(({ changes }) => changes);

async function schoolOf(campus: Campus, staff: Staff, pupil: number): Promise<School> {
  return { campus, ...staff, pupil, student: await campus.authorized(usernameOf(pupil)) };
}

export const bench: Bench = {
  about: `What the operations of a school's day ask of DynamoDB, at ${MANY} students: every handler in one process, on the embedded engine, counted on the wire the second time that it is called. A round trip is one call to DynamoDB, also where several are on their way at once (“in turn”: how many wait for one another); behind the + stand those of peers that are asked, whose units are counted too. The dollars, by the list of [cost.md](cost.md), are for the gateway, the authorizer and its read, the handler, the log, one trace in twenty, the same for peers, and DynamoDB, without messages ($0.40 a million requests); the floor is a call of the gateway, one function and the least units.`,
  rounds: 1,
  rows: [
    {
      what: 'operations that take one round trip',
      ...{ unit: '%', better: 'higher', goal: 90 },
      of: over(
        percentOf((trips) => trips <= 1),
        ({ trips }) => trips,
      ),
    },
    {
      what: 'operations whose calls are all on their way at once',
      ...{ unit: '%', better: 'higher' },
      of: over(
        percentOf((turns) => turns <= 1),
        ({ turns }) => turns,
      ),
    },
    { what: 'the most round trips', unit: '', better: 'lower', goal: 4, of: over(greatest, ({ trips }) => trips) },
    {
      what: `units at ${MANY} students ÷ at ${COHORT}, the largest`,
      ...{ unit: '×', better: 'lower', goal: 1, of: growth },
    },
    {
      what: 'units ÷ the least, the largest',
      ...{ unit: '×', better: 'lower', goal: 1.1 },
      of: over(greatest, ({ units, least }) => units / least),
    },
    {
      what: 'operations that take a tenth more than the least at most',
      ...{ unit: '%', better: 'higher', goal: 100 },
      of: over(
        percentOf((ratio) => ratio <= 1.1),
        ({ units, least }) => units / least,
      ),
    },
    {
      what: 'dollars ÷ the floor of the price list, the largest',
      ...{ unit: '×', better: 'lower' },
      of: over(greatest, ({ overFloor }) => overFloor),
    },
    {
      what: 'the same of the middle operation',
      ...{ unit: '×', better: 'lower' },
      of: over(median, ({ overFloor }) => overFloor),
    },
    {
      what: 'read units of the middle call that reads, with its authorizer',
      ...{ unit: '', better: 'lower' },
      of: over(median, ({ admitted }) => admitted, READING),
    },
    {
      what: 'read units of the middle call that changes something',
      ...{ unit: '', better: 'lower' },
      of: over(median, ({ admitted }) => admitted, CHANGING),
    },
    {
      what: 'write units of the middle call that changes something',
      ...{ unit: '', better: 'lower' },
      of: over(median, ({ writes }) => writes, CHANGING),
    },
  ],
  detail,
  async *measure() {
    await using cleanUp = new AsyncDisposableStack();
    cleanUp.use(await engines());
    const engine = required('AWS_ENDPOINT_URL_DYNAMODB');
    const meter = cleanUp.use(await Meter.before(engine));
    process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.url;
    const campus = cleanUp.use(await Campus.open());
    const staff = await hireStaff(campus);
    await settleCohort(campus, staff);
    const few = await dayOf('few', await schoolOf(campus, staff, PUPILS.few), meter);
    // What is copied is to be as it stands at the end of a day: no class waits for the ranking.
    await settle();
    const copying = new DynamoDBClient({ endpoint: engine });
    cleanUp.defer(() => copying.destroy());
    await addCopies(copying, campus.tables.values(), COPIES);
    yield { ...few, ...(await dayOf('many', await schoolOf(campus, staff, PUPILS.many), meter)) };
  },
};
