import type { IncomingMessage, ServerResponse } from 'node:http';
import { SignJWT } from 'jose';
import { officeServicesSaying } from './office-services.ts';
import { json, refuses } from './peer.ts';

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** An access token as the portal reads it; only the services verify one. */
export const accessToken = (username: string, seconds = 900): Promise<string> =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(username)
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(new Uint8Array(32));

/** An assessment that they know. */
export const ASSESSMENT = '01a158c0-e900-7000-8000-000000000000';

/** What the services answer, by method and path without the query; every text in it is `word`. */
export function servicesSaying(word: string): Readonly<Record<string, unknown>> {
  const at = '2026-11-09T08:30:00.000Z';
  const article = {
    id: 1,
    name: word,
    description: word,
    category: word,
    price: 1500,
    currency: 'XOF',
    stock: 3,
    active: true,
  };
  const order = {
    ...{
      id: '01a217b5-f551-73fb-92cb-2adb7842a20e',
      username: 'victor',
      state: 'pending',
      total: 1500,
      currency: 'XOF',
    },
    items: [{ product_id: 1, name: word, price: 1500, quantity: 1 }],
    ...{ refunded_amount: 0, reserved_until: at, created_at: at },
  };
  const result = { subject: word, title: word, comment: word, out_of: 20, coefficient: 1, counts: 'always' };
  const report = {
    ...{
      student_id: 1,
      name: word,
      class_name: word,
      term: { id: 't1', name: word, state: 'open' },
      scale: 20,
      pass_mark: 10,
    },
    results: [
      { ...result, id: 'r1', score: 12.5, at },
      { ...result, id: 'r2', score: 14, at: '2026-11-12T08:30:00.000Z' },
    ],
    subjects: [{ name: word, figure: 12.5, coefficient: 1, counts: 'always', class: { mean: 11, min: 8, max: 16 } }],
    ...{ general: 12.5, class: { mean: 11 }, rank: 1, ranked: 8, size: 8, change: -0.5 },
  };
  const notice = (student_id: number) => ({ id: `n${student_id}`, at, message: word, student_id, name: word });
  const line = { id: 'l1', amount: 50_000, currency: 'XOF', at, label: word };
  const vitals = {
    weight: 70,
    height: 178,
    heart_rate: 62,
    blood_pressure: { systolic: 118, diastolic: 76 },
    measured_at: at,
  };
  const turn = { open: true, by: word, at, class_names: [word], reason: word };
  const term = {
    ...{ id: 't1', name: word, starts_on: '2026-10-01', parent: 'y1', weight: 1 },
    ...{ open: true, state: 'open', history: [turn] },
  };
  const assessment = {
    ...{ id: ASSESSMENT, class_name: word, term: 't1', subject: word, category: word, title: word },
    ...{ out_of: 20, coefficient: 1, counts: 'bonus', date: '2026-11-09', release_at: '2099-01-01T00:00:00.000Z' },
  };
  const subject = { name: word, coefficient: 2, teachers: ['victor'], parent: word, counts: 'bonus', students: [1] };
  const taught = {
    ...{ subjects: [subject], categories: [{ name: word, weight: 1 }], rank_needs: 50 },
    mentions: [{ label: word, from: 12 }],
  };
  const klass = {
    ...taught,
    class_name: word,
    size: 1,
    scale: 20,
    head_teacher: word,
    members: [{ id: 1, name: word }],
  };
  const names = { first_name: word, last_name: word, email: word, phone: word };
  const account = { username: 'victor', ...names, role: 'student', disabled: false };
  const stats = { count: 1, mean: 12, median: 12, min: 12, max: 12, standard_deviation: 0, pass_rate: 100 };
  const card = {
    ...{ id: 'c1', term: 't1', version: 1, published_at: at, reason: word, differs: true, sha256: '0'.repeat(64) },
    content: {
      ...{ school: { name: word, address: word, motto: word, head_name: word }, student: { id: 1, name: word } },
      ...{ class_name: word, term: { id: 't1', name: word }, year: { id: 'y1', name: word }, scale: 20 },
      subjects: [
        {
          ...{
            name: word,
            figure: 12.5,
            coefficient: 1,
            counts: 'always',
            class: { mean: 11.25, min: 8.5, max: 16.75 },
          },
          ...{ teachers: [word], remark: { text: word, author: word }, parts: [] },
        },
      ],
      ...{ terms: [], general: 12.5, class: { mean: 11.25 }, rank: 3, ranked: 8, size: 8, head_teacher: word },
      show: { rank: true, general: true, class_mean: true, extremes: true },
      council: { remark: word, conduct: word, mention: word, late: 2, decision: 'promoted' },
    },
  };
  return {
    'GET /orders/articles': { articles: [article] },
    'GET /products/1': article,
    'GET /orders/victor/purchases': {
      purchases: [{ order_id: order.id, article, quantity: 1, price: 1500, currency: 'XOF', at }],
    },
    'GET /orders': [order],
    [`GET /orders/${order.id}`]: order,
    'GET /notifications': [notice(1), notice(2)],
    'GET /students/mine': [1, 2].map((id) => ({ id, name: word })),
    'GET /terms': [
      term,
      { ...term, id: 't2', starts_on: '2026-11-01', ends_on: '2099-01-01' },
      { ...term, id: 'y1', parent: undefined },
    ],
    'GET /grades/1': report,
    'GET /students/1/payments': {
      fees: [{ ...line, instalments: [{ amount: 50_000, due_on: '2026-11-05', open: 50_000 }] }],
      waivers: [{ ...line, reason: word }],
      payments: [{ ...line, method: word, reference: word }],
      reversals: [line],
      balance: 50_000,
      overdue: 50_000,
      currency: 'XOF',
    },
    'GET /health/1': { ...vitals, bmi: 22 },
    'GET /health/1/history': [vitals, { ...vitals, measured_at: '2026-10-09T08:30:00.000Z' }],
    'GET /users/victor': account,
    'GET /users': [{ ...account, username: word }],
    'GET /products': [article],
    'GET /auth/sessions': [{ id: word, last_used_at: at, source_ip: word, user_agent: word, current: false }],
    'GET /classes': [klass],
    'GET /classes/4eB': klass,
    'GET /classes/4eB/stats': { ...stats, histogram: [0, 1, 0, 0] },
    'GET /rankings/top10': [{ rank: 1, name: word, average: 12, scale: 20 }],
    'GET /assessments': [assessment],
    [`GET /assessments/${ASSESSMENT}`]: assessment,
    [`GET /assessments/${ASSESSMENT}/results`]: [
      { student_id: 1, name: word, score: 12.5, comment: word, author: word, at, version: 3 },
      { student_id: 2, name: word, version: 0 },
    ],
    'GET /classes/4eB/sheets': [
      { student_id: 1, name: word, remark: word, mention: word, conduct: word, general: 12, version: 2 },
      { student_id: 2, name: word, proposed_mention: word, version: 0 },
    ],
    'GET /classes/4eB/remarks': [{ student_id: 1, name: word, text: word, version: 1 }],
    'POST /classes/4eB/report-cards': {
      cards: [
        { student_id: 1, name: word, result: 'replaces', version: 2, lacks: [{ what: 'remark', subject: word }] },
      ],
    },
    'GET /grades/1/report-cards': [card],
    'GET /grades': [{ student_id: 1, average: 12, scale: 20 }],
    ...officeServicesSaying(word),
  };
}

/** Answers what the table says; what it does not have, as the services do what they do not have. */
export const answering =
  (table: Readonly<Record<string, unknown>>): Behaviour =>
  (request, response) => {
    const route = `${request.method} ${request.url?.split('?')[0]}`;
    const known = Object.hasOwn(table, route) ? table[route] : undefined;
    if (typeof known === 'function') (known as Behaviour)(request, response);
    else (known === undefined ? refuses(404, 'missing') : json(200, known))(request, response);
  };
