import { clock } from './clock.ts';
import { log } from './log.ts';

type Unit = 'Count' | 'Milliseconds';

/**
 * Logs a line that CloudWatch also reads as metrics (Embedded Metric Format 0.0.1): one line serves both, so a request
 * pays for one write.
 * @param measures the metrics, each `[value, unit]`
 * @param dimensions what CloudWatch groups by: keep the values few
 * @param details searchable fields that are not metrics
 */
export function measure(
  message: string,
  measures: Readonly<Record<string, readonly [value: number, unit: Unit]>>,
  dimensions: Record<string, string>,
  details: Record<string, unknown> = {},
): void {
  log.info(message, {
    ...details,
    ...dimensions,
    ...Object.fromEntries(Object.entries(measures).map(([name, [value]]) => [name, value])),
    _aws: {
      Timestamp: clock.now(),
      CloudWatchMetrics: [
        {
          // Two stages in one account must not add up.
          Namespace: `Campus/${process.env.CAMPUS_STAGE ?? 'local'}`,
          Dimensions: [Object.keys(dimensions)],
          Metrics: Object.entries(measures).map(([Name, [, Unit]]) => ({ Name, Unit })),
        },
      ],
    },
  });
}
