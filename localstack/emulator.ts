import { apiPath } from '../project/emulator.ts';
import type { Plugin, Serverless } from '../project/serverless.ts';
import { ofType, placeholder, type Resource, type Template } from '../project/template.ts';

/**
 * What a deployment to an emulator (LocalStack, MiniStack) needs otherwise than one to AWS. Without AWS_ENDPOINT_URL it
 * does nothing.
 */
export default class Emulator {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless) {
    const endpoint = process.env.CAMPUS_LAMBDA_ENDPOINT_URL || process.env.AWS_ENDPOINT_URL;
    const adapt = () => {
      const template = serverless.service.provider.compiledCloudFormationTemplate;
      callTheEmulatorsApi(template, endpoint ?? '');
      spellOutGatewayAnswers(template);
      spellOutOtherMethods(template);
      answerWhole(template);
      leaveOutWhatItLacks(template);
    };
    this.hooks = endpoint
      ? {
          'after:aws:package:finalize:mergeCustomProviderResources': adapt,
          'before:remove:remove': () => askForNoImages(serverless.pluginManager.plugins),
        }
      : {};
  }
}

/** Before it removes a stack, osls asks for a registry of images, which LocalStack's free edition does not have. Nor has Campus. */
function askForNoImages(plugins: readonly Plugin[]): void {
  for (const plugin of plugins)
    if (plugin.checkIfEcrRepositoryExists) plugin.checkIfEcrRepositoryExists = async () => false;
}

/** On AWS the API has a host name of its own; an emulator serves it under a path of its one endpoint. */
function callTheEmulatorsApi(template: Template, endpoint: string): void {
  const stage = String(ofType(template, 'AWS::ApiGateway::Deployment')[0]?.[1].Properties.StageName);
  const url = { 'Fn::Sub': endpoint.replace(/\/$/, '') + apiPath(placeholder('ApiGatewayRestApi'), stage) };
  for (const [, { Properties }] of ofType(template, 'AWS::Lambda::Function')) {
    const variables = Properties.Environment?.Variables;
    if (variables?.API_URL) variables.API_URL = url;
  }
}

/** Emulators overlook the gateway's answers in the body of an API. AWS, on the other hand, would lose these resources. */
function spellOutGatewayAnswers(template: Template): void {
  for (const [apiId, { Properties }] of ofType(template, 'AWS::ApiGateway::RestApi')) {
    const answers = Properties.Body['x-amazon-apigateway-gateway-responses'] as Record<string, Answer>;
    const resources = Object.entries(answers).map(
      ([occasion, answer]) =>
        [`GatewayResponse${occasion.replaceAll('_', '')}`, resource(apiId, occasion, answer)] as const,
    );
    Object.assign(template.Resources, Object.fromEntries(resources));
    for (const [, deployment] of ofType(template, 'AWS::ApiGateway::Deployment')) {
      deployment.DependsOn = [...[deployment.DependsOn ?? []].flat(), ...resources.map(([id]) => id)];
    }
  }
}

const ANY_METHOD = 'x-amazon-apigateway-any-method';
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'];

/** What takes the methods that a path does not have, they overlook in the body of an API: each is written out for them. */
function spellOutOtherMethods(template: Template): void {
  for (const [, { Properties }] of ofType(template, 'AWS::ApiGateway::RestApi')) {
    const paths = Object.values(Properties.Body.paths as Record<string, Record<string, unknown>>);
    for (const path of paths) {
      const { [ANY_METHOD]: any } = path;
      delete path[ANY_METHOD];
      for (const method of METHODS) path[method] ??= any;
    }
  }
}

/**
 * Neither emulator's gateway hands an answer on while it is made: streamed routes are called like all others, and the
 * functions behind them answer whole.
 */
function answerWhole(template: Template): void {
  for (const [, { Properties }] of ofType(template, 'AWS::ApiGateway::RestApi'))
    for (const integration of integrationsIn(Properties.Body as { readonly paths: Paths })) {
      delete integration.responseTransferMode;
      delete integration.timeoutInMillis;
      const { 'Fn::Sub': uri } = integration.uri;
      integration.uri = {
        'Fn::Sub': uri.replace(':path/2021-11-15/', ':path/2015-03-31/').replace('/response-streaming-', '/'),
      };
    }
  for (const [, { Properties }] of ofType(template, 'AWS::Lambda::Function'))
    if (Properties.Environment?.Variables) Properties.Environment.Variables.CAMPUS_ANSWERS = 'whole';
}

/** How the body of an API says that a method calls a function. */
interface Integration {
  uri: { readonly 'Fn::Sub': string };
  responseTransferMode?: string;
  timeoutInMillis?: number;
}

type Paths = Readonly<Record<string, Readonly<Record<string, { 'x-amazon-apigateway-integration': Integration }>>>>;

const integrationsIn = ({ paths }: { readonly paths: Paths }): Integration[] =>
  Object.values(paths)
    .flatMap((path) => Object.values(path))
    .map((operation) => operation['x-amazon-apigateway-integration']);

/** The types of resources that CAMPUS_EMULATOR_LACKS names, separated by commas, if nothing else refers to them. */
function leaveOutWhatItLacks({ Resources }: Template): void {
  const lacking = (process.env.CAMPUS_EMULATOR_LACKS ?? '').split(',');
  for (const [id, { Type }] of Object.entries(Resources)) if (lacking.includes(Type)) delete Resources[id];
}

interface Answer {
  readonly statusCode: string;
  readonly responseParameters: object;
  readonly responseTemplates: object;
}

const resource = (apiId: string, ResponseType: string, answer: Answer): Resource => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: {
    RestApiId: { Ref: apiId },
    ResponseType,
    StatusCode: answer.statusCode,
    ResponseParameters: answer.responseParameters,
    ResponseTemplates: answer.responseTemplates,
  },
});
