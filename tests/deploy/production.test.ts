import { describe, expect, test } from '@jest/globals';
import { ofType, referred } from '../../project/template.ts';
import { packagedTemplate, serverless } from './packaged.ts';

const prod = ['--stage', 'prod'];

describe('a stage that keeps data', () => {
  test('is not packaged where nobody would hear of its alarms, or nobody thought of its origins', () => {
    const { status, output } = serverless(['package', ...prod, '--package', '.build/packages/refused']);
    expect(status).toBe(1);
    expect(output).toContain('ALARM_EMAIL');
    expect(output).toContain('CORS_ORIGINS');
  });

  test.each(['', 'prod\n', 'campus-dev\n'])('is not removed by whoever types %j', (typed) => {
    const { status, output } = serverless(['remove', ...prod], { typed });
    expect(status).toBe(1);
    expect(output).toContain('Nothing was removed');
  });

  test('is removed by whoever types its name in full: the cloud is asked', () => {
    const { output } = serverless(['remove', ...prod], {
      typed: 'campus-prod\n',
      env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' },
    });
    expect(output).not.toContain('Nothing was removed');
    expect(output).toContain('127.0.0.1:9');
  });
});

test('a firewall stands before the stage where a rate is given, and costs nothing where none is', () => {
  const walled = packagedTemplate('prod-chosen');
  const [[id = '', acl] = []] = ofType(walled, 'AWS::WAFv2::WebACL');
  expect(acl?.Properties.Rules[0].Statement.RateBasedStatement.Limit).toBe(2000);
  const [[, association] = []] = ofType(walled, 'AWS::WAFv2::WebACLAssociation');
  expect(referred(association?.Properties.WebACLArn)).toBe(id);
  expect(walled.Resources[String(association?.DependsOn)]?.Type).toBe('AWS::ApiGateway::Deployment');
  expect(ofType(packagedTemplate('prod'), 'AWS::WAFv2::WebACL')).toEqual([]);
});
