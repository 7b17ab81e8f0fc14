import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { basePath, publicPath } from './links.ts';

const reached = (path: string, full: string, resource: string) =>
  ({ path, resource, requestContext: { path: full } }) as APIGatewayProxyEvent;

test.each([
  ['at the root', '/students/5', '/students/5', ''],
  ['under a stage', '/students/5', '/dev/students/5', '/dev'],
  ['under the base path of a custom domain, which stands in both paths', '/v1/students/5', '/v1/students/5', '/v1'],
  ['under a stage, with one path decoded', '/students/é', '/dev/students/%C3%A9', '/dev'],
])('links start with what stands before the resource: %s', (_, path, full, base) => {
  expect(basePath(reached(path, full, '/students/{id}'))).toBe(base);
});

test('a slash at the end of the path is no part of a link', () => {
  expect(basePath(reached('/students/5/', '/dev/students/5/', '/students/{id}'))).toBe('/dev');
  expect(basePath(reached('/', '/dev/', '/'))).toBe('/dev');
  expect(basePath(reached('/', '/', '/'))).toBe('');
});

test.each([
  ['/orders/élodie/purchases', '/orders/%C3%A9lodie/purchases'],
  ['/orders/%C3%A9lodie/purchases', '/orders/%C3%A9lodie/purchases'],
  ['/orders/a>b/purchases', '/orders/a%3Eb/purchases'],
])('the path of a link is fit for a header: %s', (path, fit) => {
  expect(publicPath(reached(path, path, '/orders/{id}/purchases'))).toBe(fit);
});

test.each([
  ['/dev', '/portal/marks', 'marks'],
  ['', '/portal/classes/4e B', 'classes/4e B'],
  ['/dev', '/portal/classes/4e B/assessments/7', 'classes/4e B/assessments/7'],
])('what a greedy resource takes is no part of what stands before it: %s%s', (stage, path, proxy) => {
  const event = reached(path, stage + encodeURI(path), '/portal/{proxy+}');
  expect(basePath({ ...event, pathParameters: { proxy } })).toBe(stage);
});

test.each([
  ['read by the gateway', 'classes/4e/B/council'],
  ['left as it was written', 'classes/4e%2FB/council'],
])('a slash within a name of a path divides nothing: %s', (_, proxy) => {
  const event = reached('/portal/classes/4e/B/council', '/dev/portal/classes/4e%2FB/council', '/portal/{proxy+}');
  expect(basePath({ ...event, pathParameters: { proxy } })).toBe('/dev');
});
