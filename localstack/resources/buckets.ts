import { required } from '../../platform/base/env.ts';
import { ofType } from '../../project/template.ts';
import { type LocalTemplate, nameOf } from './names.ts';

/** Creates the buckets that the template declares; those that exist stay as they are. The embedded S3 checks no signature. */
export async function createBuckets(template: LocalTemplate): Promise<void> {
  const names = ofType(template, 'AWS::S3::Bucket').map(([logicalId]) => nameOf(template, logicalId));
  await Promise.all(names.map(create));
}

async function create(name: string): Promise<void> {
  const response = await fetch(`${required('AWS_ENDPOINT_URL_S3')}/${name}`, { method: 'PUT' });
  if (!response.ok) throw new Error(`The bucket ${name} cannot be created: ${await response.text()}`);
}
