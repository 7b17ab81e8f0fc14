/** What is metered: a unit, its price and how many an account has for nothing, every month and for ever. */
export interface Meter {
  readonly what: string;
  /** Dollars for so many units, as the price list puts it. */
  readonly price: number;
  readonly per: number;
  readonly free: number;
  /** Where much is used in a month, what is above so many units has a price of its own. */
  readonly volume?: readonly (readonly [above: number, price: number])[];
}

const meter = (what: string, price: number, per = 1, free = 0, volume: Meter['volume'] = []): Meter => ({
  ...{ what, price, per, free, volume },
});

/** Above so many calls a month the gateway asks less. */
const CALLS_IN_VOLUME = [
  [333e6, 2.8],
  [1e9, 2.38],
  [20e9, 1.51],
] as const;

/** AWS's list of late 2026, us-east-1; Paris asks up to a fifth more for logs, writes and reads. */
export const PRICES = {
  alarms: meter('CloudWatch: metrics under an alarm', 0.1, 1, 10),
  metrics: meter('CloudWatch: metrics of our own, told every hour', 0.3, 1, 10),
  dashboards: meter('CloudWatch: dashboards (50 metrics at most)', 3, 1, 3),
  largeDashboards: meter('CloudWatch: dashboards with more than 50 metrics', 3),
  logs: meter('CloudWatch: gigabytes of logs', 0.5, 1, 5),
  traces: meter('X-Ray: traces', 5, 1_000_000, 100_000),
  receives: meter('SQS: requests', 0.4, 1_000_000, 1_000_000),
  invocations: meter('Lambda: requests', 0.2, 1_000_000, 1_000_000),
  compute: meter('Lambda: gigabyte-seconds on arm64', 0.0000133334, 1, 400_000),
  calls: meter('API Gateway: calls', 3.5, 1_000_000, 0, CALLS_IN_VOLUME),
  reads: meter('DynamoDB: read units', 0.125, 1_000_000),
  writes: meter('DynamoDB: write units', 0.625, 1_000_000),
  stored: meter('DynamoDB: gigabytes stored', 0.25, 1, 25),
  keys: meter('KMS: requests', 0.03, 10_000, 20_000),
  firewalls: meter('WAF: firewalls with one rule', 6),
} as const;

/** Something that is metered. */
export type Metered = keyof typeof PRICES;
