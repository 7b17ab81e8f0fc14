import { expect, test } from '@jest/globals';
import { faultsOfRoles } from '../../deploy/rehearsal/roles.ts';
import type { Template } from '../../project/template.ts';

const lambda = {
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName: 'campus-x-marks', Role: { 'Fn::GetAtt': ['MarksRole', 'Arn'] } },
};

const template = (...Statement: object[]): Template => ({
  Resources: {
    Marks: lambda,
    MarksTable: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'campus-x-marks' } },
    MarksRole: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement } }] } },
  },
});

const ofTable = { 'Fn::GetAtt': ['MarksTable', 'Arn'] };
const ofIndex = { 'Fn::Sub': `\${MarksTable.Arn}/index/by-class` };
const called = (action: string, resource = 'campus-x-marks') => ({ function: 'campus-x-marks', action, resource });

test('a role that allows what is called has no fault', () => {
  const roles = template({ Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: [ofTable, ofIndex] });
  expect(
    faultsOfRoles(roles, [called('dynamodb:GetItem'), called('dynamodb:Query', 'campus-x-marks/by-class')]),
  ).toEqual([]);
});

test('of a bucket only what keys begin with counts, whatever name the bucket was given', () => {
  const roles = template({ Action: 's3:GetObject', Resource: { 'Fn::Sub': `\${MarksFiles.Arn}/imports/*` } });
  roles.Resources.MarksFiles = { Type: 'AWS::S3::Bucket', Properties: {} };
  expect(faultsOfRoles(roles, [called('s3:GetObject', 'campus-x-marksfiles-1a2b/imports/*')])).toEqual([]);
  expect(faultsOfRoles(roles, [called('s3:GetObject', 'campus-x-marksfiles-1a2b/cards/*')])).toEqual([
    'MarksRole lacks s3:GetObject on campus-x-marksfiles-1a2b/cards/*',
    'MarksRole never uses s3:GetObject on bucket:marksfiles/imports/*',
    'MarksRole never uses its rights on bucket:marksfiles/imports/*',
  ]);
});

test('a call that is not allowed is told', () => {
  const roles = template({ Action: 'dynamodb:GetItem', Resource: ofTable });
  const calls = [called('dynamodb:GetItem'), called('dynamodb:PutItem'), called('dynamodb:GetItem', 'campus-x-other')];
  expect(faultsOfRoles(roles, calls)).toEqual([
    'MarksRole lacks dynamodb:PutItem on campus-x-marks',
    'MarksRole lacks dynamodb:GetItem on campus-x-other',
  ]);
});

test('a right that nobody uses is told, and so is a resource', () => {
  const roles = template({ Action: ['dynamodb:GetItem', 'dynamodb:Scan'], Resource: [ofTable, ofIndex] });
  expect(faultsOfRoles(roles, [called('dynamodb:GetItem')])).toEqual([
    'MarksRole never uses dynamodb:Scan on campus-x-marks, campus-x-marks/by-class',
    'MarksRole never uses its rights on campus-x-marks/by-class',
  ]);
});
