import { readContexts } from '../../../project/contexts.ts';
import type { ProjectCopy } from '../../../project/copy.ts';
import { ofType } from '../../../project/template.ts';
import type { Steps } from '../steps.ts';
import type { Manual } from './manual.ts';
import type { Past } from './past.ts';
import type { Shell } from './shell.ts';
import type { Account } from './stand-ins.ts';

/** What the steps of a rehearsal share. */
export interface Stage {
  readonly steps: Steps;
  readonly shell: Shell;
  readonly manual: Manual;
  readonly past: Past;
  readonly account: Account;
  /** The address of the emulator itself. */
  readonly endpoint: string;
  /** The copy of the project that is deployed. */
  readonly project: ProjectCopy;
  /** The address of the API, once there is one. */
  url: string;
  /** The command that deploys. */
  deploy: string;
}

/** The contexts that have a table. */
export const CONTEXTS = readContexts()
  .filter(({ resources }) => ofType({ Resources: resources }, 'AWS::DynamoDB::Table').length > 0)
  .map(({ name }) => name);

/** Everybody in the tests signs up from one address. */
export const SIGN_UPS = { SIGN_UPS_PER_HOUR: '100000' };

/** Where the stack says that it answers. */
export async function addressOf({ shell }: Pick<Stage, 'shell'>): Promise<string> {
  const query = `"Stacks[0].Outputs[?OutputKey=='ServiceEndpoint'].OutputValue"`;
  const told = await shell.run(
    `aws cloudformation describe-stacks --stack-name campus-prod --output text --query ${query}`,
  );
  return told.trim();
}
