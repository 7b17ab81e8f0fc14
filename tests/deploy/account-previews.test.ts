import { describe, expect, test } from '@jest/globals';
import { PREVIEWS, statementsOf } from './account.ts';
import { allows } from './iam.ts';
import { packagedTemplate } from './packaged.ts';
import { arnOf, callsFor } from './physical.ts';

const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-3:123456789012:${rest}`;

describe('what deploys previews', () => {
  const may = statementsOf('DeployPolicy', PREVIEWS);
  const runs = statementsOf('RoleBoundary', PREVIEWS);
  const stack = (name: string) => arn('cloudformation', `stack/campus-${name}/0a1b`);
  const secret = (name: string) => arn('ssm', `parameter/campus/${name}/signing-secret`);

  test('may do with a preview what is done with the package of another stage', () => {
    const template = packagedTemplate('prod-chosen');
    const refused = Object.keys(template.Resources).flatMap((id) =>
      callsFor(template, id)
        .map((action) => ({ action, resource: arnOf(template, id).replaceAll('prod', 'pull123') }))
        .filter((one) => !allows(may, one)),
    );
    expect(refused).toEqual([]);
  });

  test.each([
    ['take one away', 'cloudformation:DeleteStack', stack('pull123')],
    ['… with its files', 's3:DeleteObject', 'arn:aws:s3:::campus-pull123-cardsfiles-1ab2/cards/1.pdf'],
    ['… and its secrets', 'ssm:DeleteParameters', secret('pull123')],
    ['look which there are', 'cloudformation:ListStacks', '*'],
  ])('may %s, which what deploys another stage may not', (_, action, resource) => {
    expect(allows(may, { action, resource })).toBe(true);
    for (const stage of ['prod', 'dev'])
      expect(
        allows(statementsOf('DeployPolicy', stage), { action, resource: resource.replaceAll('pull123', stage) }),
      ).toBe(false);
  });

  test.each(['prod', 'dev'])('touches nothing of %s', (stage) => {
    const theirs: readonly (readonly [string, string])[] = [
      ['cloudformation:UpdateStack', stack(stage)],
      ['cloudformation:DeleteStack', stack(stage)],
      ['lambda:UpdateFunctionCode', arn('lambda', `function:campus-${stage}-accounts`)],
      ['dynamodb:DeleteTable', arn('dynamodb', `table/campus-${stage}-auth`)],
      ['s3:DeleteObject', `arn:aws:s3:::campus-${stage}-cardsfiles-1ab2/cards/1.pdf`],
      ['ssm:DeleteParameters', secret(stage)],
      ['logs:DeleteLogGroup', arn('logs', `log-group:/aws/lambda/campus-${stage}-accounts`)],
    ];
    for (const [action, resource] of theirs)
      expect([action, allows(may, { action, resource })]).toEqual([action, false]);
    const item = { action: 'dynamodb:GetItem', resource: arn('dynamodb', `table/campus-${stage}-auth`) };
    expect(allows(runs, item)).toBe(false);
    expect(allows(runs, { ...item, resource: arn('dynamodb', 'table/campus-pull123-auth') })).toBe(true);
  });
});
