import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { sdkEndpoint } from './sdk-endpoint.ts';

const ours = sdkEndpoint('dynamodb');
const { endpointProvider: theirs } = new DynamoDBClient({ region: 'eu-west-3' }).config;

const REGIONS = ['eu-west-3', 'us-east-1', 'af-south-1', 'ap-southeast-7', 'us-gov-west-1', 'cn-north-1'];
const questions = REGIONS.flatMap((Region) =>
  [true, false].flatMap((UseFIPS) => [true, false].map((UseDualStack) => ({ Region, UseFIPS, UseDualStack }))),
);

test.each(questions)('DynamoDB is where the SDK looks for it: %j', (asked) => {
  const { url } = theirs({ ...asked, AccountIdEndpointMode: 'disabled' } as never);
  expect(ours(asked).url.href).toBe(url.href);
});

test('what is named is where it is', () => {
  expect(ours({ Endpoint: 'http://127.0.0.1:8000', Region: 'eu-west-3' }).url.href).toBe('http://127.0.0.1:8000/');
});

test('a region that is not known is refused, and found where it is named', () => {
  expect(() => ours({ Region: 'us-iso-east-1' })).toThrow('us-iso-east-1 is not known');
  expect(ours({ Region: 'us-iso-east-1', Endpoint: 'https://d.example' }).url.host).toBe('d.example');
});
