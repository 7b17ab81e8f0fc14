import { DeleteParametersCommand, ParameterAlreadyExists, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { SecretName } from '../../platform/secrets.ts';
import { newSecrets } from './new-secrets.ts';

const ssm = new SSMClient({});

/** Where a stage keeps a secret in SSM Parameter Store. */
const parameterName = (stage: string, secret: SecretName): string => `/campus/${stage}/${secret}`;

/** Makes the secrets that a stage lacks, and leaves those that exist. @returns the names of those it made */
export async function createMissingSecrets(stage: string): Promise<string[]> {
  const made = await Promise.all(
    Object.entries(newSecrets).map(async ([secret, newValue]) => {
      const name = parameterName(stage, secret as SecretName);
      return (await putOnce(name, newValue())) ? name : undefined;
    }),
  );
  return made.filter((name) => name !== undefined);
}

/** Writes a SecureString that does not exist yet. Whether it was this call that wrote it. */
async function putOnce(Name: string, Value: string): Promise<boolean> {
  try {
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: false }));
    return true;
  } catch (error) {
    if (error instanceof ParameterAlreadyExists) return false;
    throw error;
  }
}

/** Deletes the secrets of a stage: whoever is signed in is no longer. */
export async function deleteSecrets(stage: string): Promise<void> {
  const Names = Object.keys(newSecrets).map((secret) => parameterName(stage, secret as SecretName));
  await ssm.send(new DeleteParametersCommand({ Names }));
}
