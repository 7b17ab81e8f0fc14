/** The parts of osls's service that the plugins of this folder read and change. */
export interface Serverless {
  readonly serviceDir: string;
  readonly service: Service;
}

export interface Service {
  readonly service: string;
  readonly package: { individually?: boolean };
  readonly functions: Record<string, ServiceFunction>;
  readonly custom: Readonly<Record<string, unknown>>;
  readonly resources: { readonly Resources: Record<string, Resource> };
  readonly provider: {
    readonly compiledCloudFormationTemplate: Template;
    readonly region: string;
  };
}

/** One function of the service. */
export interface ServiceFunction {
  readonly name: string;
  readonly description?: string;
  readonly role?: string;
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly timeout?: number;
  handler: string;
  targetAlias?: { readonly name: string; readonly logicalId: string };
  /** Set by osls once it has made the version. */
  readonly versionLogicalId?: string;
  package?: { readonly individually?: boolean; readonly artifact?: string; readonly patterns?: readonly string[] };
  events?: { readonly http?: HttpEvent }[];
}

/** A route of the gateway. */
export interface HttpEvent {
  readonly method: string;
  readonly path: string;
}

/** A CloudFormation template. */
export interface Template {
  readonly Resources: Record<string, Resource>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
}

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template holds whatever each service takes
  readonly Properties: any;
  DependsOn?: string | readonly string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  UpdatePolicy?: object;
}
