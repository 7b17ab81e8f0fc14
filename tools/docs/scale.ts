import { counted, MAILS } from '../../deploy/load/effects.ts';
import { SHARED_KEYS } from '../../deploy/load/keys.ts';
import { type Limit, limitsOf } from '../../deploy/load/limits.ts';
import { dollarsOf } from '../../deploy/load/money.ts';
import { AMOUNTS, DAYS, SLOTS, take } from '../../deploy/load/plan.ts';
import { amountAt, MOST, reach } from '../../deploy/load/reach.ts';
import { type Day, HABITS, HOURS, PEOPLE } from '../../deploy/load/school.ts';
import { Year } from '../../deploy/load/year.ts';
import { textOf } from '../../project/root.ts';
import { BEGIN, MADE_OF_PACKAGES, type Pages, section, table } from './markdown.ts';

const FILE = 'docs/scale.md';

/** The stage that is looked at, and how many students each school has where a stack holds many. */
const STAGE = 'prod';
const SCHOOL = 1_000;
const SHARDS = 16;

const SIZES = [300, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/** A number for people: two digits, three where it begins with a one, thousands and millions by name. */
function shown(value: number): string {
  const rounded = Number(value.toPrecision(2));
  if (rounded >= 1e12) return `${rounded / 1e12} T`;
  if (rounded >= 1e9) return `${rounded / 1e9} G`;
  if (rounded >= 1e6) return `${rounded / 1e6} M`;
  if (rounded >= 1e4) return `${rounded / 1e3} k`;
  return rounded.toLocaleString('en-US', { maximumSignificantDigits: 2 });
}

const sizeOf = (students: number | undefined): string =>
  students === undefined ? `beyond ${shown(MOST)}` : shown(students);

/** Where each limit is met by one school of all students. */
type Met = ReadonlyMap<Limit, number | undefined>;

/** Whether a limit goes away where many schools share a stack. */
function spread(limit: Limit): string {
  if (!limit.own) return 'the same';
  const students = reach(limit, { school: SCHOOL });
  return students === undefined ? 'never' : sizeOf(students);
}

function saturation(met: Met): string {
  const first = [...met].toSorted(([, a = MOST], [, b = MOST]) => a - b);
  return table(
    ['students', 'what', 'bears', 'above it', 'what is changed then', `as schools of ${shown(SCHOOL)}`],
    first.map(([limit, students]) => [
      ...[sizeOf(students), limit.name, `${limit.most.toLocaleString('en-US')} ${limit.unit}`],
      ...[limit.happens, limit.remedy, spread(limit)],
    ]),
  );
}

const ROWS: readonly (readonly [what: string, of: (year: Year) => number])[] = [
  ['calls a year', (year) => year.total(counted.calls)],
  ['calls a second, mean of the busiest hour', (year) => year.busiestHour(counted.calls) / 3600],
  ['calls, busiest second', (year) => year.busiestSecond(counted.calls)],
  ['read units, busiest second', (year) => year.busiestSecond(counted.reads)],
  ['write units, busiest second', (year) => year.busiestSecond(counted.writes)],
  ['functions at once, busiest second', (year) => year.busiestSecond(counted.running)],
  ['sign-ins, busiest second', (year) => year.busiestSecond(counted.method('sign in'))],
  ['messages a year', (year) => year.total(counted.messages)],
  ['e-mails, busiest second', (year) => year.busiestSecond(counted.queue(MAILS))],
  ['gigabytes stored after a year', (year) => year.storedGigabytes()],
  ['dollars a year for use', dollarsOf],
  ['dollars a student and year for use', (year) => dollarsOf(year) / year.students],
];

function sizes(): string {
  const years = SIZES.map((students) => new Year(students));
  return table(
    ['students', ...SIZES.map(shown)],
    ROWS.map(([what, of]) => [what, ...years.map((year) => shown(of(year)))]),
  );
}

function keys(met: Met): string {
  const some = [10_000, 1_000_000, 100_000_000];
  const rows = SHARED_KEYS.flatMap(({ name, sharded }) => {
    const limit = [...met.keys()].find((one) => one.name === name);
    if (!limit) return [];
    return [
      [
        ...[limit.name, `${shown(limit.most)} ${limit.unit}`],
        ...some.map((students) => shown(amountAt(limit, students))),
        sizeOf(met.get(limit)),
        sharded ? sizeOf(reach(limit, { shards: SHARDS })) : 'as it is',
      ],
    ];
  });
  const at = some.map((students) => `at ${shown(students)}`);
  return table(['key', 'bears', ...at, 'met at', `with \`SHARDS\` ${SHARDS}`], rows);
}

/** Calls of a day of a kind, for each student. */
function callsOn(kind: Day): number {
  const day = DAYS.indexOf(kind);
  const slots = SLOTS.filter((slot) => slot.day === day);
  return slots.reduce((sum, { steps }) => sum + take(AMOUNTS.get(counted.calls) ?? [], steps), 0);
}

const calendar = (): string =>
  table(
    ['day', 'in a year', 'calls for each student'],
    [...new Set(DAYS)].map((kind) => [kind, String(DAYS.filter((day) => day === kind).length), shown(callsOn(kind))]),
  );

const listed = (parts: Readonly<Record<string, number>>): string =>
  Object.entries(parts)
    .map(([name, amount]) => `${name} ${amount}`)
    .join(', ');

function hoursOf(name: keyof typeof HOURS): string {
  const { burst }: (typeof HOURS)[keyof typeof HOURS] & { burst?: { share: number; seconds: number } } = HOURS[name];
  return burst ? `${name} (${100 * burst.share} % within ${burst.seconds} s)` : name;
}

const habits = (): string =>
  table(
    ['who', 'does what', 'visits of each a day', 'hours', 'pages', 'calls in a visit'],
    HABITS.map(({ who, what, visits, hours, pages, calls }) => [
      ...[who, what, listed(visits), hoursOf(hours), String(pages), listed(calls)],
    ]),
  );

const people = (): string =>
  Object.entries(PEOPLE)
    .map(([who, each]) => (each >= 0.5 ? `${each} ${who}` : `a ${who} for ${shown(1 / each)}`))
    .join(', ');

/** `docs/scale.md`: written by hand, with what the load model says, and what the packages say behind it. */
export function scalePage(): Pages {
  const text = textOf(FILE);
  const written = text.split(BEGIN)[0]?.split(MADE_OF_PACKAGES)[0]?.trimEnd();
  const [, packaged = ''] = text.split(MADE_OF_PACKAGES);
  const met: Met = new Map(limitsOf(STAGE).map((limit) => [limit, reach(limit)]));
  const made = [
    section('What saturates first', saturation(met)),
    section('What schools ask', sizes()),
    section('Keys that everybody shares', keys(met)),
    section('The year', `For each student: ${people()}.\n\n${calendar()}\n\n${habits()}`),
  ];
  return new Map([[FILE, `${written}\n\n${BEGIN}\n\n${made.join('\n')}\n${MADE_OF_PACKAGES}${packaged}`]]);
}
