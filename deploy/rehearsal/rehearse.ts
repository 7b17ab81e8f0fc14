import { command, Misuse } from '../../project/command.ts';
import { freePort } from '../../project/ports.ts';
import { EMULATORS, type EmulatorKind } from './limits.ts';
import { startLocalStack } from './localstack.ts';
import { startMiniStack } from './ministack.ts';
import { rehearseDeployment } from './rehearsal.ts';
import { Steps, say } from './steps.ts';

const START = { ministack: startMiniStack, localstack: startLocalStack };
const NAMES = { ministack: 'MiniStack', localstack: 'LocalStack' };

await command({
  usage: 'npm run ci:deploy [-- ministack|localstack] [--http PATH]',
  about: `
Rehearses a deployment on MiniStack and then on LocalStack, or on one of them, from nothing to nothing: the HTTP tests,
dead letters, roles, changed code, a broken template, a changed route, removal. Needs Python 3.13 with venv (MiniStack
alone: 3.11). A test that an emulator cannot pass is told of with its reason.`,
  options: { http: { type: 'string', default: '', value: 'PATH', help: 'of the HTTP tests those in files like this' } },
  failure: 'The rehearsal failed',
  words: [0, 1],
  async run({ http }, [word]) {
    const steps = new Steps();
    for (const kind of kindsOf(word)) await rehearseOn(steps, kind, http);
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

async function rehearseOn(steps: Steps, kind: EmulatorKind, http: string): Promise<void> {
  const emulator = await START[kind](await freePort());
  try {
    say(`On ${NAMES[kind]}:`);
    process.env.AWS_ENDPOINT_URL = emulator.endpoint;
    // Everybody in the tests against it signs up from one address, and there are hundreds.
    process.env.SIGN_UPS_PER_HOUR = '100000';
    const before = steps.tally.failed;
    await rehearseDeployment(steps, { kind, emulator, http });
    if (steps.tally.failed > before) say(lastLines(emulator.log()));
  } finally {
    await emulator.stop();
  }
}

function lastLines(log: string): string {
  const lines = log.split('\n').slice(-60);
  return lines.map((line) => line.slice(0, 300)).join('\n');
}
