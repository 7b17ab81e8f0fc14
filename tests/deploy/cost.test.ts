import { expect, test } from '@jest/globals';
import { bill, idle, total } from '../../deploy/cost/bill.ts';
import { textOf } from '../../project/root.ts';
import { ofType } from '../../project/template.ts';
import { bills, COST_BEGIN, costSection } from '../../tools/docs/cost.ts';
import { packagedTemplate } from './packaged.ts';

const templates = () => ({ dev: packagedTemplate('dev'), prod: packagedTemplate('prod') });

test('the tables of cost are what the templates say: npm run docs:cost', () => {
  const [, made] = textOf('docs/cost.md').split(COST_BEGIN);
  expect(COST_BEGIN + made).toBe(costSection(templates()));
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
