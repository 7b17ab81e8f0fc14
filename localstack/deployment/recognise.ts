import { StartFailure } from '../../project/failure.ts';
import { until } from '../../project/until.ts';
import { LOCALSTACK_VERSION } from '../host/settings.ts';

/** An emulator of AWS that was found. */
export interface Recognised {
  /** What it is: `LocalStack 4.14.0, free edition`. */
  readonly name: string;
  /** Types of resources that its CloudFormation does not know, and that Campus does without, separated by commas. */
  readonly lacks: string;
}

interface Health {
  readonly version?: string;
  readonly edition?: string;
}

const MAIL = 'AWS::SES::Template';

/** What the free edition calls itself: in its container, and outside. */
const FREE = ['community', 'unknown'];

interface Hooks {
  readonly scripts?: readonly { readonly name: string; readonly stage: string; readonly state: string }[];
}

const START = `start one with "npm run localstack" or "docker compose up localstack", or set AWS_ENDPOINT_URL.`;

/**
 * Which emulator listens at an endpoint.
 * @param within how long to wait for one that is still starting (milliseconds)
 * @throws StartFailure when nothing listens, when it is neither LocalStack nor MiniStack, or when it lacks our hooks
 */
export async function emulatorAt(endpoint: string, within: number): Promise<Recognised> {
  const listening = async () => (await answerOf(`${endpoint}/`)) !== undefined;
  await until(listening, { within, every: 200 }).catch(() => {
    throw new StartFailure(`nothing answers at ${endpoint}: ${START}`);
  });
  const miniStack = await jsonOf<Health>(`${endpoint}/_ministack/health`);
  if (miniStack?.version) return { name: `MiniStack ${miniStack.version}`, lacks: '' };
  const localStack = await jsonOf<Health>(`${endpoint}/_localstack/health`);
  if (!localStack?.version)
    throw new StartFailure(`what answers at ${endpoint} is neither LocalStack nor MiniStack: ${START}`);
  const { version, edition = '' } = localStack;
  const isFree = FREE.includes(edition);
  if (isFree) await mustHaveHooks(endpoint, version);
  // E-mails are sent through a service that the free edition does not have, and never from an emulator.
  return { name: `LocalStack ${version}, ${isFree ? 'free' : edition} edition`, lacks: isFree ? MAIL : '' };
}

/** Without them the free edition deploys only a part, and lets nobody in. */
async function mustHaveHooks(endpoint: string, version: string): Promise<void> {
  const { scripts = [] } = (await jsonOf<Hooks>(`${endpoint}/_localstack/init`)) ?? {};
  const started = scripts.filter(({ stage, state }) => stage === 'START' && state === 'SUCCESSFUL');
  if (version !== LOCALSTACK_VERSION || !started.some(({ name }) => name === 'request_authorizers.py'))
    throw new StartFailure(
      `LocalStack ${version} at ${endpoint} runs without what Campus adds to its free edition: start ${LOCALSTACK_VERSION} with "npm run localstack" or "docker compose up localstack".`,
    );
}

/** What answers a GET, whatever it says; undefined where nothing does. */
const answerOf = (url: string): Promise<Response | undefined> =>
  fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);

/** The JSON of a GET; undefined where there is none. */
async function jsonOf<T>(url: string): Promise<T | undefined> {
  const answer = await answerOf(url);
  return answer?.ok ? ((await answer.json().catch(() => undefined)) as T | undefined) : undefined;
}
