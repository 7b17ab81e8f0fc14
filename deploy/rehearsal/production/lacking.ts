import { load } from 'js-yaml';
import type { Resource, Template } from '../../../project/template.ts';

/** A type of resource that the emulator's CloudFormation does not know, and what is done without it. */
export interface Lack {
  readonly type: string;
  readonly reason: string;
  /** What the rest of a template is told where it refers to it. */
  readonly standIn?: string;
}

/** What MiniStack lacks of the templates of `prod` and of its account; the rehearsal fails where it lacks it no more. */
export const LACKING: readonly Lack[] = [
  {
    type: 'AWS::CodeDeploy::Application',
    reason: 'there is no CodeDeploy: an alias moves to the new version at once, and not a tenth in each minute',
  },
  { type: 'AWS::CodeDeploy::DeploymentGroup', reason: 'the same' },
  {
    type: 'AWS::IAM::OIDCProvider',
    reason: 'nobody signs in to it from GitHub; the role that trusts the provider is made all the same',
    standIn: 'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com',
  },
  { type: 'AWS::Budgets::Budget', reason: 'nothing costs anything there' },
];

/** Commands of the manual that the emulator cannot answer; the rehearsal runs them, and fails where one succeeds. */
export const UNANSWERED: readonly { readonly command: RegExp; readonly reason: string }[] = [
  { command: /^aws service-quotas request/, reason: 'there are no quotas to ask for' },
];

/** The template in a request: JSON, or YAML without short forms of functions. */
export const readTemplateText = (text: string): Template => load(text) as Template;

/** Of the types that are listed, those that a template has. */
export const lackingIn = ({ Resources }: Template, lacking: readonly Lack[] = LACKING): string[] => {
  const types = new Set(Object.values(Resources).map(({ Type }) => Type));
  return lacking.map(({ type }) => type).filter((type) => types.has(type));
};

/** A template without what is lacking. @throws Error where something of the rest refers to it and nothing stands in */
export function without(template: Template, lacking: readonly Lack[] = LACKING): Template {
  const lackOf = new Map(lacking.map((lack) => [lack.type, lack]));
  const gone = new Map<string, Lack>();
  const kept: Record<string, Resource> = {};
  for (const [id, one] of Object.entries(template.Resources)) {
    const lack = lackOf.get(one.Type);
    if (lack) gone.set(id, lack);
    else kept[id] = one;
  }
  return standIn({ ...template, Resources: withoutReleases(kept, gone) }, gone) as Template;
}

/** An alias whose release is lacking moves as a plain one does. */
function withoutReleases(resources: Record<string, Resource>, gone: ReadonlyMap<string, Lack>) {
  const released = ({ UpdatePolicy }: Resource) => [...gone.keys()].some((id) => refersTo(UpdatePolicy, id));
  return Object.fromEntries(
    Object.entries(resources).map(([id, { UpdatePolicy, ...rest }]) => [
      id,
      UpdatePolicy && !released({ UpdatePolicy, ...rest }) ? { ...rest, UpdatePolicy } : rest,
    ]),
  );
}

const refersTo = (value: unknown, id: string): boolean =>
  value !== undefined && JSON.stringify(value).includes(`{"Ref":"${id}"}`);

/** Puts what stands in wherever something refers to what is gone. */
function standIn(value: unknown, gone: ReadonlyMap<string, Lack>): unknown {
  if (Array.isArray(value)) return value.map((one) => standIn(one, gone));
  if (typeof value !== 'object' || value === null) return value;
  const lack = gone.get(String((value as { Ref?: unknown }).Ref));
  if (lack && lack.standIn === undefined) throw new Error(`something refers to a ${lack.type}, which is lacking`);
  if (lack) return lack.standIn;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, standIn(one, gone)]));
}
