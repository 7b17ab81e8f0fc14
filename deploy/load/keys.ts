import { SHARDS as RANKING_SHARDS } from '../../functions/grades/rankings/marker.ts';
import type { OperationName } from './operations.ts';
import { BUSIEST_ARTICLE } from './school.ts';

/** A key of a table or an index on which everybody's calls fall. */
export interface SharedKey {
  readonly name: string;
  /** What is counted on it: write units, read units, or transactions that wait for one another. */
  readonly counts: 'writes' | 'reads' | 'changes';
  /** How much of that each call of an operation puts on it, by its code: twice a unit in a transaction. */
  readonly by: Readonly<Partial<Record<OperationName, number>>>;
  /** Whether it is one of those that `SHARDS` spreads over several keys. */
  readonly sharded?: true;
}

/** An event is put there in a transaction (2) and removed (1). */
const TOLD = 3;

/** The marker of a class in a transaction; then the class is settled: told, unmarked, removed, each entry replaced. */
const ranked = (entries: number): number => (2 + 4 + 4 * entries) / RANKING_SHARDS;

const TERMS_READ: readonly OperationName[] = [
  'read the marks, as the student',
  'read the marks, as a teacher',
  'the report of a student',
  'my notices',
  'the ten best',
  'the ten best, after a mark',
  'statistics of a class',
  'statistics of a class, after a mark',
];

const each = (names: readonly OperationName[], amount: number) =>
  Object.fromEntries(names.map((name) => [name, amount]));

/** The keys that everybody shares. What hangs on one student, class or account is spread as these are, and is not here. */
export const SHARED_KEYS: readonly SharedKey[] = [
  {
    name: 'the list of students (`by-id`)',
    counts: 'writes',
    sharded: true,
    by: { 'register a student': 1, 'confirm a payment': 1, 'notify the grades': 1 },
  },
  {
    name: 'those who owe (`by-debt`)',
    counts: 'writes',
    sharded: true,
    by: { 'register a student': 1, 'confirm a payment': 1 },
  },
  { name: 'numbers of students (`SEQUENCE#student`)', counts: 'writes', by: { 'register a student': 1 } },
  // With a student an account and a person are made, which is not measured: one entry of each list.
  { name: 'accounts by name (`directory`)', counts: 'writes', sharded: true, by: { 'register a student': 1 } },
  { name: 'persons by name (`by-name`)', counts: 'writes', sharded: true, by: { 'register a student': 1 } },
  { name: 'the outbox of registration', counts: 'writes', sharded: true, by: { 'notify the grades': TOLD } },
  { name: 'the outbox of orders', counts: 'writes', sharded: true, by: { 'order an article': TOLD } },
  {
    name: 'every order (`all-orders`)',
    counts: 'writes',
    sharded: true,
    // It holds keys alone, so that what becomes of an order later costs it nothing.
    by: { 'order an article': 1, 'buy an article': 1 },
  },
  {
    name: `a shard of the ranking of a term, of ${RANKING_SHARDS}`,
    counts: 'writes',
    by: { 'add a mark': ranked(1), 'enter the results of 32': ranked(32) },
  },
  { name: 'the terms', counts: 'reads', by: each(TERMS_READ, 1) },
  {
    name: `a shard of the ranking of a term, of ${RANKING_SHARDS}, read`,
    counts: 'reads',
    by: { 'the ten best': 1, 'the ten best, after a mark': 2 },
  },
  { name: 'the school', counts: 'reads', by: { 'what a student owes': 0.5, 'confirm a payment': 0.5 } },
  { name: 'the receipts of a year', counts: 'changes', by: { 'confirm a payment': 1 } },
  {
    name: 'the busiest article',
    counts: 'changes',
    by: { 'order an article': BUSIEST_ARTICLE, 'buy an article': BUSIEST_ARTICLE },
  },
];
