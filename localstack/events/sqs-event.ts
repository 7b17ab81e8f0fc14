import type { Message } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSMessageAttributes, SQSRecord, SQSRecordAttributes } from 'aws-lambda';

/** The event that Lambda hands to a function for these messages. */
export function toSqsEvent(messages: readonly Message[], queueArn: string): SQSEvent {
  return { Records: messages.map((message) => toRecord(message, queueArn)) };
}

function toRecord(message: Message, queueArn: string): SQSRecord {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: { ...message.Attributes } as unknown as SQSRecordAttributes,
    messageAttributes: toAttributes(message),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

function toAttributes(message: Message): SQSMessageAttributes {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    {
      ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
      ...(value.BinaryValue ? { binaryValue: Buffer.from(value.BinaryValue).toString('base64') } : {}),
      stringListValues: [],
      binaryListValues: [],
      dataType: value.DataType ?? 'String',
    },
  ]);
  return Object.fromEntries(attributes) as SQSMessageAttributes;
}

/** The ids of the messages that a function did not handle, as Lambda reads its answer. */
export function failedMessages(event: SQSEvent, answer: unknown): ReadonlySet<string> {
  const ids = event.Records.map((record) => record.messageId);
  const failures = (answer as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures ?? [];
  const failed = Array.isArray(failures) ? failures.map(identifierOf) : [''];
  // Lambda takes an answer that names a message it does not know for a failure of the whole batch.
  return new Set(failed.every((id) => ids.includes(id)) ? failed : ids);
}

function identifierOf(failure: unknown): string {
  return String((failure as { itemIdentifier?: unknown } | null)?.itemIdentifier ?? '');
}
