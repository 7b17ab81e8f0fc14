/** What the stage decides about the template: `custom.policy` of serverless.yml, where the stages are set side by side. */
export interface Settings {
  readonly stage: string;
  /** Whether data is kept safe: restore to any second, protection from deletion, a key of the account's own. */
  readonly keepData: boolean;
  /** Requests a second that the whole API takes, steadily and at once. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** Share of the traffic that a new version takes every minute, by the name of CodeDeploy's configuration; or `none`. */
  readonly canary: string;
  /** Who is told of alarms; nobody when empty. */
  readonly alarmEmail: string;
  /** The web origins that browsers may call from. */
  readonly corsOrigins: readonly string[];
}

interface Written extends Omit<Settings, 'corsOrigins'> {
  readonly corsOrigins: string;
}

/** The settings as serverless.yml has them. */
export function settingsOf(custom: Readonly<Record<string, unknown>>): Settings {
  const written = custom.policy as Written;
  return {
    ...written,
    corsOrigins: written.corsOrigins
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  };
}
