import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteParametersCommand,
  GetParameterCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { SecretName } from '../platform/aws/secrets.ts';
import { newSecrets, writeSecretFile } from './new-secrets.ts';

/** Where one secret is kept. */
export interface SecretStore {
  readonly description: string;
  /** The secret's text; undefined when there is none yet. */
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

/** A file of a local start's data folder. */
export const inFolder = (folder: string, name: SecretName): SecretStore => {
  const path = join(folder, 'secrets', name);
  return {
    description: path,
    async read() {
      try {
        return readFileSync(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(text) {
      writeSecretFile(path, text);
    },
  };
};

/** Where a stage keeps a secret in SSM Parameter Store. */
const parameterName = (stage: string, secret: SecretName): string => `/campus/${stage}/${secret}`;

/** A SecureString of the parameter store, in the account and region of the environment's credentials. */
export const inParameterStore = (stage: string, name: SecretName): SecretStore => {
  const Name = parameterName(stage, name);
  const ssm = new SSMClient({});
  return {
    description: `the parameter ${Name}`,
    async read() {
      try {
        return (await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }))).Parameter?.Value;
      } catch (error) {
        if (error instanceof ParameterNotFound) return undefined;
        throw error;
      }
    },
    async write(Value) {
      await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }));
    },
  };
};

const SECRETS = Object.keys(newSecrets) as SecretName[];

/** Makes the secrets that a stage lacks, and leaves those that exist. @returns the names of those it made */
export async function createMissingSecrets(stage: string): Promise<string[]> {
  const ssm = new SSMClient({});
  const made = await Promise.all(
    SECRETS.map(async (secret) => {
      const name = parameterName(stage, secret);
      return (await putOnce(ssm, name, newSecrets[secret]())) ? name : undefined;
    }),
  );
  return made.filter((name) => name !== undefined);
}

/** Writes a SecureString that does not exist yet. Whether it was this call that wrote it. */
async function putOnce(ssm: SSMClient, Name: string, Value: string): Promise<boolean> {
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
  const Names = SECRETS.map((secret) => parameterName(stage, secret));
  await new SSMClient({}).send(new DeleteParametersCommand({ Names }));
}
