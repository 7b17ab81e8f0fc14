import { describe, expect, test } from '@jest/globals';
import { addDomain } from '../../deploy/template/domain.ts';
import type { Settings } from '../../deploy/template/settings.ts';
import type { Service } from '../../project/serverless.ts';
import { ofType, type Template } from '../../project/template.ts';
import { packagedTemplate } from './packaged.ts';

const isOfDomain = ({ Type }: { Type: string }): boolean => /^AWS::ApiGateway::(DomainName|BasePathMapping)/.test(Type);

describe('a domain of one’s own', () => {
  const template = packagedTemplate('prod-chosen');

  test('leads to the stage without naming it, by a certificate of the region', () => {
    const [[id, domain] = []] = ofType(template, 'AWS::ApiGateway::DomainName');
    expect(domain?.Properties).toMatchObject({
      DomainName: 'api.school.example',
      RegionalCertificateArn: 'arn:aws:acm:eu-west-3:123456789012:certificate/0a1b',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'TLS_1_2',
    });
    const [[, mapping] = []] = ofType(template, 'AWS::ApiGateway::BasePathMapping');
    const [[api] = []] = ofType(template, 'AWS::ApiGateway::RestApi');
    // No base path: the paths of the API are those of the domain.
    expect(mapping?.Properties).toEqual({ DomainName: { Ref: id }, RestApiId: { Ref: api }, Stage: 'prod' });
    expect(mapping?.DependsOn).toEqual(
      ofType(template, 'AWS::ApiGateway::Deployment').map(([deployment]) => deployment),
    );
  });

  test('says what its DNS is to point to', () => {
    expect(template.Outputs).toMatchObject({
      DomainTarget: { Value: { 'Fn::GetAtt': ['Domain', 'RegionalDomainName'] } },
      DomainTargetZone: { Value: { 'Fn::GetAtt': ['Domain', 'RegionalHostedZoneId'] } },
    });
  });

  test('is nothing in the template of who has none', () => {
    const without = packagedTemplate('prod');
    expect(Object.values(without.Resources).filter(isOfDomain)).toEqual([]);
    expect(Object.keys(without.Outputs ?? {}).filter((name) => name.startsWith('Domain'))).toEqual([]);
  });
});

const ARN = 'arn:aws:acm:eu-west-3:123456789012:certificate/0a1b';

test.each([
  ['without a certificate', 'api.school.example', '', 'together'],
  ['of which there is but the certificate', '', ARN, 'together'],
  ['with a certificate of another region', 'api.school.example', ARN.replace('eu-west-3', 'us-east-1'), 'eu-west-3'],
  ['that is an address', 'https://api.school.example', ARN, 'no domain'],
  ['with capitals, which API Gateway does not take', 'API.school.example', ARN, 'no domain'],
])('a domain %s ends the packaging', (_, domain, certificateArn, told) => {
  const service = { provider: { region: 'eu-west-3' } } as Service;
  const template: Template = { Resources: {} };
  const settings = { domain, certificateArn, stage: 'prod' } as Settings;
  expect(() => addDomain(template, service, settings)).toThrow(told);
  expect(template).toEqual({ Resources: {} });
});
