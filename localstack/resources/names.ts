import type { Declared, Resource } from '../../project/template.ts';

export const accountId = '000000000000';

/** The resources of a template, with what their names and addresses are made of here. */
export interface LocalTemplate extends Declared {
  /** Begins the name of a resource whose template gives it none. */
  readonly prefix: string;
  readonly region: string;
  readonly sqsEndpoint: string;
}

const BUCKET = 'AWS::S3::Bucket';

/** The physical name of a resource: the one its template gives it, or one made of prefix and logical id. */
export function nameOf(template: LocalTemplate, logicalId: string): string {
  const { Type, Properties = {} } = resourceOf(template, logicalId);
  const given = Properties.TableName ?? Properties.QueueName ?? Properties.Name ?? Properties.FunctionName;
  if (typeof given === 'string') return given;
  const made = `${template.prefix}-${logicalId}`;
  // The names of buckets become names of hosts.
  return Type === BUCKET ? made.toLowerCase() : made;
}

/** The URL under which a queue answers here. */
export function queueUrl(template: LocalTemplate, logicalId: string): string {
  return `${template.sqsEndpoint}/${accountId}/${nameOf(template, logicalId)}`;
}

/** What `Ref` gives. */
export function refOf(template: LocalTemplate, logicalId: string): string {
  if (logicalId === 'AWS::Region') return template.region;
  if (logicalId === 'AWS::AccountId') return accountId;
  if (!template.Resources[logicalId]) return logicalId;
  return isQueue(template, logicalId) ? queueUrl(template, logicalId) : nameOf(template, logicalId);
}

/** What `Fn::GetAtt` gives. */
export function attributeOf(template: LocalTemplate, logicalId: string, attribute: string): string {
  const name = nameOf(template, logicalId);
  if (attribute === 'QueueUrl') return queueUrl(template, logicalId);
  if (attribute === 'QueueName') return name;
  if (attribute !== 'Arn') throw new Error(`${logicalId} has no attribute ${attribute} here`);
  if (resourceOf(template, logicalId).Type === BUCKET) return `arn:aws:s3:::${name}`;
  const path = isQueue(template, logicalId)
    ? `sqs:${template.region}:${accountId}:`
    : `dynamodb:${template.region}:${accountId}:table/`;
  return `arn:aws:${path}${name}`;
}

function isQueue(template: LocalTemplate, logicalId: string): boolean {
  return resourceOf(template, logicalId).Type === 'AWS::SQS::Queue';
}

function resourceOf(template: LocalTemplate, logicalId: string): Resource {
  const resource = template.Resources[logicalId];
  if (!resource) throw new Error(`no resource ${logicalId} in the template`);
  return resource;
}
