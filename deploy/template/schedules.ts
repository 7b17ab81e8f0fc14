import { ofType, referred, type Template } from '../../project/template.ts';

/** A function that runs by the clock. */
export interface Schedule {
  /** Its logical id. */
  readonly id: string;
  /** Between one run and the next. */
  readonly minutes: number;
}

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** @throws Error where it is no rate */
function minutesOf(expression: string): number {
  const [, count, unit = ''] = /^rate\((\d+) (\w+?)s?\)$/.exec(expression) ?? [];
  const minutes = Number(count) * (MINUTES[unit] ?? Number.NaN);
  if (!(minutes > 0)) throw new Error(`How often is ${expression}?`);
  return minutes;
}

/** The functions that run by the clock. */
export const schedules = (template: Template): Schedule[] =>
  ofType(template, 'AWS::Events::Rule').flatMap(([, { Properties }]) =>
    (Properties.Targets as { Arn: unknown }[]).flatMap(({ Arn }) => {
      const id = referred(Arn);
      return id ? [{ id, minutes: minutesOf(Properties.ScheduleExpression) }] : [];
    }),
  );

/** Those of them that empty an outbox. */
export const relays = (template: Template): Schedule[] => schedules(template).filter(({ id }) => /relay/i.test(id));

/**
 * Traces no run that nobody asked for: it would be a trace of its own, paid for every minute, in which there is nothing to
 * be seen. What is called by somebody is traced from there on.
 */
export function traceCallsOnly(template: Template): void {
  for (const { id } of schedules(template)) {
    const lambda = template.Resources[id];
    if (lambda) lambda.Properties.TracingConfig = { Mode: 'PassThrough' };
  }
}
