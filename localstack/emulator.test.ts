import { afterEach, expect, test } from '@jest/globals';
import type { Serverless } from '../project/serverless.ts';
import Emulator from './emulator.ts';

afterEach(() => {
  delete process.env.AWS_ENDPOINT_URL;
});

test('for an emulator, streamed routes are called for whole answers, and their functions give them', () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
  const call = (version: string, action: string) => ({
    'Fn::Sub': `arn:aws:apigateway:eu-west-3:lambda:path/${version}/functions/arn:aws:lambda:eu-west-3:0:function:f/${action}`,
  });
  const integration = {
    type: 'aws_proxy',
    uri: call('2021-11-15', 'response-streaming-invocations'),
    responseTransferMode: 'STREAM',
    timeoutInMillis: 300_000,
  };
  const method = { 'x-amazon-apigateway-integration': integration };
  const paths = { '/file': { get: method, 'x-amazon-apigateway-any-method': method } };
  const Body = { paths, 'x-amazon-apigateway-gateway-responses': {} };
  const Resources = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body } },
    Files: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { CAMPUS_CONTEXT: 'x' } } } },
  };
  const service = { provider: { compiledCloudFormationTemplate: { Resources } } };
  const { hooks } = new Emulator({ service } as unknown as Serverless);
  hooks['after:aws:package:finalize:mergeCustomProviderResources']?.();
  expect(paths['/file'].get['x-amazon-apigateway-integration']).toEqual({
    type: 'aws_proxy',
    uri: call('2015-03-31', 'invocations'),
  });
  expect(Resources.Files.Properties.Environment.Variables).toMatchObject({ CAMPUS_ANSWERS: 'whole' });
});
