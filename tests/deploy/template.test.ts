import { describe, expect, test } from '@jest/globals';
import { dataPolicies } from './data.policy.ts';
import { functionPolicies } from './function.policy.ts';
import { gatewayPolicies } from './gateway.policy.ts';
import { packagedTemplate, STAGES } from './packaged.ts';
import { rolePolicies } from './roles.policy.ts';
import { watchPolicies } from './watch.policy.ts';

const policies = [...rolePolicies, ...functionPolicies, ...dataPolicies, ...gatewayPolicies, ...watchPolicies];

describe.each(STAGES)('the template of %s', (stage) => {
  for (const { promise, prodOnly, faults, breakIt } of policies) {
    if (prodOnly && stage !== 'prod') continue;

    test(promise, () => {
      expect(faults(packagedTemplate(stage))).toEqual([]);
    });

    test(`… which is noticed when it is broken: ${promise}`, () => {
      const template = packagedTemplate(stage);
      breakIt(template);
      expect(faults(template)).not.toEqual([]);
    });
  }
});
