import { load } from 'js-yaml';
import { textOf } from '../../project/root.ts';
import type { Resource, Template } from '../../project/template.ts';
import type { Allowed } from './iam.ts';
import { ROLE_BOUNDARY } from './packaged.ts';

/** What an account needs before a stage is deployed to it. */
export interface AccountTemplate extends Template {
  readonly Parameters: Readonly<Record<string, { readonly MaxLength?: number; readonly AllowedPattern?: string }>>;
  readonly Outputs: Record<string, { readonly Value: unknown }>;
}

export const ACCOUNT_FILE = 'deploy/bootstrap/account.yml';

export const accountTemplate = (): AccountTemplate => load(textOf(ACCOUNT_FILE)) as AccountTemplate;

/** An account, as the tests think of it. */
export const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-3',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com',
};

type Names = Readonly<Record<string, string>>;

const known = (names: Names, name: string): string => {
  const value = names[name] ?? PSEUDO[name];
  if (value === undefined) throw new Error(`Nobody says what ${name} is`);
  return value;
};

/** A value of a template with every `Ref`, `Fn::Sub` and `Fn::GetAtt` in it replaced. @param names by name, or `Name.Attribute` */
export function resolved(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, names));
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return known(names, String(value.Ref));
  if ('Fn::GetAtt' in value) return known(names, (value['Fn::GetAtt'] as string[]).join('.'));
  if ('Fn::Sub' in value)
    return String(value['Fn::Sub']).replaceAll(/\$\{([\w:.]+)\}/g, (_, name: string) => known(names, name));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, names)]));
}

/** The statements of a policy of the account template, as they are for a stage. */
export function statementsOf(policy: 'DeployPolicy' | 'RoleBoundary', stage = 'prod'): Allowed[] {
  const { Properties } = accountTemplate().Resources[policy] as Resource;
  const names = { Stage: stage, RoleBoundary: ROLE_BOUNDARY };
  return (resolved(Properties.PolicyDocument, names) as { Statement: Allowed[] }).Statement;
}
