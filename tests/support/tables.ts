import { randomUUID } from 'node:crypto';
import { createResources, loadContextResources } from '../../localstack/resources/create.ts';

/**
 * Creates the tables and queues that the context.yml of these contexts declare, under names of their own, and sets the
 * environment that their functions expect. Before it imports a module that reads the environment as it loads, a test
 * awaits this.
 * @returns that environment
 */
export async function createContext(...contexts: readonly [string, ...string[]]): Promise<Record<string, string>> {
  return createFrom(contexts.map((context) => `functions/${context}/context.yml`));
}

/** The same for files that are no context of the application. */
export async function createFrom(files: readonly string[]): Promise<Record<string, string>> {
  const { template, environment } = loadContextResources(files, `test-${randomUUID().slice(0, 8)}`);
  await createResources(template);
  Object.assign(process.env, environment);
  return environment;
}
