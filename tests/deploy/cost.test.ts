import { expect, test } from '@jest/globals';
import { bill, idle, total } from '../../deploy/cost/bill.ts';
import { textOf } from '../../project/root.ts';
import { ofType } from '../../project/template.ts';
import { bills, costSection } from '../../tools/docs/cost.ts';
import { MADE_OF_PACKAGES } from '../../tools/docs/markdown.ts';
import { stackSection } from '../../tools/docs/stack.ts';
import { packagedTemplate } from './packaged.ts';

const templates = () => ({ dev: packagedTemplate('dev'), prod: packagedTemplate('prod') });

test.each([
  ['docs/cost.md', () => costSection(templates())],
  ['docs/scale.md', () => stackSection(packagedTemplate)],
])('the tables of %s are what the templates say: npm run docs:packaged', (page, section) => {
  const [, made] = textOf(page).split(MADE_OF_PACKAGES);
  expect(MADE_OF_PACKAGES + made).toBe(section());
});

test('an idle dev costs less than a dollar a month, and the prod of a small school less than five', () => {
  const { dev, school } = bills(templates());
  expect(total(dev, 'alone')).toBeLessThan(1);
  expect(total(school, 'alone')).toBeLessThan(5);
});

test('whatever is added to a template is on the bill', () => {
  const { prod } = templates();
  const before = total(bill(idle(prod)), 'list');
  const alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: {} };
  const sum = {
    Type: alarm.Type,
    Properties: { Metrics: [{ MetricStat: {} }, { MetricStat: {} }, { Expression: 'a+b' }] },
  };
  Object.assign(prod.Resources, { One: alarm, Two: sum });
  expect(total(bill(idle(prod)), 'list')).toBeCloseTo(before + 0.3);
  const [[, rule] = []] = ofType(prod, 'AWS::Events::Rule');
  Object.assign(rule?.Properties, { ScheduleExpression: 'rate(1 second)' });
  expect(() => idle(prod)).toThrow('How often is rate(1 second)?');
});

test('what an account has for nothing is taken off once, and nothing is paid back', () => {
  const what = 'X-Ray: traces';
  expect(bill({ traces: 1_100_000 })).toEqual([{ what, units: 1_100_000, list: 5.5, alone: 5 }]);
  expect(bill({ traces: 50_000, calls: 0 })).toEqual([{ what, units: 50_000, list: 0.25, alone: 0 }]);
});

test('a firewall costs what docs/deploy.md says before the first call', () => {
  const walled = bill(idle(packagedTemplate('prod-chosen')));
  expect(total(walled, 'alone') - total(bill(idle(packagedTemplate('prod'))), 'alone')).toBeCloseTo(6);
});
