import { ofType, type Template } from '../../project/template.ts';
import { routesIn, targetOf } from './api-body.ts';
import { each, type Policy, spoil } from './policy.ts';

const FUNCTION = 'AWS::Lambda::Function';
const MAPPING = 'AWS::Lambda::EventSourceMapping';
const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const API = 'AWS::ApiGateway::RestApi';

interface MethodSetting {
  readonly HttpMethod: string;
  readonly ResourcePath: string;
  readonly ThrottlingRateLimit: number;
}

const settingsOf = (template: Template): MethodSetting[] =>
  ofType(template, DEPLOYMENT).flatMap(([, { Properties }]) => Properties.StageDescription.MethodSettings);

/** What anybody may POST. */
const openPosts = (template: Template) =>
  routesIn(template).filter(({ route, operation }) => route.startsWith('POST ') && !operation.security);

/** Its functions, by the names under which the gateway calls them. */
const openFunctions = (template: Template): Set<string> =>
  new Set(openPosts(template).map(({ operation }) => targetOf(operation).replace(/:.*/, '')));

const isAuthorizer = (name: string): boolean => name.endsWith('-authorizer');

/** What a flood may take. */
export const limitPolicies: readonly Policy[] = [
  {
    promise: 'what anybody may POST has a limit of its own, far below that of the rest',
    faults: (template) => {
      const [all, ...own] = settingsOf(template);
      const limited = new Set(
        own
          .filter(({ HttpMethod, ThrottlingRateLimit }) => {
            return HttpMethod === 'POST' && ThrottlingRateLimit * 5 <= (all?.ThrottlingRateLimit ?? 0);
          })
          .map(({ ResourcePath }) => ResourcePath.slice(1).replaceAll('~1', '/')),
      );
      const open = openPosts(template).map(({ route }) => route.slice('POST '.length));
      return open.length === 0 ? ['nobody can sign in'] : open.filter((path) => !limited.has(path));
    },
    breakIt: spoil(DEPLOYMENT, ({ Properties }) => Properties.StageDescription.MethodSettings.pop()),
  },
  {
    promise: 'the authorizer always finds room, and what strangers may call takes no more than its share',
    prodOnly: true,
    faults: (template) => {
      const open = openFunctions(template);
      return ofType(template, FUNCTION)
        .filter(([, { Properties }]) => open.has(Properties.FunctionName) || isAuthorizer(Properties.FunctionName))
        .filter(([, { Properties }]) => !(Properties.ReservedConcurrentExecutions > 0))
        .map(([id]) => id);
    },
    breakIt: spoil(
      FUNCTION,
      ({ Properties }) => delete Properties.ReservedConcurrentExecutions,
      ([, { Properties }]) => isAuthorizer(Properties.FunctionName),
    ),
  },
  {
    promise: 'a full queue takes no more functions than its share',
    faults: each(MAPPING, ({ Properties }) => Properties.ScalingConfig?.MaximumConcurrency >= 2),
    breakIt: spoil(MAPPING, ({ Properties }) => delete Properties.ScalingConfig),
  },
  {
    promise: 'the API answers from its region, where its certificate and its firewall are',
    faults: each(API, ({ Properties }) => Properties.EndpointConfiguration?.Types?.includes('REGIONAL')),
    breakIt: spoil(API, ({ Properties }) => delete Properties.EndpointConfiguration),
  },
];
