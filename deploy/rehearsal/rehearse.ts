import { emulatorAnswers } from '../../localstack/deployment/emulated.ts';
import { installMiniStack, startMiniStack } from './ministack.ts';
import { rehearseDeployment } from './rehearsal.ts';
import { Steps, say } from './steps.ts';

installMiniStack();
const emulator = await startMiniStack();
const steps = new Steps();
try {
  await emulatorAnswers(emulator.endpoint, 30_000);
  process.env.AWS_ENDPOINT_URL = emulator.endpoint;
  await rehearseDeployment(steps, emulator);
  if (steps.tally.failed > 0) say(lastLines(emulator.log()));
} finally {
  await emulator.stop();
}
say(`${steps.tally.passed} passed, ${steps.tally.failed} failed`);
process.exitCode = steps.tally.failed > 0 ? 1 : 0;

function lastLines(log: string): string {
  const lines = log.split('\n').slice(-60);
  return lines.map((line) => line.slice(0, 300)).join('\n');
}
