import { type Named, ofType, type Resource, referred, type Template } from '../../project/template.ts';
import { each, type Policy, spoil } from './policy.ts';

interface Statement {
  readonly Action: string | readonly string[];
  Resource: unknown;
}

const FUNCTION = 'AWS::Lambda::Function';
const ROLE = 'AWS::IAM::Role';

/** X-Ray names no resources: its write actions are the only ones that may be allowed for everything. */
const TRACING = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value]) as readonly T[];

const statementsOf = (properties: { Policies?: readonly { PolicyDocument: { Statement: Statement[] } }[] }) =>
  (properties.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/** Objects are named by what their keys begin with: nobody can list them in a template. */
const OBJECTS = /\$\{\w+\.Arn\}\/[\w-]+\/\*"/g;

const named = ({ Action, Resource }: Statement): string =>
  list(Action).every((action) => action.startsWith('s3:'))
    ? JSON.stringify(Resource).replaceAll(OBJECTS, '"')
    : JSON.stringify(Resource);

const allowsTooMuch = (statement: Statement): boolean =>
  list(statement.Action).some((action) => action.includes('*')) ||
  (named(statement).includes('*') && !list(statement.Action).every((action) => TRACING.includes(action)));

/** The contexts whose functions have a role. */
function contextsOfRole(template: Template, role: string): Set<string> {
  const functions = ofType(template, FUNCTION).filter(([, { Properties }]) => referred(Properties.Role) === role);
  return new Set(functions.map(([, { Properties }]) => Properties.Environment.Variables.CAMPUS_CONTEXT as string));
}

const tablesIn = (value: unknown): string[] => [
  ...new Set([...JSON.stringify(value).matchAll(/\b(\w+Table)\b/g)].map(([, name = '']) => name)),
];

/** The buckets that a value names. */
const bucketsIn = (template: Template, value: unknown): string[] =>
  ofType(template, 'AWS::S3::Bucket')
    .map(([id]) => id)
    .filter((id) => new RegExp(`\\b${id}\\b`).test(JSON.stringify(value)));

/** What only a stack that sends e-mails needs. */
const MAILING = ['AWS::SES::Template', 'AWS::IAM::Policy'];

const mailing = (template: Template): Named[] => MAILING.flatMap((type) => ofType(template, type));

const hasStatements = ([, { Properties }]: Named): boolean => statementsOf(Properties).length > 2;

/** Least privilege. */
export const rolePolicies: readonly Policy[] = [
  {
    promise: 'every function has the role of its context, and no other context shares it',
    faults: (template) => {
      const roles = ofType(template, FUNCTION).map(([, { Properties }]) => referred(Properties.Role) ?? '');
      return [...new Set(roles)].filter((role) => contextsOfRole(template, role).size !== 1);
    },
    breakIt: (template) => {
      const [, [, other] = []] = ofType(template, FUNCTION).filter(
        ([, { Properties }]) => Properties.Environment.Variables.CAMPUS_CONTEXT !== 'auth',
      );
      if (other) other.Properties.Role = { 'Fn::GetAtt': ['AuthRole', 'Arn'] };
    },
  },
  {
    promise: 'no role allows anything with a star, save to trace',
    faults: each(ROLE, ({ Properties }) => !statementsOf(Properties).some(allowsTooMuch)),
    breakIt: spoil(
      ROLE,
      ({ Properties }) => {
        const [statement] = statementsOf(Properties);
        if (statement) statement.Resource = '*';
      },
      hasStatements,
    ),
  },
  {
    promise: 'a role reaches one table only, the one of its context',
    faults: each(ROLE, ({ Properties }) => tablesIn(statementsOf(Properties)).length <= 1),
    breakIt: spoil(
      ROLE,
      ({ Properties }) => {
        const [statement] = statementsOf(Properties);
        if (statement) statement.Resource = [statement.Resource, { 'Fn::GetAtt': ['SomebodyElsesTable', 'Arn'] }];
      },
      hasStatements,
    ),
  },
  {
    promise: 'a role reaches no bucket but those of its context, which bear its name',
    faults: (template) =>
      ofType(template, ROLE)
        .filter(([id, { Properties }]) =>
          bucketsIn(template, statementsOf(Properties)).some((bucket) => !bucket.startsWith(id.replace(/Role$/, ''))),
        )
        .map(([id]) => id),
    breakIt: (template) => {
      const [bucket = ''] = ofType(template, 'AWS::S3::Bucket').map(([id]) => id);
      const [statement] = statementsOf(template.Resources.AuthRole?.Properties);
      if (statement) statement.Resource = [statement.Resource, { 'Fn::GetAtt': [bucket, 'Arn'] }];
    },
  },
  {
    promise: 'e-mails may be sent only where a sender is configured: as that one, by one template',
    faults: (template) => {
      const found = mailing(template);
      if (found.length !== MAILING.length) return ['there is not one template and one permission'];
      const holds = ({ Condition, Properties }: Resource) =>
        Condition === 'SendsNotices' && !JSON.stringify(Properties.PolicyDocument ?? {}).includes('*');
      return found.filter(([, resource]) => !holds(resource)).map(([id]) => id);
    },
    breakIt: spoil('AWS::IAM::Policy', (policy) => delete policy.Condition),
  },
  {
    promise: 'a function may write to its own log group',
    faults: (template) =>
      ofType(template, FUNCTION)
        .filter(([, { Properties, DependsOn }]) => {
          const group = list(DependsOn ?? []).find((id) => String(id).endsWith('LogGroup'));
          const role = template.Resources[referred(Properties.Role) ?? ''];
          return !JSON.stringify(statementsOf(role?.Properties ?? {})).includes(`"${group}","Arn"`);
        })
        .map(([id]) => id),
    breakIt: spoil(FUNCTION, (lambda) => {
      lambda.DependsOn = ['SomebodyElsesLogGroup'];
    }),
  },
];
