import type { Serverless } from '../deploy/serverless.ts';
import { placeholder } from '../deploy/template/resources.ts';
import { settingsOf } from '../deploy/template/settings.ts';

/**
 * What a deployment to an emulator (LocalStack, MiniStack) needs otherwise than one to AWS. Without AWS_ENDPOINT_URL it
 * does nothing.
 */
export default class Emulator {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless) {
    const endpoint = process.env.CAMPUS_LAMBDA_ENDPOINT_URL || process.env.AWS_ENDPOINT_URL;
    this.hooks = endpoint ? { 'before:package:finalize': () => callTheEmulatorsApi(serverless, endpoint) } : {};
  }
}

/** The path under which both emulators serve a deployed REST API. */
export const apiPath = (apiId: string, stage: string): string => `/restapis/${apiId}/${stage}/_user_request_`;

/** On AWS the API has a host name of its own; an emulator serves it under a path of its one endpoint. */
function callTheEmulatorsApi({ service }: Serverless, endpoint: string): void {
  const { stage } = settingsOf(service.custom);
  const url = { 'Fn::Sub': endpoint.replace(/\/$/, '') + apiPath(placeholder('ApiGatewayRestApi'), stage) };
  for (const { Type, Properties } of Object.values(service.provider.compiledCloudFormationTemplate.Resources)) {
    const variables = Type === 'AWS::Lambda::Function' && Properties.Environment?.Variables;
    if (variables?.API_URL) variables.API_URL = url;
  }
}
