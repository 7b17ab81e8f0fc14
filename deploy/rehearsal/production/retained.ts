import { DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Api } from '../api.ts';
import { EMULATED } from '../emulated.ts';
import { expect } from '../steps.ts';
import { filled } from './manual.ts';
import { addressOf, CONTEXTS, SIGN_UPS, type Stage } from './stage.ts';

const AUTH = 'campus-prod-auth';
const MARK = { pk: { S: 'rehearsal' }, sk: { S: 'a first deployment left this' } };

async function tablesLeft(endpoint: string): Promise<string[]> {
  const client = new DynamoDBClient({ ...EMULATED, endpoint });
  const there = await Promise.all(
    CONTEXTS.map((context) =>
      client.send(new DescribeTableCommand({ TableName: `campus-prod-${context}` })).then(
        () => true,
        () => false,
      ),
    ),
  );
  return CONTEXTS.filter((_, i) => there[i]);
}

/** A first deployment that fails when the tables are made leaves them, and the next one finds them again. */
export async function rehearseFailedFirst({ steps, shell, account, deploy, endpoint }: Stage): Promise<void> {
  await steps.step('a first deployment that fails leaves its tables', async () => {
    account.refuses = true;
    const { code, output } = await shell.try(deploy, { env: SIGN_UPS });
    account.refuses = false;
    expect(code !== 0 && /Refused/.test(output), `it ended with ${code}:\n${output}`);
    const left = await tablesLeft(endpoint);
    expect(left.length === CONTEXTS.length, `there are only ${left.join(', ')}`);
    await new DynamoDBClient({ ...EMULATED, endpoint }).send(new PutItemCommand({ TableName: AUTH, Item: MARK }));
  });
}

/** @throws Error unless the item is there that was put into what the failed deployment left */
export async function expectFoundAgain(endpoint: string): Promise<void> {
  const { Item } = await new DynamoDBClient({ ...EMULATED, endpoint }).send(
    new GetItemCommand({ TableName: AUTH, Key: MARK }),
  );
  expect(Item, 'the tables of the failed deployment were not found again, but made anew');
}

interface Account {
  readonly username: string;
  readonly password: string;
}

/** Taken away, deployed again, and taken away for good. */
export async function rehearseAfterwards(stage: Stage, { username, password }: Account): Promise<void> {
  const { steps, shell, manual, endpoint } = stage;
  const remove = filled(manual.take(/serverless remove/), { '--stage dev': '--stage prod' });
  const unprotect = manual.take(/update-termination-protection/);
  const name = { input: 'campus-prod\n' };
  await steps.step('prod is not removed for whoever does not type its name, nor while it is protected', async () => {
    for (const input of ['', 'prod\n']) {
      const { code, output } = await shell.try(remove, { input });
      expect(code !== 0 && output.includes('Nothing was removed'), `typed ${input}: ${output}`);
    }
    const { code, output } = await shell.try(remove, name);
    expect(code !== 0 && /protect/i.test(output), `protected, it ended with ${code}: ${output}`);
    await new Api(stage.url).logIn(username, password);
  });
  await steps.step('what nobody could handle is looked at before a removal', async () => {
    const told = await shell.run(filled(manual.take(/npm run dlq/), { '<name>': 'StudentEvents' }));
    expect(told.includes('0 in the dead-letter queue'), told);
  });
  await steps.step('removed for whoever means it, prod leaves its tables', async () => {
    await shell.run(unprotect);
    await shell.run(remove, name);
    const { code } = await shell.try('aws cloudformation describe-stacks --stack-name campus-prod');
    expect(code !== 0, 'the stack is still there');
    const left = await tablesLeft(endpoint);
    expect(left.length === CONTEXTS.length, `there are only ${left.join(', ')}`);
  });
  await steps.step('deployed again, prod finds its tables, and its people sign in as before', async () => {
    await shell.run(stage.deploy, { env: SIGN_UPS });
    stage.url = await addressOf(stage);
    await new Api(stage.url).logIn(username, password);
    await expectFoundAgain(endpoint);
  });
  await steps.step('taken away for good, nothing of its data is left', async () => {
    await shell.run(unprotect);
    await shell.run(remove, name);
    await shell.run(manual.take(/^aws ssm delete-parameters/).replaceAll('/dev/', '/prod/'));
    const [open, drop] = [manual.take(/^aws dynamodb update-table/), manual.take(/^aws dynamodb delete-table/)];
    for (const context of CONTEXTS) {
      await shell.run(filled(open, { '<context>': context }));
      await shell.run(`${drop} --table-name campus-prod-${context}`);
    }
    expect((await tablesLeft(endpoint)).length === 0, 'there are tables left');
  });
}
