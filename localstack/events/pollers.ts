import { SQSClient } from '@aws-sdk/client-sqs';
import type { Serverless, ServiceFunction, SqsEventSource } from '../../project/serverless.ts';
import { resolveIntrinsics } from '../resources/intrinsics.ts';
import { accountId, type LocalTemplate } from '../resources/names.ts';
import { loadHandler, newContext } from './handler.ts';
import { type Poller, startPoller } from './poller.ts';

/** Starts a poller for every `sqs` event of the service. */
export function startPollers(serverless: Serverless, template: LocalTemplate): Poller[] {
  // A connection for each queue stays open in its long poll; deletions must not wait behind them.
  const sqs = new SQSClient({ requestHandler: { httpsAgent: { maxSockets: 500 }, httpAgent: { maxSockets: 500 } } });
  return Object.values(serverless.service.functions).flatMap((definition) =>
    (definition.events ?? [])
      .flatMap(({ sqs: source }) => (source && source.enabled !== false ? [source] : []))
      .map((source) => startPoller(sqs, toSubscription(serverless, template, definition, source))),
  );
}

function toSubscription(
  serverless: Serverless,
  template: LocalTemplate,
  definition: ServiceFunction,
  source: SqsEventSource,
) {
  const queueArn = String(resolveIntrinsics(template, source.arn));
  const timeout = definition.timeout ?? serverless.service.provider.timeout ?? 6;
  return {
    functionName: definition.name,
    queueUrl: `${template.sqsEndpoint}/${accountId}/${queueArn.split(':').at(-1)}`,
    queueArn,
    batchSize: source.batchSize ?? 10,
    reportsItemFailures: source.functionResponseType === 'ReportBatchItemFailures',
    async invoke(event: unknown) {
      // All functions share one process here; serverless-offline does the same before each call.
      Object.assign(process.env, definition.environment);
      const handler = await loadHandler(serverless.serviceDir, definition.handler);
      return handler(event, newContext(definition.name, timeout));
    },
  };
}
