import type { Resources } from './resources/template.ts';

/** What the local cloud reads of a service that osls has resolved. */
export interface Serverless {
  readonly serviceDir: string;
  readonly service: Service;
}

interface Service {
  readonly provider: { readonly region: string; readonly timeout?: number; environment?: Record<string, unknown> };
  readonly custom: { readonly prefix: string };
  readonly resources?: { readonly Resources?: Resources };
  readonly functions: Record<string, ServiceFunction>;
}

/** One function of the service. */
export interface ServiceFunction {
  readonly name: string;
  readonly handler: string;
  readonly timeout?: number;
  environment?: Record<string, unknown>;
  readonly events?: readonly { readonly sqs?: SqsEventSource }[];
}

/** The `sqs` event of a function. */
export interface SqsEventSource {
  readonly arn: unknown;
  readonly batchSize?: number;
  readonly enabled?: boolean;
  readonly functionResponseType?: string;
}
