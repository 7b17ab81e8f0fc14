import { describe, expect, test } from '@jest/globals';
import { dataPolicies } from './data.policy.ts';
import { functionPolicies } from './function.policy.ts';
import { gatewayPolicies } from './gateway.policy.ts';
import { limitPolicies } from './limits.policy.ts';
import { PACKAGES, packagedTemplate } from './packaged.ts';
import { rolePolicies } from './roles.policy.ts';
import { routePolicies } from './route.policy.ts';
import { stackPolicies } from './stack.policy.ts';
import { watchPolicies } from './watch.policy.ts';

const policies = [
  ...rolePolicies,
  ...functionPolicies,
  ...dataPolicies,
  ...gatewayPolicies,
  ...limitPolicies,
  ...routePolicies,
  ...watchPolicies,
  ...stackPolicies,
];

describe.each(PACKAGES)('the template of $name', ({ name, stage }) => {
  for (const { promise, prodOnly, faults, breakIt } of policies) {
    if (prodOnly && stage !== 'prod') continue;

    test(promise, () => {
      expect(faults(packagedTemplate(name))).toEqual([]);
    });

    test(`… which is noticed when it is broken: ${promise}`, () => {
      const template = packagedTemplate(name);
      breakIt(template);
      expect(faults(template)).not.toEqual([]);
    });
  }
});
