import { command, Misuse } from '../../project/command.ts';
import type { Emulator } from '../../project/emulator.ts';
import { freePort } from '../../project/ports.ts';
import { EMULATORS, type EmulatorKind } from './limits.ts';
import { startLocalStack } from './localstack.ts';
import { startMiniStack } from './ministack.ts';
import { rehearseProduction } from './production/rehearsal.ts';
import { rehearseDeployment } from './rehearsal.ts';
import { Steps, say } from './steps.ts';

const START = { ministack: startMiniStack, localstack: startLocalStack };
/** The word for the rehearsal of production. */
const PRODUCTION = 'prod';
const NAMES = { ministack: 'MiniStack', localstack: 'LocalStack' };

await command({
  usage: 'npm run ci:deploy [-- ministack|localstack|prod] [--http PATH]',
  about: `
Rehearses a deployment on MiniStack and then on LocalStack, or on one of them, from nothing to nothing: the HTTP tests,
dead letters, roles, changed code, a broken template, a changed route, removal. Needs Python 3.13 with venv (MiniStack
alone: 3.11). A test that an emulator cannot pass is told of with its reason.
npm run ci:deploy -- prod   docs/deploy.md on MiniStack, command by command: from an empty account to a running prod,
                            a restore, a removal, and what finds its tables again. Needs Python 3.11`,
  options: { http: { type: 'string', default: '', value: 'PATH', help: 'of the HTTP tests those in files like this' } },
  failure: 'The rehearsal failed',
  words: [0, 1],
  async run({ http }, [word]) {
    const steps = new Steps();
    if (word === PRODUCTION) await rehearse(steps, 'ministack', (emulator) => rehearseProduction(steps, emulator));
    else
      for (const kind of kindsOf(word))
        await rehearse(steps, kind, (emulator) => rehearseStack(steps, kind, http, emulator));
    say(`${steps.tally.passed} passed, ${steps.tally.failed} failed`);
    process.exitCode = steps.tally.failed > 0 ? 1 : 0;
  },
});

function kindsOf(word: string | undefined): readonly EmulatorKind[] {
  if (word === undefined) return EMULATORS;
  const kind = EMULATORS.find((one) => one === word);
  if (!kind) throw new Misuse(`There is no emulator ${word}`);
  return [kind];
}

function rehearseStack(steps: Steps, kind: EmulatorKind, http: string, emulator: Emulator): Promise<void> {
  process.env.AWS_ENDPOINT_URL = emulator.endpoint;
  // Everybody in the tests against it signs up from one address, and there are hundreds.
  process.env.SIGN_UPS_PER_HOUR = '100000';
  return rehearseDeployment(steps, { kind, emulator, http });
}

async function rehearse(steps: Steps, kind: EmulatorKind, run: (emulator: Emulator) => Promise<void>): Promise<void> {
  const emulator = await START[kind](await freePort());
  try {
    say(`On ${NAMES[kind]}:`);
    const before = steps.tally.failed;
    await run(emulator);
    if (steps.tally.failed > before) say(lastLines(emulator.log()));
  } finally {
    await emulator.stop();
  }
}

function lastLines(log: string): string {
  const lines = log.split('\n').slice(-60);
  return lines.map((line) => line.slice(0, 300)).join('\n');
}
