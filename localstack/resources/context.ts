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
  /** What the functions of the context find in their environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Reads the tables, queues and environment that a context.yml declares, under names that begin with the prefix. */
export function loadContextResources(file: string, prefix: string): ContextResources {
  const text = readFileSync(join(projectRoot, file), 'utf8').replaceAll(/\$\{self:custom\.prefix\}/g, prefix);
  const context = load(text) as ContextFile;
  const place: Place = {
    resources: context.resources?.Resources ?? {},
    prefix,
    region: requireEnv('AWS_REGION'),
    sqsEndpoint: requireEnv('AWS_ENDPOINT_URL_SQS'),
  };
  const environments = Object.values(context.functions ?? {}).map((f) => resolveEnvironment(place, f.environment));
  return { place, environment: Object.assign({}, ...environments) as Record<string, string> };
}
