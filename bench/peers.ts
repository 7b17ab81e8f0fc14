import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createContext } from '../tests/support/tables.ts';
import type { Bench, Round, Row } from './frame.ts';
import { figure, lives, NOTHING, node, over, type Program } from './lives.ts';
import { packages, python } from './peers/installed.ts';
import { answersOnce, CONTEXT, costOf, engines, GET_GRADES, seedMarks } from './support.ts';
import { Unpacked } from './unpacked.ts';

const CALLS = 150;
const RUNS = 4;

const deployed = join(import.meta.dirname, 'peers/deployed');

/** What a user would deploy instead, by the name of its file. */
const NODE_PEERS = { middy: 'middy and Powertools', express: 'Express and serverless-http', hono: 'hono' } as const;
const PEERS = { ...NODE_PEERS, python: 'Python with boto3 and Powertools' } as const;

type Handler = (event: typeof GET_GRADES, context: typeof CONTEXT) => Promise<{ body: string }>;

/** A handler as code, and as a program that answers once. */
interface Contender {
  readonly module: string;
  readonly program: Program;
}

async function ours(lambdas: Unpacked): Promise<Contender> {
  const folder = await lambdas.lambda('functions/grades/marks');
  const program = node(lambdas.program(folder, 'once.mjs', answersOnce('./index.mjs')));
  return { module: join(folder, 'index.mjs'), program };
}

/** Bundled as esbuild does where it is told nothing else: not minified, with the SDK. */
async function peer(lambdas: Unpacked, name: string): Promise<Contender> {
  const module = join(lambdas.folder, name, 'index.cjs');
  const entryPoints = [join(deployed, `${name}.mjs`)];
  await build({ entryPoints, bundle: true, platform: 'node', outfile: module, logLevel: 'error' });
  return { module, program: node(lambdas.program(join(lambdas.folder, name), 'once.mjs', answersOnce('./index.cjs'))) };
}

async function pythonPeer(): Promise<Program> {
  const { functionName, memoryLimitInMB, invokedFunctionArn, awsRequestId } = CONTEXT;
  const context = {
    ...{ function_name: functionName, memory_limit_in_mb: memoryLimitInMB },
    ...{ invoked_function_arn: invokedFunctionArn, aws_request_id: awsRequestId },
  };
  const args = [GET_GRADES, context].map((given) => JSON.stringify(given));
  return [join(await python(), 'python'), join(deployed, 'powertools.py'), ...args];
}

/** What a program answers, written as all others would: its last line. */
function answerOf([file, ...args]: Program): string {
  const [line = ''] = String(execFileSync(file, args)).trim().split('\n').slice(-1);
  const { name, grades } = JSON.parse(line) as { name: string; grades: number[] };
  return JSON.stringify({ name, grades });
}

/** @throws where they do not all answer the same, and so did not do the same job */
function compare(programs: Readonly<Record<string, Program>>): void {
  const answers = Object.entries(programs).map(([name, program]) => ({ name, answer: answerOf(program) }));
  const same = answers.every(({ answer }) => answer === answers[0]?.answer);
  if (!same) throw new Error(`They answer differently: ${JSON.stringify(answers)}`);
}

const leastOf = (names: readonly string[], kind: string, round: Round): number =>
  Math.min(...names.map((name) => round[`${name} ${kind}`] ?? Number.NaN));

/** Ours over the best of the others. */
const overBest =
  (names: readonly string[], kind: string) =>
  (round: Round): number =>
    (round[`ours ${kind}`] ?? Number.NaN) / leastOf(names, kind, round);

const coldRows: readonly Row[] = Object.entries({ ours: 'ours', ...PEERS }).map(([name, what]) => ({
  what: `first answer ÷ \`node -e 0\`: ${what}`,
  unit: '×',
  better: 'lower',
  of: over(`${name} ms`, 'nothing ms'),
}));

const warmRows: readonly Row[] = Object.entries({ ours: 'ours', ...NODE_PEERS }).map(([name, what]) => ({
  what: `CPU of a warm call: ${what}`,
  unit: 'µs',
  better: 'lower',
  of: figure(`${name} warm`),
}));

export const bench: Bench = {
  about:
    'What a school would deploy instead: the same operation, `GET /get_grades/{student_id}` behind an authorizer, with the same three calls to the same embedded DynamoDB, written plainly (`bench/peers/deployed`) and bundled with the defaults of esbuild; Python from an environment that is installed and compiled. All answer the same before they are timed.',
  rows: [
    {
      what: 'first answer of ours ÷ that of the best peer',
      ...{ unit: '×', better: 'lower', goal: 1 },
      of: overBest(Object.keys(PEERS), 'ms'),
    },
    {
      what: 'the same in CPU time',
      ...{ unit: '×', better: 'lower', goal: 1 },
      of: overBest(Object.keys(PEERS), 'cpu'),
    },
    {
      what: 'CPU of a warm call of ours ÷ that of the best peer of Node',
      ...{ unit: '×', better: 'lower' },
      of: overBest(Object.keys(NODE_PEERS), 'warm'),
    },
    ...coldRows,
    ...warmRows,
  ],
  async *measure() {
    await packages();
    const pythons = await pythonPeer();
    await using _ = await engines();
    // As Lambda sets it too, and boto3 asks for.
    process.env.AWS_DEFAULT_REGION = process.env.AWS_REGION;
    await createContext('grades');
    await seedMarks();
    using lambdas = new Unpacked();
    const contenders = {
      ours: await ours(lambdas),
      middy: await peer(lambdas, 'middy'),
      express: await peer(lambdas, 'express'),
      hono: await peer(lambdas, 'hono'),
    };
    const programs = Object.fromEntries(Object.entries(contenders).map(([name, { program }]) => [name, program]));
    compare({ ...programs, python: pythons });
    const warm = await handlersOf(contenders);
    for (const one of Object.values(warm)) await costOf(one, 2 * CALLS);
    while (true) {
      const round: Record<string, number> = { ...lives({ nothing: NOTHING, ...programs, python: pythons }, RUNS) };
      for (const [name, one] of Object.entries(warm)) round[`${name} warm`] = await costOf(one, CALLS);
      yield round;
    }
  },
};

/** A call of each, in this process. */
async function handlersOf(contenders: Readonly<Record<string, Contender>>) {
  const loaded = Object.entries(contenders).map(async ([name, { module }]) => {
    const { handler } = (await import(module)) as { handler: Handler };
    return [name, () => handler({ ...GET_GRADES }, CONTEXT)] as const;
  });
  return Object.fromEntries(await Promise.all(loaded));
}
