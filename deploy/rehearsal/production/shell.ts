import { join } from 'node:path';
import { type Ran, run } from '../../../project/processes.ts';
import { projectRoot } from '../../../project/root.ts';
import { CREDENTIALS } from '../emulated.ts';
import { expect } from '../steps.ts';

/** What is typed at a command, and what else it finds in its environment. */
interface Given {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 900_000;

/** The shell of somebody who follows the manual: in a copy of the project, with the credentials of an account. */
export class Shell {
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#env = env;
  }

  /**
   * @param front where the tools find AWS
   * @param emulator where the functions find it
   * @param programs a folder of programs that come before the machine's
   */
  static open(folder: string, { front, emulator, programs }: Record<'front' | 'emulator' | 'programs', string>) {
    return new Shell(folder, {
      PATH: `${programs}:${process.env.PATH ?? ''}`,
      AWS_ENDPOINT_URL: front,
      CAMPUS_LAMBDA_ENDPOINT_URL: emulator,
      ...CREDENTIALS,
      // The AWS CLI of PyPI is its first version, which knows the region by this name only.
      AWS_DEFAULT_REGION: CREDENTIALS.AWS_REGION,
      SLS_TELEMETRY_DISABLED: '1',
      SLS_NOTIFICATIONS_MODE: 'off',
    });
  }

  /** Runs a command line. */
  try(command: string, { input = '', env = {} }: Given = {}): Promise<Ran> {
    return run('sh', ['-c', command], { cwd: this.#folder, env: { ...this.#env, ...env }, input, timeout: TIMEOUT_MS });
  }

  /** The same for one that must succeed. @returns what it printed */
  async run(command: string, given?: Given): Promise<string> {
    const { code, stdout, output } = await this.try(command, given);
    expect(code === 0, `${command} ended with ${code}:\n${output}`);
    return stdout;
  }
}

/** A program of the project, called by the Node that runs this. */
export const nodeScript = (file: string, ...args: readonly string[]): string =>
  [process.execPath, join(projectRoot, file), ...args].map((part) => `'${part}'`).join(' ');
