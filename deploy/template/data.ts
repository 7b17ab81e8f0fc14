import { ofType, type Template } from '../../project/template.ts';
import type { Settings } from './settings.ts';

/** Encrypts every queue, and where data is to be kept protects every table from loss and keeps the logs. */
export function protectData(template: Template, { keepData }: Settings): void {
  for (const [, queue] of ofType(template, 'AWS::SQS::Queue')) queue.Properties.SqsManagedSseEnabled = true;
  // DynamoDB encrypts without being asked; asked, it does so under a key whose every use CloudTrail shows.
  for (const [, table] of ofType(template, 'AWS::DynamoDB::Table')) {
    table.DeletionPolicy = keepData ? 'Retain' : 'Delete';
    table.UpdateReplacePolicy = table.DeletionPolicy;
    table.Properties.DeletionProtectionEnabled = keepData;
    table.Properties.PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: keepData };
    if (keepData) table.Properties.SSESpecification = { SSEEnabled: true, SSEType: 'KMS' };
  }
  // What happened before a removal is asked for after it; of a first deployment that failed there is nothing to keep.
  for (const [, group] of keepData ? ofType(template, 'AWS::Logs::LogGroup') : []) {
    group.DeletionPolicy = 'RetainExceptOnCreate';
    group.UpdateReplacePolicy = 'Retain';
  }
}
