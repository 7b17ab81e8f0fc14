import { bodyOf } from '../../deploy/template/api-body.ts';
import { ofType, type Template } from '../../project/template.ts';
import { breakableBody } from './api-body.ts';
import { each, type Policy, spoil } from './policy.ts';

const API = 'AWS::ApiGateway::RestApi';
const DEPLOYMENT = 'AWS::ApiGateway::Deployment';

/** What the gateway answers itself, and with which status. */
const OWN_ANSWERS: Readonly<Record<string, string>> = {
  UNAUTHORIZED: '401',
  ACCESS_DENIED: '403',
  MISSING_AUTHENTICATION_TOKEN: '404',
  REQUEST_TOO_LARGE: '413',
  THROTTLED: '429',
  AUTHORIZER_FAILURE: '503',
  AUTHORIZER_CONFIGURATION_ERROR: '503',
  INTEGRATION_TIMEOUT: '503',
  DEFAULT_4XX: '404',
  DEFAULT_5XX: '500',
};

const answersOf = (template: Template) => bodyOf(template)['x-amazon-apigateway-gateway-responses'];

const header = (template: Template, occasion: string, name: string): string =>
  answersOf(template)[occasion]?.responseParameters[`gatewayresponse.header.${name}`] ?? '';

const dependencies = ({ DependsOn }: { readonly DependsOn?: string | readonly string[] }): readonly string[] =>
  [DependsOn ?? []].flat();

/** What the gateway answers without asking a function. */
const answerPolicies: readonly Policy[] = [
  {
    promise: 'what the gateway refuses itself has its own status and is problem+json',
    faults: (template) =>
      Object.entries(OWN_ANSWERS)
        .filter(([occasion, status]) => {
          const answer = answersOf(template)[occasion];
          const body = JSON.parse(answer?.responseTemplates['application/json'] ?? '{}');
          const isProblem = header(template, occasion, 'Content-Type').startsWith("'application/problem+json");
          return answer?.statusCode !== status || !isProblem || String(body.status) !== status || !body.code;
        })
        .map(([occasion]) => occasion),
    breakIt: (template) => delete breakableBody(template)['x-amazon-apigateway-gateway-responses']?.ACCESS_DENIED,
  },
  {
    promise: 'a refusal for want of a token says how to authenticate, and one for haste or weakness when to come back',
    faults: (template) => [
      ...(header(template, 'UNAUTHORIZED', 'WWW-Authenticate') === "'Bearer'" ? [] : ['UNAUTHORIZED']),
      ...['THROTTLED', 'AUTHORIZER_FAILURE'].filter(
        (occasion) => !/^'\d+'$/.test(header(template, occasion, 'Retry-After')),
      ),
    ],
    breakIt: (template) => Object.assign(answersOf(template).UNAUTHORIZED ?? {}, { responseParameters: {} }),
  },
  {
    // As resources beside a body they vanish whenever it changes.
    promise: 'a deployment contains the answers of the gateway, which stand in the body only',
    faults: (template) => ofType(template, 'AWS::ApiGateway::GatewayResponse').map(([id]) => id),
    breakIt: (template) => {
      template.Resources.Refusal = { Type: 'AWS::ApiGateway::GatewayResponse', Properties: {} };
    },
  },
];

/** How the API gets to API Gateway, and what it bears there. */
const apiPolicies: readonly Policy[] = [
  {
    promise: 'the API is the body and nothing that was there before, and no part of it is overlooked',
    faults: each(API, ({ Properties }) => Properties.Mode === 'overwrite' && Properties.FailOnWarnings === true),
    breakIt: spoil(API, ({ Properties }) => delete Properties.Mode),
  },
  {
    promise: 'a route is no resource of its own',
    faults: (template) =>
      ['Resource', 'Method', 'Authorizer'].flatMap((kind) =>
        ofType(template, `AWS::ApiGateway::${kind}`).map(([id]) => id),
      ),
    breakIt: (template) => {
      template.Resources.Extra = { Type: 'AWS::ApiGateway::Method', Properties: {} };
    },
  },
  {
    promise: 'a deployment is made when all that the API calls is there and may be called',
    faults: (template) => {
      const needed = ['AWS::Lambda::Permission', 'AWS::Lambda::Alias'].flatMap((type) => ofType(template, type));
      return each(DEPLOYMENT, (deployment) => needed.every(([id]) => dependencies(deployment).includes(id)))(template);
    },
    breakIt: spoil(DEPLOYMENT, (deployment) => {
      deployment.DependsOn = dependencies(deployment).slice(1);
    }),
  },
  {
    promise: 'the API is throttled and traced',
    faults: each(DEPLOYMENT, ({ Properties: { StageDescription: stage } }) => {
      const [all] = stage?.MethodSettings ?? [];
      const isLimited = Number.isInteger(all?.ThrottlingRateLimit) && Number.isInteger(all?.ThrottlingBurstLimit);
      return stage?.TracingEnabled && isLimited && all.HttpMethod === '*' && all.ResourcePath === '/*';
    }),
    breakIt: spoil(DEPLOYMENT, ({ Properties }) => delete Properties.StageDescription),
  },
  {
    promise: 'every call leaves a line, in which there is neither whom it was about nor what was looked for',
    faults: each(DEPLOYMENT, ({ Properties: { StageDescription: stage } }) => {
      const { DestinationArn, Format = '{}' } = stage?.AccessLogSetting ?? {};
      const told = Object.values(JSON.parse(Format) as Record<string, string>);
      const enough = ['requestId', 'resourcePath', 'status', 'error.responseType'].every((name) =>
        told.includes(`$context.${name}`),
      );
      return DestinationArn && enough && !told.some((name) => /\.path$|querystring|principal|claims/i.test(name));
    }),
    breakIt: spoil(DEPLOYMENT, ({ Properties }) => {
      Properties.StageDescription.AccessLogSetting.Format = JSON.stringify({ what: '$context.path' });
    }),
  },
  {
    promise: 'uploads arrive as they were sent',
    faults: (template) => {
      const binary = bodyOf(template)['x-amazon-apigateway-binary-media-types'] ?? [];
      return ['multipart/form-data', 'application/octet-stream'].filter((type) => !binary.includes(type));
    },
    breakIt: (template) => delete breakableBody(template)['x-amazon-apigateway-binary-media-types'],
  },
];

/** The API's edge. */
export const gatewayPolicies: readonly Policy[] = [...answerPolicies, ...apiPolicies];
