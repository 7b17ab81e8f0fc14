import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { draftAccount, insertAccount } from '../functions/auth/account-store.ts';
import { hashPassword } from '../functions/auth/passwords.ts';
import { Password } from '../functions/auth/sign-in.ts';
import { parse } from '../platform/http/input.ts';
import { Problem } from '../platform/http/problem.ts';
import { within } from '../platform/scope.ts';
import { Username } from '../platform/text.ts';

const USAGE = `npm run admin:create -- <username> [--stage <stage>] [--table <name>]

Creates the first admin of a deployment. Asks for the password, or reads it from standard input when that is not a
terminal. Uses the AWS credentials, region and endpoint (AWS_ENDPOINT_URL) of the environment.

--stage  the stage, "dev" unless given; its table is campus-<stage>-auth
--table  another table
`;

/** Reads a line without showing it. */
async function askHidden(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  const line = await terminal.question('');
  terminal.close();
  process.stderr.write('\n');
  return line;
}

async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    let text = '';
    for await (const chunk of process.stdin) text += chunk;
    return text.replace(/\r?\n$/, '');
  }
  const password = await askHidden('Password (8 to 128 characters): ');
  if ((await askHidden('Once more: ')) !== password) throw new Error('the two passwords differ');
  return password;
}

async function createAdmin(name: string): Promise<void> {
  const username = parse(Username, name, 'path');
  const password_hash = await hashPassword(parse(Password, await readPassword(), 'body'));
  await insertAccount(draftAccount({ username, role: 'admin', password_hash }));
  process.stdout.write(`${username} is an admin of ${process.env.AUTH_TABLE}\n`);
}

/** One line, without what was typed. */
function reasonOf(error: unknown): string {
  if (error instanceof Problem) return error.errors?.map(({ detail }) => detail).join('; ') ?? error.kind.title.en;
  return error instanceof Error ? error.message : String(error);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    stage: { type: 'string', default: 'dev' },
    table: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const [username] = positionals;
if (values.help || !username) {
  process.stdout.write(USAGE);
} else {
  process.env.AUTH_TABLE = values.table ?? `campus-${values.stage}-auth`;
  await within({ requestId: 'admin:create', language: 'en' }, () => createAdmin(username)).catch((error: unknown) => {
    process.stderr.write(`No admin created: ${reasonOf(error)}\n`);
    process.exitCode = 1;
  });
}
