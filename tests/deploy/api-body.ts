import { type ApiBody, bodyOf, type GatewayOperation } from '../../deploy/template/api-body.ts';
import type { Template } from '../../project/template.ts';

/** Takes the lock off a value, all the way down: counter-tests break what they are given. */
export type Breakable<T> = T extends object ? { -readonly [K in keyof T]?: Breakable<T[K]> } : T;

/** The REST API of a template, to be broken. */
export const breakableBody = (template: Template) => bodyOf(template) as Breakable<ApiBody>;

/** A route as a template has it, `GET /persons/{id}`, and what the gateway does with it. */
export interface DeployedRoute {
  readonly route: string;
  readonly operation: GatewayOperation;
}

/** All routes of a template. */
export const routesIn = (template: Template): DeployedRoute[] =>
  Object.entries(bodyOf(template).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
  );

/** The function that a route is handed to, as `name` or `name:alias`. */
export const targetOf = ({ 'x-amazon-apigateway-integration': { uri } }: GatewayOperation): string =>
  /:function:(.+)\/(?:response-streaming-)?invocations$/.exec(uri['Fn::Sub'])?.[1] ?? '';

/** Whether the gateway hands an answer on while the function makes it. */
export const isStreamed = (operation: GatewayOperation): boolean =>
  operation['x-amazon-apigateway-integration'].responseTransferMode === 'STREAM';
