import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { endpoint } from './endpoint.ts';
import { type Match, type Routed, site } from './site.ts';

const pages: readonly Routed[] = [
  { path: '/portal/orders/{id}', methods: ['GET'] },
  { path: '/portal/orders/new', methods: ['GET'] },
  { path: '/portal/classes/{class}/council', methods: ['GET'] },
];

const handler = site({
  pages,
  // Tells what was found, as a page would be shown.
  serve: async (_, { page, variables, path }: Match<Routed>) => ({
    statusCode: page ? 200 : 404,
    body: JSON.stringify([page?.path, variables, path]),
  }),
  api: endpoint(),
  isForPrograms: () => false,
});

const ask = async (proxy: string, { stage = '', httpMethod = 'GET' } = {}) => {
  const { statusCode, headers, body } = await handler({
    ...{ httpMethod, resource: '/portal/{proxy+}', path: `/portal/${proxy}`, headers: {} },
    pathParameters: { proxy: proxy.replaceAll(/%(?![\da-f]{2})/gi, '\ufffd') },
    requestContext: { path: `${stage}/portal/${proxy}` },
  } as unknown as APIGatewayProxyEvent);
  return { statusCode, headers, found: body === '' ? undefined : JSON.parse(body) };
};

test.each([
  ['orders/new', '/portal/orders/new', {}],
  ['orders/7', '/portal/orders/{id}', { id: '7' }],
  ['classes/4e%20B/council', '/portal/classes/{class}/council', { class: '4e B' }],
  ['classes/%C3%A9t%C3%A9/council', '/portal/classes/{class}/council', { class: 'été' }],
])(
  'one greedy route leads to %s by the page’s own path, a literal part before a variable',
  async (proxy, path, variables) => {
    for (const stage of ['', '/dev'])
      expect((await ask(proxy, { stage })).found.slice(0, 2)).toEqual([path, variables]);
  },
);

test.each(['orders', 'orders/7/more', 'nothing', 'orders/%'])('there is no page at %s', async (proxy) => {
  expect((await ask(proxy)).statusCode).toBe(404);
});

test('a page has the headers that every answer has, and to HEAD no body', async () => {
  expect((await ask('orders/7')).headers).toMatchObject({
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'X-Request-Id': expect.any(String),
  });
  const { statusCode, found } = await ask('orders/7', { httpMethod: 'HEAD' });
  expect([statusCode, found]).toEqual([200, undefined]);
});
