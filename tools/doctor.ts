import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { chooseEngine, type Machine, thisMachine } from '../localstack/engines/choice.ts';
import { canPrint } from '../platform/pdf/printer.ts';
import { command } from '../project/command.ts';
import { messageOf } from '../project/failure.ts';
import { tryPort } from '../project/ports.ts';

/** What was looked at, whether it will do, and what to do where it will not. */
export interface Finding {
  readonly what: string;
  readonly found: string | undefined;
  /** What it is for. */
  readonly for: string;
  readonly remedy: string;
  /** Whether `npm start` needs it. */
  readonly needed: boolean;
}

/** The first line that a program says of its version; undefined where there is no such program. */
function versionOf(program: string, ...args: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 });
  return status === 0 ? `${stdout}${stderr}`.trim().split('\n')[0] : undefined;
}

/** The first of some programs that is there. */
const firstOf = (...programs: readonly string[]): string | undefined =>
  programs.map((program) => versionOf(program, '--version')).find(Boolean);

function engine(machine: Machine): Finding {
  const of = { what: 'DynamoDB', for: 'everything', needed: true };
  try {
    const chosen = chooseEngine(machine);
    return {
      ...of,
      found: chosen.engine === 'dynoxide' ? chosen.file : `DynamoDB Local in ${chosen.home}`,
      remedy: '',
    };
  } catch (error) {
    return { ...of, found: undefined, remedy: messageOf(error) };
  }
}

async function port(number: number): Promise<Finding> {
  const free = await tryPort(number).then(
    () => 'free',
    () => undefined,
  );
  return {
    what: `port ${number}`,
    found: free,
    for: 'npm start',
    remedy: `it is taken: PORT=${number + 1} npm start (PowerShell: $env:PORT=${number + 1}; npm start)`,
    needed: true,
  };
}

/** @param version of the Node that runs this, or of the one that runs npm */
function node(what: string, version: string | undefined, oldest: string): Finding {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const [least = 0, leastMinor = 0] = oldest.split('.').map(Number);
  const good = major > least || (major === least && minor >= leastMinor);
  return {
    what,
    found: good ? version : undefined,
    for: 'everything',
    remedy: `this is Node ${version ?? 'unknown'}, and ${oldest} is the oldest that will do: nvm install, or https://nodejs.org; then npm ci`,
    needed: true,
  };
}

function aws(env: NodeJS.ProcessEnv): Finding[] {
  const home = join(homedir(), '.aws');
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const credentials =
    env.AWS_PROFILE ??
    (env.AWS_ACCESS_KEY_ID && 'in the environment') ??
    (existsSync(join(home, 'credentials')) ? home : undefined);
  return [
    { what: 'AWS region', found: region, for: 'deployment', remedy: 'AWS_REGION=eu-west-3', needed: false },
    {
      what: 'AWS credentials',
      found: credentials || undefined,
      for: 'deployment',
      remedy: 'AWS_PROFILE, or "aws sso login"; npm start needs none',
      needed: false,
    },
  ];
}

/** Looks at everything that this machine should have, or might need. */
export async function examine(machine: Machine, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const npms = /\bnode\/v([\d.]+)/.exec(env.npm_config_user_agent ?? '')?.[1];
  const java = machine.javaVersion();
  const chromium = env.CHROMIUM ?? '/usr/bin/chromium';
  const ports = (env.PORT ?? '3000').split(',').map(Number);
  return [
    ...(npms ? [node('Node of npm', npms, '20.19')] : []),
    node('Node of the project', process.versions.node, '24.0'),
    engine(machine),
    ...(await Promise.all(ports.map(port))),
    {
      what: 'Java 17',
      found: (java ?? 0) >= 17 ? `Java ${java}` : undefined,
      for: 'DynamoDB Local: CAMPUS_DYNAMODB=local, or where there is no other engine',
      remedy: 'apt install openjdk-17-jre-headless, brew install openjdk, or https://adoptium.net',
      needed: false,
    },
    {
      what: 'typesetter',
      found: (await canPrint()) ? 'Typst' : undefined,
      for: 'report cards, receipts and lists as PDF',
      remedy: 'npm ci, without --omit=optional; it exists for Linux, macOS and Windows',
      needed: false,
    },
    {
      what: 'Chromium',
      found: existsSync(chromium) ? chromium : undefined,
      for: 'npm run test:browser',
      remedy: 'apt install chromium, or CHROMIUM=<path of a Chrome or Chromium>',
      needed: false,
    },
    {
      what: 'Python 3.11',
      found: firstOf('python3', 'python'),
      for: 'npm run ci:deploy, .ci/schemathesis',
      remedy: 'apt install python3 python3-venv, or https://python.org',
      needed: false,
    },
    ...aws(env),
  ];
}

/** A finding as its line. */
export const lineOf = ({ what, found, for: purpose, remedy, needed }: Finding): string =>
  `${found ? '✓' : needed ? '✗' : '–'} ${what.padEnd(20)} ${found ?? `missing, for ${purpose}: ${remedy}`}`;

if (import.meta.main)
  await command({
    usage: 'npm run doctor',
    about: `
Looks at what this machine has for Campus, and says what to do about what is missing:
✓ there   – missing, and only some commands need it   ✗ missing, and npm start needs it`,
    options: {},
    failure: 'The examination failed',
    words: [0, 0],
    async run() {
      const findings = await examine(thisMachine(), process.env);
      for (const one of findings) process.stdout.write(`${lineOf(one)}\n`);
      if (findings.some(({ found, needed }) => needed && !found)) process.exitCode = 1;
    },
  });
