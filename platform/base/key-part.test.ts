import { describe, expect, test } from '@jest/globals';
import { cutToKeyPart, isKeyPart, keyPart } from './key-part.ts';

describe('part of a key', () => {
  test('has 400 bytes at most, however many characters these are', () => {
    expect(isKeyPart('a'.repeat(400))).toBe(true);
    expect(isKeyPart('a'.repeat(401))).toBe(false);
    expect(isKeyPart('é'.repeat(200))).toBe(true);
    expect(isKeyPart('é'.repeat(201))).toBe(false);
  });

  test('is well-formed', () => {
    expect(isKeyPart('\ud83d')).toBe(false);
    expect(isKeyPart('😀')).toBe(true);
  });

  test('that nobody bounded is our own fault', () => {
    expect(keyPart('a')).toBe('a');
    expect(() => keyPart('a'.repeat(401))).toThrow(
      new RangeError('A text that nobody bounded would become part of a key'),
    );
  });
});

describe('a text cut to part of a key', () => {
  test('is itself where it fits', () => {
    expect(cutToKeyPart('é'.repeat(200))).toBe('é'.repeat(200));
    expect(cutToKeyPart('abcd', 4)).toBe('abcd');
  });

  test('is as much of it as fits, and no half of a character', () => {
    expect(cutToKeyPart('é'.repeat(201))).toBe('é'.repeat(200));
    expect(cutToKeyPart('aé', 2)).toBe('a');
    expect(cutToKeyPart('a😀b', 5)).toBe('a😀');
    expect(cutToKeyPart('a😀b', 4)).toBe('a');
  });

  test('is well-formed', () => {
    expect(cutToKeyPart('a\ud83d')).toBe('a\ufffd');
  });
});
