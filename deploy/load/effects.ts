import { ASSUMED } from '../cost/bill.ts';
import { SHARED_KEYS } from './keys.ts';
import { ASSUMED_MS, AUTHORIZER, OPERATIONS, type OperationName, PEER, pageRun, type Run } from './operations.ts';
import type { Habit } from './school.ts';

/** How much of everything that is counted something takes, by what it is called. */
export type Effects = ReadonlyMap<string, number>;

/** A page of the portal as the gateway knows it: most are one method, `GET /portal/{proxy+}`. */
export const PAGES = 'the pages of the portal';

/** What is counted, by name: what a method, a table, a key or a queue takes has a name of its own. */
export const counted = {
  ...{ calls: 'calls', reads: 'reads', writes: 'writes', invocations: 'invocations', compute: 'compute' },
  ...{ traced: 'traced', messages: 'messages', running: 'running', authorizers: 'authorizers', signIns: 'sign-ins' },
  method: (name: string) => `method ${name}`,
  readsOf: (context: string) => `reads of ${context}`,
  writesOf: (context: string) => `writes of ${context}`,
  key: (name: string) => `key ${name}`,
  queue: (name: string) => `queue ${name}`,
  handling: (name: string) => `handling ${name}`,
} as const;

/** Which queues a call puts a message on: what is told, and the e-mail that follows. */
const TELLS: Readonly<Partial<Record<OperationName, readonly string[]>>> = {
  'notify the grades': ['grades', 'auth'],
  'order an article': ['orders'],
};

/** The queue whose every message is an e-mail. */
export const MAILS = 'auth';

/** The queues that messages come by. */
export const QUEUES = [...new Set(Object.values(TELLS).flat())];

/** Adds up what some things take. */
class Sum {
  readonly amounts = new Map<string, number>();

  add(name: string, amount: number): void {
    if (amount > 0) this.amounts.set(name, (this.amounts.get(name) ?? 0) + amount);
  }

  run({ seconds, gigabytes }: Run, times: number): void {
    this.add(counted.running, seconds * times);
    this.add(counted.compute, seconds * gigabytes * times);
    this.add(counted.invocations, times);
  }

  /** Calls that come through the gateway and, unless anybody may make them, by the authorizer. */
  admit(method: string, times: number, open: boolean): void {
    this.add(counted.calls, times);
    this.add(counted.method(method), times);
    if (open) return;
    this.run(AUTHORIZER, times);
    this.add(counted.authorizers, AUTHORIZER.seconds * times);
    this.read('auth', times);
  }

  read(context: string, units: number): void {
    this.add(counted.reads, units);
    this.add(counted.readsOf(context), units);
  }

  write(context: string, units: number): void {
    this.add(counted.writes, units);
    this.add(counted.writesOf(context), units);
  }

  message(queue: string, times: number): void {
    this.add(counted.messages, times);
    this.add(counted.queue(queue), times);
    const handling = { seconds: ASSUMED_MS.message / 1000, gigabytes: AUTHORIZER.gigabytes };
    this.run(handling, times);
    this.add(counted.handling(queue), handling.seconds * times);
  }
}

/** What a call of an operation takes, as often as said. @throws Error where it is not measured */
function call(sum: Sum, name: OperationName, times: number): void {
  const operation = OPERATIONS.get(name);
  if (!operation) throw new Error(`“${name}” is not measured`);
  const { context, method, open, asked, reads, writes, run } = operation;
  sum.admit(method, times, open);
  sum.run(run, times);
  if (open) sum.add(counted.signIns, run.seconds * times);
  sum.read(context, reads * times);
  sum.write(context, writes * times);
  // The units of peers are among the operation's own.
  sum.add(counted.calls, asked * times);
  sum.add(counted.authorizers, AUTHORIZER.seconds * asked * times);
  for (const one of [AUTHORIZER, PEER]) sum.run(one, asked * times);
  for (const key of SHARED_KEYS) sum.add(counted.key(key.name), (key.by[name] ?? 0) * times);
  for (const queue of TELLS[name] ?? []) sum.message(queue, times);
}

/** What one visit takes of everything that is counted. @throws Error where it calls what is not measured */
export function effectsOf({ pages, calls }: Pick<Habit, 'pages' | 'calls'>): Effects {
  const sum = new Sum();
  const entries = Object.entries(calls) as [OperationName, number][];
  for (const [name, times] of entries) call(sum, name, times);
  const all = entries.reduce((total, [, times]) => total + times, 0);
  const waited = entries.reduce(
    (total, [name, times]) => total + (OPERATIONS.get(name)?.run.seconds ?? 0) * (times / all),
    0,
  );
  sum.admit(PAGES, pages, true);
  sum.run(pageRun(waited), pages);
  return sum.amounts;
}

/** Bytes of logs of so many calls, by what the bill assumes of each. */
export const loggedBytes = (calls: number): number => calls * ASSUMED.callBytes;
