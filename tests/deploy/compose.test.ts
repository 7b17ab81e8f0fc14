import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { DEFAULT_ENDPOINT } from '../../localstack/deployment/emulated.ts';
import { projectRoot } from '../../localstack/settings.ts';
import { packagedTemplate } from './packaged.ts';

interface Service {
  readonly image: string;
  readonly ports?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<'localstack' | 'deploy' | 'ministack' | 'deploy-ministack', Service>>;
  readonly networks: Readonly<Record<string, { readonly name: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');
const compose = load(read('localstack/compose.yaml')) as Compose;
const { services } = compose;

/** The services of AWS that a resource type needs, by the name that LocalStack has for them. */
const serviceOf = (type: string): string => type.split('::')[1]?.toLowerCase() ?? '';

describe.each([
  ['localstack', 'deploy'],
  ['ministack', 'deploy-ministack'],
] as const)('%s', (emulator, deployer) => {
  const { ports, environment, healthcheck, volumes, networks } = services[emulator];

  test('it is reached from this machine only, where deploy:local looks for it', () => {
    expect(ports).toEqual([`127.0.0.1:${new URL(DEFAULT_ENDPOINT).port}:4566`]);
    expect(services[deployer].environment.CAMPUS_PUBLIC_ENDPOINT_URL).toBe(DEFAULT_ENDPOINT);
  });

  test('it is deployed to once it answers, under its name in the network', () => {
    expect(healthcheck?.test.join(' ')).toContain('http://127.0.0.1:4566/_localstack/health');
    expect(services[deployer].depends_on).toEqual({ [emulator]: { condition: 'service_healthy' } });
    expect(services[deployer].environment.AWS_ENDPOINT_URL).toBe(`http://${emulator}:4566`);
    expect(services[deployer].networks).toEqual(networks);
    expect(services[deployer].command?.join(' ')).toContain('npm run deploy:local');
  });

  test('its Lambdas share its network, and its files are in a volume', () => {
    expect(compose.networks[networks[0] ?? '']?.name).toBe(environment.LAMBDA_DOCKER_NETWORK);
    expect(Object.keys(compose.volumes)).toContain(volumes?.[0]?.split(':')[0]);
  });

  test('its version is pinned', () => {
    expect(services[emulator].image).toMatch(/:\d+\.\d+\.\d+$/);
  });
});

test('LocalStack starts every service that the template needs, and lets none of its resources vanish', () => {
  const { SERVICES = '', CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES } = services.localstack.environment;
  const types = Object.values(packagedTemplate('dev').Resources).map(({ Type }) => Type);
  const needed = [...new Set(types.map(serviceOf))];
  expect(needed.filter((service) => !SERVICES.split(',').includes(service))).toEqual([]);
  expect(CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES).toBe('0');
});

test('the MiniStack of the containers is the one that deployments are rehearsed on', () => {
  const version = /^ministack==(.+)$/m.exec(read('deploy/rehearsal/requirements.txt'))?.[1];
  expect(services.ministack.image).toBe(`ministackorg/ministack:${version}`);
});

test('the deployer has the major version of Node that the functions run on', () => {
  const { Runtime } = Object.values(packagedTemplate('dev').Resources).find(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  )?.Properties ?? { Runtime: '' };
  expect(services.deploy.image).toMatch(new RegExp(`^node:${/\d+/.exec(Runtime)?.[0]}-`));
});
