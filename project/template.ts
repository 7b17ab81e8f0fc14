/** A CloudFormation template. */
export interface Template {
  readonly Resources: Record<string, Resource>;
  Outputs?: Record<string, { readonly Value: unknown }>;
}

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template holds whatever each service takes
  readonly Properties?: any;
  DependsOn?: string | readonly string[];
  /** The condition of the template under which alone it is there. */
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  UpdatePolicy?: object;
}

/** The resources of a template that is only read. */
export interface Declared {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export type Named = readonly [logicalId: string, resource: Resource];

/** The resources of one type, with their logical ids. */
export const ofType = ({ Resources }: Declared, type: string): Named[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** The logical id that a value refers to by `Ref` or `Fn::GetAtt`. */
export function referred(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('Ref' in value) return String(value.Ref);
  if (!('Fn::GetAtt' in value)) return undefined;
  const target = value['Fn::GetAtt'];
  return Array.isArray(target) ? String(target[0]) : String(target).split('.')[0];
}

/** Adds resources. @throws Error when a logical id is taken */
export function add(template: Template, resources: Readonly<Record<string, Resource>>): void {
  for (const [logicalId, resource] of Object.entries(resources)) {
    if (template.Resources[logicalId]) throw new Error(`The template has two resources ${logicalId}`);
    template.Resources[logicalId] = resource;
  }
}

/** The logical ids of the queues that are another queue's dead-letter queue. */
export const deadLetterQueues = (template: Declared): Set<string> =>
  new Set(
    ofType(template, 'AWS::SQS::Queue').flatMap(
      ([, { Properties }]) => referred(Properties.RedrivePolicy?.deadLetterTargetArn) ?? [],
    ),
  );

/** A word as the beginning of a logical id. */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What `Fn::Sub` replaces by the value of a name. */
export const placeholder = (name: string): string => `\${${name}}`;
