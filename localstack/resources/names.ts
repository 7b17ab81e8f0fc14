import type { Resource, Resources } from './template.ts';

export const accountId = '000000000000';

/** What the names of a set of local resources are made of. */
export interface Place {
  readonly resources: Resources;
  /** Begins the name of a resource whose template gives it none. */
  readonly prefix: string;
  readonly region: string;
  readonly sqsEndpoint: string;
}

/** The physical name of a resource: the one its template gives it, or one made of prefix and logical id. */
export function nameOf(place: Place, logicalId: string): string {
  const { Properties = {} } = resourceOf(place, logicalId);
  const given = Properties.TableName ?? Properties.QueueName ?? Properties.Name ?? Properties.FunctionName;
  return typeof given === 'string' ? given : `${place.prefix}-${logicalId}`;
}

/** The URL under which a queue answers here. */
export function queueUrl(place: Place, logicalId: string): string {
  return `${place.sqsEndpoint}/${accountId}/${nameOf(place, logicalId)}`;
}

/** What `Ref` gives. */
export function refOf(place: Place, logicalId: string): string {
  if (logicalId === 'AWS::Region') return place.region;
  if (logicalId === 'AWS::AccountId') return accountId;
  if (!place.resources[logicalId]) return logicalId;
  return isQueue(place, logicalId) ? queueUrl(place, logicalId) : nameOf(place, logicalId);
}

/** What `Fn::GetAtt` gives. */
export function attributeOf(place: Place, logicalId: string, attribute: string): string {
  const name = nameOf(place, logicalId);
  if (attribute === 'QueueUrl') return queueUrl(place, logicalId);
  if (attribute === 'QueueName') return name;
  if (attribute !== 'Arn') throw new Error(`${logicalId} has no attribute ${attribute} here`);
  const path = isQueue(place, logicalId)
    ? `sqs:${place.region}:${accountId}:`
    : `dynamodb:${place.region}:${accountId}:table/`;
  return `arn:aws:${path}${name}`;
}

function isQueue(place: Place, logicalId: string): boolean {
  return resourceOf(place, logicalId).Type === 'AWS::SQS::Queue';
}

function resourceOf(place: Place, logicalId: string): Resource {
  const resource = place.resources[logicalId];
  if (!resource) throw new Error(`no resource ${logicalId} in the template`);
  return resource;
}
