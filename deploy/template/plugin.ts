import type { Serverless } from '../../project/serverless.ts';
import { addAccessLog } from './access-log.ts';
import { addAlarms } from './alarms.ts';
import { foldApi } from './api.ts';
import { addDashboard } from './dashboard.ts';
import { protectData } from './data.ts';
import { addDomain } from './domain.ts';
import { addLimits } from './limits.ts';
import { addReleases, nameAliases } from './releases.ts';
import { boundRoles, completeRoles } from './roles.ts';
import { traceCallsOnly } from './schedules.ts';
import { settingsOf } from './settings.ts';

/** Completes the template with what follows from what the contexts declare, so that no context has to repeat it. */
export default class CompleteTemplate {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless) {
    this.hooks = {
      'before:package:compileFunctions': () => nameAliases(serverless.service.functions, settings(serverless)),
      'after:aws:package:finalize:mergeCustomProviderResources': () => complete(serverless),
    };
  }
}

const settings = ({ service }: Serverless) => settingsOf(service.custom);

function complete(serverless: Serverless): void {
  const { service } = serverless;
  const template = service.provider.compiledCloudFormationTemplate;
  const chosen = settings(serverless);
  completeRoles(template);
  addAccessLog(template, chosen);
  protectData(template, chosen);
  traceCallsOnly(template);
  addLimits(template, service, chosen);
  addAlarms(template, chosen);
  addDashboard(template, chosen, String(service.custom.prefix));
  addReleases(template, service.functions, chosen);
  boundRoles(template, chosen);
  foldApi(template, service, chosen);
  addDomain(template, service, chosen);
}
