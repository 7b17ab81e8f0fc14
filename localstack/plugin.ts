import { required } from '../platform/base/env.ts';
import { messageOf } from '../project/failure.ts';

import type { Serverless } from '../project/serverless.ts';
import { admitInTurn } from './admission.ts';
import { endLines, keepToAllowedOrigins, keepToOneAddress, wordGatewayAnswers } from './answers.ts';
import { followSupervisor, tellSupervisor } from './app.ts';
import { tellingFailures } from './authorizers.ts';
import { keepBodies } from './bodies.ts';
import { loadDemo } from './demo.ts';
import { keepHandlers, loadHandler, offlinePart } from './events/handler.ts';
import type { Poller } from './events/poller.ts';
import { startPollers } from './events/pollers.ts';
import { createResources } from './resources/create.ts';
import { resolveEnvironment } from './resources/intrinsics.ts';
import type { LocalTemplate } from './resources/names.ts';
import { openingStreams, sendStreams } from './streams.ts';
import { keepConnections } from './web-server.ts';

/** Gives serverless-offline what it lacks: tables, queues, their names in the environment, and SQS events. */
export default class LocalCloud {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  private readonly serverless: Serverless;
  private pollers: Poller[] = [];

  constructor(serverless: Serverless) {
    this.serverless = serverless;
    this.hooks = {
      'before:offline:start:init': () => this.prepare(),
      'after:offline:start:init': () => this.open(),
      'before:offline:start:end': () => this.close(),
    };
    followSupervisor();
    process.on('unhandledRejection', reportLoudly);
  }

  private async prepare(): Promise<void> {
    try {
      const telling = tellingFailures(this.serverless);
      keepHandlers((handler, name) => openingStreams(telling(handler, name)));
      await closeInvocationPort();
      await wordGatewayAnswers(this.serverless);
      await keepToOneAddress();
      await endLines();
      await keepToAllowedOrigins();
      await sendStreams();
      await keepBodies(this.serverless.service.provider.apiGateway.binaryMediaTypes);
      await admitInTurn();
      await keepConnections();
      const template = templateOf(this.serverless);
      setEnvironment(this.serverless, template);
      await createResources(template);
      await loadDemo();
      await loadHandlers(this.serverless);
    } catch (error) {
      tellSupervisor({ failed: messageOf(error) });
      throw error;
    }
  }

  private async open(): Promise<void> {
    this.pollers = startPollers(this.serverless, templateOf(this.serverless));
    tellSupervisor({ ready: true });
  }

  private async close(): Promise<void> {
    await Promise.all(this.pollers.map((poller) => poller.stop()));
  }
}

function templateOf({ service }: Serverless): LocalTemplate {
  return {
    Resources: service.resources.Resources,
    prefix: service.custom.prefix,
    region: service.provider.region,
    sqsEndpoint: required('AWS_ENDPOINT_URL_SQS'),
  };
}

/** Puts plain strings where the template has intrinsics, and into this process, where all the functions run. */
function setEnvironment({ service }: Serverless, template: LocalTemplate): void {
  for (const holder of [service.provider, ...Object.values(service.functions)]) {
    const resolved = resolveEnvironment(template, holder.environment);
    // The address of the API is the one thing that the template cannot know of a local start.
    if ('API_URL' in resolved) resolved.API_URL = required('API_URL');
    holder.environment = resolved;
    Object.assign(process.env, resolved);
  }
}

/** serverless-offline opens a second port that calls any function past the authorizer. It stays shut. */
async function closeInvocationPort(): Promise<void> {
  const { default: InvocationServer } = (await import(offlinePart('./HttpServer.js'))) as {
    default: { prototype: { start(): Promise<void> } };
  };
  InvocationServer.prototype.start = async () => {};
}

/** The first call of each route is then as quick as the others, and a module that does not load ends the start. */
async function loadHandlers({ service, serviceDir }: Serverless): Promise<void> {
  for (const { handler, environment } of Object.values(service.functions)) {
    Object.assign(process.env, environment);
    await loadHandler(serviceDir, handler);
  }
}

/** One rejection that nobody awaited would end the emulator, where it only spoils one invocation on Lambda. */
function reportLoudly(reason: unknown): void {
  const stack = reason instanceof Error ? reason.stack : undefined;
  const line = { level: 'CRITICAL', message: `unhandled rejection: ${messageOf(reason)}`, stack };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
