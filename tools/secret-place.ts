import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

/** Where a secret is kept. */
export interface SecretPlace {
  readonly description: string;
  /** The secret's text; undefined when there is none yet. */
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
}

/** A file of a local start's data folder. */
export const inFolder = (folder: string, name: string): SecretPlace => {
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
      const draft = `${path}.${process.pid}`;
      writeFileSync(draft, text, { mode: 0o600, flush: true });
      renameSync(draft, path);
    },
  };
};

/** A SecureString of the parameter store, in the account and region of the environment's credentials. */
export const inParameterStore = (stage: string, name: string): SecretPlace => {
  const Name = `/campus/${stage}/${name}`;
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
