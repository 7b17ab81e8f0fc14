import { expect, test } from '@jest/globals';
import { gatewayAnswers } from '../../deploy/template/gateway-answers.ts';

const headersWith = (...corsOrigins: string[]) => {
  return Object.values(gatewayAnswers({ stage: 'dev', domain: '', corsOrigins })).map(
    ({ responseParameters: sent }) => ({
      origin: sent['gatewayresponse.header.Access-Control-Allow-Origin'],
      exposed: sent['gatewayresponse.header.Access-Control-Expose-Headers'],
      vary: sent['gatewayresponse.header.Vary'],
    }),
  );
};

test('the one origin that may call reads what the gateway itself refuses, and what it says to do next', () => {
  for (const { origin, exposed, vary } of headersWith('https://school.example')) {
    expect([origin, vary]).toEqual(["'https://school.example'", "'Origin'"]);
    expect(exposed).toMatch(/^'.*\bRetry-After\b.*\bWWW-Authenticate\b.*'$/);
  }
});

test('where several may, or none, a constant lets nobody in', () => {
  for (const { origin, vary } of headersWith('https://school.example', 'https://parents.example'))
    expect([origin, vary]).toEqual([undefined, "'Origin'"]);
  for (const { origin, vary } of headersWith()) expect([origin, vary]).toEqual([undefined, undefined]);
});

test('what the gateway refuses leads to what explains it, under its own address and under a domain', () => {
  const typesWith = (domain: string) =>
    Object.values(gatewayAnswers({ stage: 'dev', domain, corsOrigins: [] })).map(({ responseTemplates }) => {
      const { type, code } = JSON.parse(responseTemplates['application/json'] ?? '');
      return type.replace(code, '');
    });
  expect(new Set(typesWith(''))).toEqual(new Set(['/dev/problems/']));
  expect(new Set(typesWith('api.school.example'))).toEqual(new Set(['https://api.school.example/problems/']));
});
