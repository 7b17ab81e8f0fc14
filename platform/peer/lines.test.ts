import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { drained } from '../../tests/support/drained.ts';
import { FAULTS, type PeerStub, refuses, startPeer } from '../../tests/support/peer.ts';
import { peerLines } from './lines.ts';

const TYPE = 'application/x-ndjson';

let peer: PeerStub;
beforeAll(async () => {
  peer = await startPeer();
});
afterAll(() => peer.stop());

const read = async () => (await drained(peerLines('/lines', TYPE, { authorization: 'Bearer theirs' }))).flat();

describe('the lines of another context', () => {
  test('come whole, however they are cut on the way, and are asked for with the caller’s token', async () => {
    const text = '{"é":1}\n\n{"b":"€"}\nlast';
    peer.behave((_, response) => {
      response.writeHead(200, { 'Content-Type': `${TYPE}; charset=utf-8` });
      for (const byte of Buffer.from(text)) response.write(Buffer.of(byte));
      response.end();
    });
    expect(await read()).toEqual(text.split('\n'));
    expect(peer.requests[0]?.headers).toMatchObject({ authorization: 'Bearer theirs', accept: TYPE });
  });

  test.each(Object.entries(FAULTS))('are none where it %s', async (_, behaviour) => {
    peer.behave(behaviour);
    await expect(read()).rejects.toMatchObject({ code: 'peer_unavailable' });
  });

  test.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
  ])('are refused this caller: %i', async (status, code) => {
    peer.behave(refuses(status, code));
    await expect(read()).rejects.toMatchObject({ code });
  });

  test('that break off fail, and are not taken for all', async () => {
    peer.behave((_, response) => {
      response.writeHead(200, { 'Content-Type': TYPE }).write('a\n');
      response.socket?.destroySoon();
    });
    await expect(read()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('end with whoever wants no more', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    peer.behave((_, response) => {
      response.on('close', resolve);
      response.writeHead(200, { 'Content-Type': TYPE }).write('a\nb');
    });
    for await (const lines of peerLines('/lines', TYPE, {})) {
      expect(lines).toEqual(['a']);
      break;
    }
    await closed;
  });
});
