import * as accounts from '../functions/auth/account-store.ts';
import { Password } from '../functions/auth/credentials.ts';
import { hashPassword } from '../functions/auth/passwords.ts';
import { table } from '../functions/auth/table.ts';
import { within } from '../platform/base/scope.ts';
import { commit } from '../platform/events/commit.ts';
import { parse } from '../platform/schema/input.ts';
import { Username } from '../platform/schema/username.ts';
import { command } from '../project/command.ts';
import { askHidden } from './ask.ts';

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
  const account = accounts.draft({ username, role: 'admin', password_hash });
  await commit(table, () => ({ writes: accounts.insert(account) }));
  process.stdout.write(`${username} is an admin of ${process.env.AUTH_TABLE}\n`);
}

await command({
  usage: 'npm run admin:create -- <username> [--stage <stage>] [--table <name>]',
  about: `
Creates the first admin of a deployment. Asks for the password, or reads it from standard input when that is not a
terminal. Uses the AWS credentials, region and endpoint (AWS_ENDPOINT_URL) of the environment.`,
  options: {
    stage: { type: 'string', default: 'dev', value: 'NAME', help: 'the stage; its table is campus-NAME-auth' },
    table: { type: 'string', value: 'NAME', help: 'another table' },
  },
  failure: 'No admin created',
  words: [1, 1],
  async run({ stage, table: name }, [username = '']) {
    process.env.AUTH_TABLE = name ?? `campus-${stage}-auth`;
    await within({ requestId: 'admin:create', language: 'en' }, () => createAdmin(username));
  },
});
