import { describe, expect, test } from '@jest/globals';
import { putInput, removeInput, transactItem, updateInput } from './expressions.ts';
import { key } from './key.ts';
import { absent, check, lostUpdate, put, remove, unchanged, update, versionIs } from './write.ts';

const at = { pk: key`A`, sk: key`B` };
const no = () => new Error('no');

describe('what DynamoDB is asked', () => {
  test('sets, takes away and adds in one expression, each attribute under an alias', () => {
    const changes = { set: { name: 'a', old: undefined }, entries: { map: { x: 1, y: undefined } }, add: { n: 2 } };
    expect(updateInput('T', update(at, changes))).toEqual({
      TableName: 'T',
      Key: at,
      UpdateExpression: 'SET #u0 = :u0, #u2.#u3 = :u1 REMOVE #u1, #u2.#u4 ADD #u5 :u2',
      ExpressionAttributeNames: { '#u0': 'name', '#u1': 'old', '#u2': 'map', '#u3': 'x', '#u4': 'y', '#u5': 'n' },
      ExpressionAttributeValues: { ':u0': 'a', ':u1': 1, ':u2': 2 },
    });
  });

  test('has of a change only the parts that there are', () => {
    expect(updateInput('T', update(at, { add: { n: 1 } })).UpdateExpression).toBe('ADD #u0 :u0');
    expect(updateInput('T', update(at, { set: { a: undefined } }))).toMatchObject({
      UpdateExpression: 'REMOVE #u0',
      ExpressionAttributeValues: undefined,
    });
  });

  test('holds a write to its condition, and to be told what stands there', () => {
    expect(updateInput('T', update(at, { set: { a: 1 } }, versionIs(7, no)))).toEqual({
      TableName: 'T',
      Key: at,
      UpdateExpression: 'SET #u1 = :u1',
      ConditionExpression: '#version = :expected_version',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ExpressionAttributeNames: { '#version': 'version', '#u1': 'a' },
      ExpressionAttributeValues: { ':expected_version': 7, ':u1': 1 },
    });
  });

  test('is no more than it has to be where nothing is conditional', () => {
    const item = { ...at, a: 1 };
    const nothing = { ExpressionAttributeNames: undefined, ExpressionAttributeValues: undefined };
    expect(putInput('T', put(item))).toEqual({ TableName: 'T', Item: item, ...nothing });
    expect(removeInput('T', remove(at))).toEqual({ TableName: 'T', Key: at, ...nothing });
  });

  test('is of its kind in a transaction', () => {
    const kinds = [put(at), remove(at), update(at, { set: { a: 1 } }), check(at, absent(no))];
    expect(kinds.map((write) => Object.keys(transactItem('T', write)))).toEqual([
      ['Put'],
      ['Delete'],
      ['Update'],
      ['ConditionCheck'],
    ]);
    expect(transactItem('T', check(at, absent(no)))).toMatchObject({
      ConditionCheck: { Key: at, ConditionExpression: 'attribute_not_exists(pk)' },
    });
  });

  test('is 4,096 bytes at most, the change as well as the condition', () => {
    // `REMOVE #u0, #u1, …`
    const attributes = (count: number) =>
      update(at, { set: Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, undefined])) });
    expect(updateInput('T', attributes(600)).UpdateExpression).toHaveLength(4095);
    expect(() => updateInput('T', attributes(601))).toThrow('An expression of 4102 bytes grew with data');
    const condition = (length: number) => ({ when: 'x'.repeat(length), otherwise: no });
    expect(() => putInput('T', put(at, condition(4096)))).not.toThrow();
    expect(() => putInput('T', put(at, condition(4097)))).toThrow('An expression of 4097 bytes grew with data');
  });
});

test('a record that changed since it was read is a lost update, one that is gone is missing', () => {
  const { otherwise } = unchanged(3, () => new Error('missing'));
  expect(otherwise({ ...at, version: 4 })).toEqual(lostUpdate());
  expect(otherwise({ ...at, version: 4 }).name).toBe('LostUpdate');
  expect(otherwise(undefined).message).toBe('missing');
});
