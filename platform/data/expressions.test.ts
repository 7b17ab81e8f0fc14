import { describe, expect, test } from '@jest/globals';
import { putInput, removeInput, transactItem, updateInput } from './expressions.ts';
import { key } from './key.ts';
import { absent, check, lostUpdate, present, put, remove, unchanged, update, versionIs } from './write.ts';

const at = { pk: key`A`, sk: key`B` };
const no = () => new Error('no');
const formats = { format: 3, knows: 4 };
const known = 'attribute_not_exists(#fmt) OR #fmt <= :knows';
const knowing = { ConditionExpression: known, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };

describe('what DynamoDB is asked', () => {
  test('sets, takes away and adds in one expression, each attribute under an alias', () => {
    const changes = { set: { name: 'a', old: undefined }, entries: { map: { x: 1, y: undefined } }, add: { n: 2 } };
    expect(updateInput('T', update(at, changes), formats)).toEqual({
      TableName: 'T',
      Key: at,
      UpdateExpression: 'SET #u1 = :u1, #u3.#u4 = :u2, #fmt = if_not_exists(#fmt, :u3) REMOVE #u2, #u3.#u5 ADD #u6 :u4',
      ...knowing,
      ExpressionAttributeNames: {
        '#fmt': 'fmt',
        ...{ '#u1': 'name', '#u2': 'old', '#u3': 'map', '#u4': 'x', '#u5': 'y', '#u6': 'n' },
      },
      ExpressionAttributeValues: { ':knows': 4, ':u1': 'a', ':u2': 1, ':u3': 3, ':u4': 2 },
    });
  });

  test('has of a change only the parts that there are', () => {
    const standing = present(no);
    expect(updateInput('T', update(at, { add: { n: 1 } }, standing), formats).UpdateExpression).toBe('ADD #u1 :u1');
    expect(updateInput('T', update(at, { set: { a: undefined } }, standing), formats)).toMatchObject({
      UpdateExpression: 'REMOVE #u1',
      ExpressionAttributeValues: { ':knows': 4 },
    });
  });

  test('holds a write to its condition, and to be told what stands there', () => {
    expect(updateInput('T', update(at, { set: { a: 1 } }, versionIs(7, no)), formats)).toEqual({
      TableName: 'T',
      Key: at,
      UpdateExpression: 'SET #u2 = :u2',
      ConditionExpression: `#version = :expected_version AND (${known})`,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ExpressionAttributeNames: { '#version': 'version', '#fmt': 'fmt', '#u2': 'a' },
      ExpressionAttributeValues: { ':expected_version': 7, ':knows': 4, ':u2': 1 },
    });
  });

  test('is no more than it has to be where nothing is conditional', () => {
    const item = { ...at, a: 1 };
    const nothing = { ExpressionAttributeNames: undefined, ExpressionAttributeValues: undefined };
    expect(putInput('T', put(item), formats)).toEqual({
      ...{ TableName: 'T', Item: { ...item, fmt: 3 }, ...knowing },
      ...{ ExpressionAttributeNames: { '#fmt': 'fmt' }, ExpressionAttributeValues: { ':knows': 4 } },
    });
    expect(removeInput('T', remove(at))).toEqual({ TableName: 'T', Key: at, ...nothing });
  });

  test('is of its kind in a transaction', () => {
    const kinds = [put(at), remove(at), update(at, { set: { a: 1 } }), check(at, absent(no))];
    expect(kinds.map((write) => Object.keys(transactItem('T', write, formats)))).toEqual([
      ['Put'],
      ['Delete'],
      ['Update'],
      ['ConditionCheck'],
    ]);
    expect(transactItem('T', check(at, absent(no)), formats)).toMatchObject({
      ConditionCheck: { Key: at, ConditionExpression: 'attribute_not_exists(pk)' },
    });
  });

  test('is 4,096 bytes at most, the change as well as the condition', () => {
    // `REMOVE #u1, #u2, …`
    const attributes = (count: number) =>
      update(
        at,
        { set: Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, undefined])) },
        present(no),
      );
    expect(updateInput('T', attributes(599), formats).UpdateExpression).toHaveLength(4090);
    expect(() => updateInput('T', attributes(600), formats)).toThrow('An expression of 4097 bytes grew with data');
    const condition = (length: number) => ({ when: 'x'.repeat(length), otherwise: no });
    expect(() => putInput('T', put(at, condition(4096 - known.length - 7)), formats)).not.toThrow();
    expect(() => putInput('T', put(at, condition(4097 - known.length - 7)), formats)).toThrow(
      'An expression of 4097 bytes grew with data',
    );
  });
});

test('a record that changed since it was read is a lost update, one that is gone is missing', () => {
  const { otherwise } = unchanged(3, () => new Error('missing'));
  expect(otherwise({ ...at, version: 4 })).toEqual(lostUpdate());
  expect(otherwise({ ...at, version: 4 }).name).toBe('LostUpdate');
  expect(otherwise(undefined).message).toBe('missing');
});
