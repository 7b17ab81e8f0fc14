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

/** The one condition of the template that its policies know. */
const IS_PREVIEWS = 'IsPreviews';

/** What stands for all previews where a stage is named. */
export const PREVIEWS = 'pull*';

/** What a condition chooses: of the template, only whether it is of previews. @throws Error for any other */
function chosen([condition, yes, no]: readonly unknown[], names: Names): unknown {
  if (condition !== IS_PREVIEWS) throw new Error(`Nobody says whether ${condition}`);
  return resolved(known(names, 'Stage') === PREVIEWS ? yes : no, names);
}

/** Text with names in it, or a pair of that and of what some of these names are. */
function filled(value: unknown, names: Names): string {
  const [text, own] = Array.isArray(value) ? value : [value, {}];
  const all = { ...names, ...(resolved(own, names) as Names) };
  return String(text).replaceAll(/\$\{([\w:.]+)\}/g, (_, name: string) => known(all, name));
}

const isNothing = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'Ref' in value && value.Ref === 'AWS::NoValue';

/** A value of a template with every `Ref`, `Fn::Sub`, `Fn::If` and `Fn::GetAtt` in it replaced. @param names by name, or `Name.Attribute` */
export function resolved(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, names)).filter((one) => one !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  if (isNothing(value)) return undefined;
  if ('Ref' in value) return known(names, String(value.Ref));
  if ('Fn::If' in value) return chosen(value['Fn::If'] as readonly unknown[], names);
  if ('Fn::GetAtt' in value) return known(names, (value['Fn::GetAtt'] as string[]).join('.'));
  if ('Fn::Sub' in value) return filled(value['Fn::Sub'], names);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner, names)]));
}

/** The statements of a policy of the account template, as they are for a stage. */
export function statementsOf(policy: 'DeployPolicy' | 'RoleBoundary', stage = 'prod'): Allowed[] {
  const { Properties } = accountTemplate().Resources[policy] as Resource;
  const names = { Stage: stage, RoleBoundary: ROLE_BOUNDARY };
  return (resolved(Properties.PolicyDocument, names) as { Statement: Allowed[] }).Statement;
}
