import type { Resource, Template } from './template.ts';

/** The parts of osls's service, resolved, that our plugins read and change. */
export interface Serverless {
  readonly serviceDir: string;
  readonly service: Service;
  readonly pluginManager: { readonly plugins: readonly Plugin[] };
}

/** A plugin of osls. */
export interface Plugin {
  /** How the one that removes stacks asks whether there are images. */
  checkIfEcrRepositoryExists?: () => Promise<boolean>;
  /** What the one that deploys asks CloudFormation for. */
  getCreateChangeSetParams?: (of: unknown) => object;
}

export interface Service {
  readonly service: string;
  readonly package: { individually?: boolean };
  readonly functions: Record<string, ServiceFunction>;
  readonly custom: { readonly prefix: string; readonly policy: unknown; readonly lambdaMayAssume: unknown };
  readonly resources: { readonly Resources: Record<string, Resource> };
  readonly provider: {
    readonly compiledCloudFormationTemplate: Template;
    readonly region: string;
    readonly apiGateway: { readonly binaryMediaTypes: readonly string[] };
    readonly timeout?: number;
    environment?: Record<string, unknown>;
  };
}

/** One function of the service. */
export interface ServiceFunction {
  readonly name: string;
  readonly description?: string;
  readonly role?: string;
  readonly timeout?: number;
  environment?: Record<string, unknown>;
  handler: string;
  targetAlias?: { readonly name: string; readonly logicalId: string };
  /** Set by osls once it has made the version. */
  readonly versionLogicalId?: string;
  package?: { readonly individually?: boolean; readonly artifact?: string; readonly patterns?: readonly string[] };
  readonly events?: readonly { readonly http?: HttpEvent; readonly sqs?: SqsEventSource }[];
}

/** A route of the gateway. */
export interface HttpEvent {
  readonly method: string;
  readonly path: string;
  readonly authorizer?: HttpAuthorizer;
  /** Set by osls: how the function is called. */
  readonly integration?: string;
  /** `STREAM` where the answer is handed on while the function makes it. */
  readonly response?: { readonly transferMode: 'STREAM' | 'BUFFERED' };
}

/** Who is asked before a route is served; its name is the name of a function. */
export interface HttpAuthorizer {
  readonly name: string;
  readonly identitySource: string;
  readonly resultTtlInSeconds: number;
}

/** A queue whose messages a function gets. */
export interface SqsEventSource {
  readonly arn: unknown;
  readonly batchSize?: number;
  readonly enabled?: boolean;
  readonly functionResponseType?: string;
}
