import { createHash } from 'node:crypto';
import type { Service } from '../../project/serverless.ts';
import { add, type Named, ofType, type Resource, type Template } from '../../project/template.ts';
import { accessLog } from './access-log.ts';
import { ANY_METHOD, type ApiBody, apiBody } from './api-body.ts';
import { openPosts, placeFirewall } from './limits.ts';
import type { Settings, Throttle } from './settings.ts';

/** What osls makes of routes: two resources for each, where a stack may have five hundred. */
const COMPILED = ['AWS::ApiGateway::Resource', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::Authorizer'];

/**
 * Declares the whole REST API as one resource, whose body holds every route: adding one adds no resource. To be called
 * when the template has all its permissions and aliases.
 */
export function foldApi(template: Template, service: Service, settings: Settings): void {
  const [, api] = only(template, 'AWS::ApiGateway::RestApi');
  const body = apiBody(service, String(api.Properties.Name), settings);
  requireAllMethods(template, body);
  for (const [id] of COMPILED.flatMap((type) => ofType(template, type))) delete template.Resources[id];
  // osls takes away a policy that there might have been. An import that overwrites does, too.
  if (api.Properties.Policy === '') delete api.Properties.Policy;
  // An import merges unless told otherwise, and a route that was removed would go on answering; what it does not
  // understand it leaves out with a warning, an authorizer maybe.
  Object.assign(api.Properties, { Body: body, Mode: 'overwrite', FailOnWarnings: true });
  deployAfterFunctions(template, api, service, settings);
}

/** A deployment is a snapshot, made anew when its name changes: with the API, and when all it calls is there. */
function deployAfterFunctions(template: Template, api: Resource, service: Service, settings: Settings): void {
  const [id, deployment] = only(template, 'AWS::ApiGateway::Deployment');
  delete template.Resources[id];
  deployment.DependsOn = ['AWS::Lambda::Permission', 'AWS::Lambda::Alias'].flatMap((type) =>
    ofType(template, type).map(([dependency]) => dependency),
  );
  deployment.Properties.StageDescription = stageDescription(service, settings);
  const content = JSON.stringify([api.Properties, deployment.Properties]);
  const version = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const name = `ApiGatewayDeployment${version}`;
  add(template, { [name]: deployment });
  placeFirewall(template, name, settings);
}

/** How the stage limits, traces and logs calls: every method by one measure, what strangers may POST by one of its own. */
function stageDescription({ functions }: Service, { throttle, openThrottle }: Settings): object {
  return {
    TracingEnabled: true,
    AccessLogSetting: accessLog,
    ...limits(throttle),
    MethodSettings: [
      { HttpMethod: '*', ResourcePath: '/*', ...limits(throttle) },
      ...Object.values(functions)
        .flatMap(openPosts)
        .map((path) => ({ HttpMethod: 'POST', ResourcePath: inSettings(path), ...limits(openThrottle) })),
    ],
  };
}

const limits = ({ rate, burst }: Throttle) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });

/** A path as the settings of methods spell it. */
const inSettings = (path: string): string => `/${`/${path.replace(/^\//, '')}`.replaceAll('/', '~1')}`;

/** Whatever osls makes methods of, and as many as it makes, must stand in the body. */
function requireAllMethods(template: Template, { paths }: ApiBody): void {
  const compiled = ofType(template, 'AWS::ApiGateway::Method').length;
  const described = Object.values(paths)
    .flatMap(Object.keys)
    .filter((method) => method !== ANY_METHOD).length;
  if (compiled !== described) throw new Error(`osls made ${compiled} methods, and the body of the API ${described}`);
}

function only(template: Template, type: string): Named {
  const [one, ...others] = ofType(template, type);
  if (!one || others.length > 0) throw new Error(`The template must have one ${type}`);
  return one;
}
