import type { Serverless, Service } from '../../project/serverless.ts';
import type { Resource } from '../../project/template.ts';
import { settingsOf } from '../template/settings.ts';

/**
 * Lets browsers ask before they call: an OPTIONS method for each path, answered by one small function. Only where the
 * stage lists origins at all: it is the second largest part of the template.
 */
export default class Preflight {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor({ service }: Serverless) {
    const add = () => addPreflight(service);
    this.hooks = { 'before:package:initialize': add, 'before:offline:start:init': add };
  }
}

function addPreflight(service: Service): void {
  const { stage, corsOrigins } = settingsOf(service.custom);
  if (corsOrigins.length === 0 || service.functions.preflight) return;
  service.functions.preflight = {
    name: `${service.service}-${stage}-preflight`,
    description: 'Tells browsers whether a script may call',
    handler: 'platform/http/preflight.handler',
    role: 'PreflightRole',
    timeout: 5,
    environment: { CAMPUS_CONTEXT: 'gateway' },
    events: pathsOf(service).map((path) => ({ http: { method: 'OPTIONS', path } })),
  };
  service.resources.Resources.PreflightRole = role(service.custom.lambdaMayAssume);
}

const pathsOf = ({ functions }: Service): string[] => [
  ...new Set(Object.values(functions).flatMap(({ events = [] }) => events.flatMap(({ http }) => http?.path ?? []))),
];

/** It may log and trace, as every function, and nothing else. */
const role = (AssumeRolePolicyDocument: unknown): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument, Policies: [] },
});
