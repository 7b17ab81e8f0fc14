import { clock } from './clock.ts';
import { log } from './log.ts';

type Unit = 'Count' | 'Milliseconds';

/** The one dimension of every metric: each further value would be another metric, at $0.30 a month. */
const DIMENSIONS = { system: 'campus' };

/**
 * Logs a line that CloudWatch also reads as metrics (Embedded Metric Format 0.0.1), added up over the whole stage. Only
 * for what an alarm waits for: whatever is merely looked up is found in the log.
 * @param measures the metrics, each `[value, unit]`
 * @param details searchable fields that are not metrics
 */
export function measure(
  message: string,
  measures: Readonly<Record<string, readonly [value: number, unit: Unit]>>,
  details: Record<string, unknown> = {},
): void {
  log.info(message, {
    ...details,
    ...DIMENSIONS,
    ...Object.fromEntries(Object.entries(measures).map(([name, [value]]) => [name, value])),
    _aws: {
      Timestamp: clock.now(),
      CloudWatchMetrics: [
        {
          // Two stages in one account must not add up.
          Namespace: `Campus/${process.env.CAMPUS_STAGE ?? 'local'}`,
          Dimensions: [Object.keys(DIMENSIONS)],
          Metrics: Object.entries(measures).map(([Name, [, Unit]]) => ({ Name, Unit })),
        },
      ],
    },
  });
}
