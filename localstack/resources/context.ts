import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { projectRoot } from '../settings.ts';
import { requireEnv } from './create.ts';
import { resolveEnvironment } from './intrinsics.ts';
import type { Place } from './names.ts';
import type { Resources } from './template.ts';

interface ContextFile {
  readonly functions?: Readonly<Record<string, { readonly environment?: Readonly<Record<string, unknown>> }>>;
  readonly resources?: { readonly Resources?: Resources };
}

export interface ContextResources {
  readonly place: Place;
  /** What the functions of these contexts find in their environment. */
  readonly environment: Record<string, string>;
}

/** Reads the tables, queues and environment that these context files declare, under names that begin with the prefix. */
export function loadContextResources(files: readonly string[], prefix: string): ContextResources {
  const contexts = files.map((file) => readContext(file, prefix));
  const place: Place = {
    resources: Object.assign({}, ...contexts.map((context) => context.resources?.Resources)) as Resources,
    prefix,
    region: requireEnv('AWS_REGION'),
    sqsEndpoint: requireEnv('AWS_ENDPOINT_URL_SQS'),
  };
  const environments = contexts
    .flatMap((context) => Object.values(context.functions ?? {}))
    .map((definition) => resolveEnvironment(place, definition.environment));
  return { place, environment: Object.assign({}, ...environments) as Record<string, string> };
}

function readContext(file: string, prefix: string): ContextFile {
  const text = readFileSync(join(projectRoot, file), 'utf8');
  return load(text.replaceAll(/\$\{self:custom\.prefix\}/g, prefix)) as ContextFile;
}
