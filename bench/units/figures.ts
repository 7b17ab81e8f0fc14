import type { Detail, Round } from '../frame.ts';
import { DAY, type Operation, type School } from './day.ts';
import { LEAST } from './least.ts';
import type { Meter } from './meter.ts';
import { floor, perMillion } from './price.ts';

/** How many students there are: as many as a cohort has, or many. */
export type Size = 'few' | 'many';

/** What the authorizer reads before all that somebody has to be signed in for. */
const ADMISSION = 1;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** What an operation takes where its function has served before: the second call is counted. */
async function taken(operation: Operation, school: School, meter: Meter): Promise<Round> {
  const own = school.campus.tables.get(operation.context);
  const ask = async () => {
    const prepared = (await operation.prepare?.(school)) ?? '';
    const before = school.campus.asked;
    const calls = await meter.during(() => operation.ask(school, prepared));
    return { calls, asked: school.campus.asked - before };
  };
  await ask();
  const { calls, asked } = await ask();
  return {
    own: calls.filter(({ table }) => table === own).length,
    peers: calls.filter(({ table }) => table !== own).length,
    turns: Math.max(0, ...calls.map(({ turn }) => turn)),
    reads: sum(calls.map(({ reads }) => reads)),
    writes: sum(calls.map(({ writes }) => writes)),
    asked,
  };
}

/** A day on one student. @returns the figures of each operation, by `<size> <operation> <figure>` */
export async function dayOf(size: Size, school: School, meter: Meter): Promise<Round> {
  const all: [string, number][] = [];
  for (const operation of DAY)
    for (const [figure, value] of Object.entries(await taken(operation, school, meter)))
      all.push([`${size} ${operation.name} ${figure}`, value]);
  return Object.fromEntries(all);
}

/** What a round says of one operation, where there are many students unless said. */
export function figuresOf(round: Round, { name, open }: Operation, size: Size = 'many') {
  const of = (figure: string): number => round[`${size} ${name} ${figure}`] ?? Number.NaN;
  const [own, peers, reads, writes] = [of('own'), of('peers'), of('reads'), of('writes')];
  const least = LEAST[name];
  const admission = open ? 0 : ADMISSION;
  const dollars = perMillion({ reads: reads + admission, writes, asked: of('asked') });
  return {
    ...{ own, peers, trips: own + peers, turns: of('turns'), reads, writes, units: reads + writes },
    /** Its read units with the authorizer's. */
    admitted: reads + admission,
    least: least.reads + least.writes,
    dollars,
    /** The dollars, as a multiple of the least that the list lets it cost. */
    overFloor: dollars / floor({ reads: least.reads + admission, writes: least.writes }),
  };
}

/** What each operation costs, for people. */
export const detail = (round: Round): Detail => ({
  head: [
    ...['operation', 'round trips', 'in turn', 'read units', 'write units', 'least', '÷ least'],
    ...['$ a million', '÷ floor', 'the least is'],
  ],
  rows: DAY.map((operation) => {
    const { own, peers, turns, reads, writes, least, units, dollars, overFloor } = figuresOf(round, operation);
    const trips = peers === 0 ? shown(own) : `${own} + ${peers}`;
    const paid = operation.within ? ['', ''] : [shown(dollars), shown(overFloor)];
    const figures = [turns, reads, writes, least, units / least].map(shown);
    return [operation.name, trips, ...figures, ...paid, LEAST[operation.name].why];
  }),
});

const shown = (value: number): string => String(Number(value.toPrecision(3)));
