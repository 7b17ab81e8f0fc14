import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LACKING, lackingIn, readTemplateText, without } from '../../deploy/rehearsal/production/lacking.ts';
import { projectRoot } from '../../project/root.ts';
import { ofType } from '../../project/template.ts';
import { packagedTemplate } from './packaged.ts';

const account = () => readTemplateText(readFileSync(join(projectRoot, 'deploy/bootstrap/account.yml'), 'utf8'));

describe('what the emulator lacks', () => {
  test('is left out of the template of prod, and nothing else is changed', () => {
    const template = packagedTemplate('prod');
    const left = without(template);
    expect(lackingIn(left)).toEqual([]);
    const lacking = LACKING.map(({ type }) => type);
    for (const [id, resource] of Object.entries(template.Resources)) {
      if (lacking.includes(resource.Type)) expect(left.Resources[id]).toBeUndefined();
      else expect(left.Resources[id]).toEqual(withoutRelease(resource));
    }
    expect(left.Outputs).toEqual(template.Outputs);
  });

  test('of an alias is its release, and functions are called through it all the same', () => {
    const aliases = ofType(without(packagedTemplate('prod')), 'AWS::Lambda::Alias');
    expect(aliases.length).toBeGreaterThan(30);
    for (const [, alias] of aliases) expect(alias.UpdatePolicy).toBeUndefined();
  });

  test('is left out of the template of the account, where something stands in for what others refer to', () => {
    const left = without(account());
    expect(lackingIn(left)).toEqual([]);
    expect(JSON.stringify(left)).not.toContain('{"Ref":"GitHub"}');
    expect(JSON.stringify(left.Resources.DeployRole)).toContain('oidc-provider/token.actions.githubusercontent.com');
  });

  test('stands in one of both templates', () => {
    const found = [...lackingIn(packagedTemplate('prod')), ...lackingIn(account())];
    expect(new Set(found)).toEqual(new Set(LACKING.map(({ type }) => type)));
  });

  test('is not left out where others refer to it and nothing can stand in', () => {
    const template = {
      Resources: { Plan: { Type: 'AWS::Budgets::Budget' }, Other: { Type: 'X', Properties: { Of: { Ref: 'Plan' } } } },
    };
    expect(() => without(template)).toThrow('something refers to a AWS::Budgets::Budget');
  });
});

const withoutRelease = ({ UpdatePolicy, ...rest }: { readonly UpdatePolicy?: object }) =>
  JSON.stringify(UpdatePolicy ?? {}).includes('CodeDeploy') ? rest : { ...rest, ...(UpdatePolicy && { UpdatePolicy }) };
