import { type ShardCounts, shardCounts } from '../../platform/data/shard-counts.ts';

/** A limit of calls a second, steadily and at once. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** What the stage decides about the template: `custom.policy` of serverless.yml, where the stages are set side by side. */
export interface Settings {
  readonly stage: string;
  /** Whether data is kept safe: restore to any second, protection from deletion, a key of the account's own. */
  readonly keepData: boolean;
  /** Calls of each method that the gateway lets through: what a stage's limit means in API Gateway. */
  readonly throttle: Throttle;
  /** The same for each POST that anybody may call: what hashes passwords and makes accounts. */
  readonly openThrottle: Throttle;
  /** How many run at once, 0 for no limit of their own. */
  readonly concurrency: {
    /** Kept free for the authorizer, whatever else runs. */
    readonly authorizer: number;
    /** The most, of each function with a POST that anybody may call: a flood there leaves the account's rest alone. */
    readonly open: number;
    /** The most, of each function that reads a queue. */
    readonly consumers: number;
  };
  /** For how many days the audit trail is kept in a log group of its own; 0 where it stays among what functions log. */
  readonly auditRetentionInDays: number;
  /** Calls of one address in five minutes, above which the web application firewall refuses it; 0 for no firewall. */
  readonly wafRate: number;
  /** Share of the traffic that a new version takes every minute, by the name of CodeDeploy's configuration; or `none`. */
  readonly canary: string;
  /** Who is told of alarms; nobody when empty. */
  readonly alarmEmail: string;
  /** The ARN of the policy that limits what any role may ever do; none when empty. */
  readonly roleBoundary: string;
  /** The domain under which the API answers, beside its own address; none when empty. */
  readonly domain: string;
  /** The ARN of the certificate of that domain, in the region of the API. */
  readonly certificateArn: string;
  /** For how many years report cards and ledgers are kept. */
  readonly retentionYears: number;
  /** Over how many keys a list is spread that everybody shares. */
  readonly shards: ShardCounts;
  /** The web origins that browsers may call from. */
  readonly corsOrigins: readonly string[];
}

/** As serverless.yml and the environment have them: origins separated by commas, or `none`. */
interface Written extends Omit<Settings, 'corsOrigins' | 'wafRate' | 'retentionYears' | 'shards'> {
  readonly corsOrigins: string;
  readonly wafRate: string;
  readonly retentionYears: string;
  readonly shards: string;
  readonly shardsRead: string;
}

type Custom = Readonly<Record<string, unknown>>;

/** The fewest calls in five minutes that a rule of the firewall can count. */
const LEAST_RATE = 10;

/** @throws Error for what is no number, or none that is meant: 0 years would take cards away the day they are made */
function numberIn(name: string, text: string, isMeant: (number: number) => boolean): number {
  const number = Number(text);
  if (!isMeant(number)) throw new Error(`${name} is ${text === '' ? 'empty' : text}, which is none that can be meant`);
  return number;
}

/** The settings as serverless.yml has them. @throws Error for numbers that cannot be meant */
export function settingsOf(custom: Custom): Settings {
  const written = custom.policy as Written;
  return {
    ...written,
    wafRate: numberIn('WAF_RATE', written.wafRate, (rate) => rate === 0 || rate >= LEAST_RATE),
    retentionYears: numberIn('RETENTION_YEARS', written.retentionYears, (years) => years > 0),
    shards: shardCounts(written.shards, written.shardsRead),
    corsOrigins: written.corsOrigins
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== '' && origin !== 'none'),
  };
}

/** What a stage that keeps data must say and does not, each with what to set. */
export function unchosen(custom: Custom): string[] {
  const { keepData, alarmEmail, corsOrigins } = custom.policy as Written;
  if (!keepData) return [];
  return [
    ...(alarmEmail ? [] : ['ALARM_EMAIL, who hears of alarms']),
    ...(corsOrigins ? [] : ['CORS_ORIGINS, the web origins that browsers may call from, or "none"']),
  ];
}
