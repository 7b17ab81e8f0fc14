import { apiPath } from '../../../project/emulator.ts';
import { ofType, placeholder, type Template } from '../../../project/template.ts';
import type { Adaptation } from './front.ts';
import { lackingIn, readTemplateText, without } from './lacking.ts';

/** What the emulator's side of deployments does, and has done. */
export interface Account {
  /** The types of resources that were left out so far. */
  readonly leftOut: Set<string>;
  /** Whether it refuses the next stack when its tables are made, as an account without room for the rest does. */
  refuses: boolean;
}

const WITH_TEMPLATE = /^(CreateChangeSet|ValidateTemplate)$/;

/** Leaves out what the emulator lacks, and has a stack with an API say where the emulator serves that. */
function adapted(endpoint: string, template: Template, account: Account): Template {
  for (const type of lackingIn(template)) account.leftOut.add(type);
  const left = account.refuses ? refused(without(template)) : without(template);
  const address = left.Outputs?.ServiceEndpoint;
  if (!address) return left;
  const Value = { 'Fn::Sub': endpoint + apiPath(placeholder('ApiGatewayRestApi'), 'prod') };
  return { ...left, Outputs: { ...left.Outputs, ServiceEndpoint: { ...address, Value } } };
}

/** With a queue that no AWS makes, whose turn comes when every table is there. */
function refused(template: Template): Template {
  const DependsOn = ofType(template, 'AWS::DynamoDB::Table').map(([id]) => id);
  const Refused = { Type: 'AWS::SQS::Queue', DependsOn, Properties: { VisibilityTimeout: 999_999 } };
  return DependsOn.length > 0 ? { ...template, Resources: { ...template.Resources, Refused } } : template;
}

const ADAPTED = '.adapted';

/** Puts an adapted template beside the one that a tool has uploaded. @returns its address */
async function adaptStored(endpoint: string, url: string, account: Account): Promise<string> {
  const object = endpoint + new URL(url).pathname;
  const stored = await fetch(object);
  if (!stored.ok) throw new Error(`the template at ${url} cannot be read: ${stored.status}`);
  const template = adapted(endpoint, readTemplateText(await stored.text()), account);
  await fetch(object + ADAPTED, { method: 'PUT', body: JSON.stringify(template) });
  return url + ADAPTED;
}

/** The emulator's side of a deployment: every template is read as the tool wrote it, and made as far as it can be. */
export const adaptTemplates =
  (endpoint: string, account: Account): Adaptation =>
  async ({ body }) => {
    const form = new URLSearchParams(body);
    if (!WITH_TEMPLATE.test(form.get('Action') ?? '')) return undefined;
    const [url, text] = [form.get('TemplateURL'), form.get('TemplateBody')];
    if (url) form.set('TemplateURL', await adaptStored(endpoint, url, account));
    if (text) form.set('TemplateBody', JSON.stringify(adapted(endpoint, readTemplateText(text), account)));
    return form.toString();
  };
