import { ofType, type Template } from '../../project/template.ts';
import { relays, schedules } from '../template/schedules.ts';
import { type Meter, type Metered, PRICES } from './prices.ts';

/** How much of what is used in a month. */
export type Usage = Readonly<Partial<Record<Metered, number>>>;

/** One line of a bill. */
export interface Line {
  readonly what: string;
  readonly units: number;
  /** Dollars by the list. */
  readonly list: number;
  /** Dollars where the stage is alone in its account, which has some of everything for nothing. */
  readonly alone: number;
}

const MINUTES = (365 / 12) * 24 * 60;

/** What is assumed, and nowhere measured: a run that finds nothing to do, and what keeps watch while nobody calls. */
export const ASSUMED = {
  /** Lambda asks an empty queue in so many threads, each of which waits for twenty seconds. */
  receivesAMinute: 5 * 3,
  runSeconds: 0.05,
  /** Lambda's own three lines, and ours. */
  runBytes: 1_000,
  /** A query, or a few. */
  runReads: 2,
  /** DynamoDB asks for the key of a table that is used once in five minutes. */
  keyMinutes: 5,
  /** Of a call: the authorizer's line and the handler's, the gateway's, Lambda's own. */
  callBytes: 2_000,
  callSeconds: 0.035,
  /** As measured (docs/performance.md, units), with what the authorizer reads. */
  callReads: 3.5,
  /** A fifth of the calls change something: thirteen units in the middle of those measured. */
  callWrites: 2.6,
} as const;

const FREE_DASHBOARD_METRICS = 50;

const metricsOf = (alarm: { readonly Metrics?: readonly { readonly MetricStat?: unknown }[] }): number =>
  alarm.Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1;

function dashboards(template: Template): Usage {
  const sizes = ofType(template, 'AWS::CloudWatch::Dashboard').map(([, { Properties }]) => {
    const { widgets } = JSON.parse(Properties.DashboardBody['Fn::Sub']) as {
      widgets: { properties: { metrics?: unknown[] } }[];
    };
    return widgets.flatMap(({ properties }) => properties.metrics ?? []).length;
  });
  const large = sizes.filter((size) => size > FREE_DASHBOARD_METRICS).length;
  return { dashboards: sizes.length - large, largeDashboards: large };
}

/** What the clock sets off: invocations, their time, lines and reads. */
function scheduled(template: Template): Usage {
  const runs = schedules(template).map(({ id, minutes }) => {
    const { MemorySize, TracingConfig } = template.Resources[id]?.Properties ?? {};
    return { times: MINUTES / minutes, gigabytes: MemorySize / 1024, traced: TracingConfig?.Mode === 'Active' };
  });
  const sum = (of: (run: (typeof runs)[number]) => number): number => runs.reduce((all, run) => all + of(run), 0);
  const times = sum((run) => run.times);
  return {
    invocations: times,
    compute: sum((run) => run.times * run.gigabytes * ASSUMED.runSeconds),
    logs: (times * ASSUMED.runBytes) / 1e9,
    reads: times * ASSUMED.runReads,
    traces: sum((run) => (run.traced ? run.times : 0)),
  };
}

const keyed = (template: Template): number =>
  ofType(template, 'AWS::DynamoDB::Table').filter(([, { Properties }]) => Properties.SSESpecification?.SSEEnabled)
    .length;

/** What a stage uses in a month in which nobody calls it. */
export const idle = (template: Template): Usage =>
  together(scheduled(template), dashboards(template), {
    alarms: ofType(template, 'AWS::CloudWatch::Alarm').reduce(
      (sum, [, { Properties }]) => sum + metricsOf(Properties),
      0,
    ),
    // That the relays ran; how long something waited is told in the hours in which something does.
    metrics: relays(template).length > 0 ? 1 : 0,
    receives: ofType(template, 'AWS::Lambda::EventSourceMapping').length * MINUTES * ASSUMED.receivesAMinute,
    keys: keyed(template) * (MINUTES / ASSUMED.keyMinutes),
    firewalls: ofType(template, 'AWS::WAFv2::WebACL').length,
  });

/** What so many calls use: each is answered by the authorizer and a handler, and traced. */
export const calling = (calls: number): Usage => ({
  calls,
  invocations: 2 * calls,
  compute: calls * 0.5 * ASSUMED.callSeconds,
  logs: (calls * ASSUMED.callBytes) / 1e9,
  reads: calls * ASSUMED.callReads,
  writes: calls * ASSUMED.callWrites,
  traces: calls,
});

/** Two uses in the same month. */
export function together(...all: readonly Usage[]): Usage {
  const names = Object.keys(PRICES) as Metered[];
  return Object.fromEntries(names.map((name) => [name, all.reduce((sum, one) => sum + (one[name] ?? 0), 0)]));
}

/** Dollars for so many units in a month, each part of them at its own price. */
function priced({ price, per, volume = [] }: Meter, units: number): number {
  const steps = [[0, price] as const, ...volume, [Number.POSITIVE_INFINITY, 0] as const];
  return steps.reduce((sum, [above, at], i) => {
    const [next] = steps[i + 1] ?? [above];
    return sum + (Math.max(0, Math.min(units, next) - above) * at) / per;
  }, 0);
}

/** What a month of use costs, line by line, without what is not used. */
export const bill = (usage: Usage): Line[] =>
  (Object.keys(PRICES) as Metered[]).flatMap((name) => {
    const { what, free } = PRICES[name];
    const units = usage[name] ?? 0;
    const dollars = (paid: number): number => priced(PRICES[name], paid);
    return units > 0 ? [{ what, units, list: dollars(units), alone: dollars(units - free) }] : [];
  });

/** The sum of a bill. */
export const total = (lines: readonly Line[], of: 'list' | 'alone'): number =>
  lines.reduce((sum, line) => sum + line[of], 0);
