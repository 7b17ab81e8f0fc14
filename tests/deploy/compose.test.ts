import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { DEFAULT_ENDPOINT } from '../../localstack/deployment/emulated.ts';
import { LOCALSTACK_SETTINGS, LOCALSTACK_VERSION } from '../../localstack/host/settings.ts';
import { projectRoot } from '../../project/root.ts';
import { packagedTemplate } from './packaged.ts';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly name: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');
const compose = load(read('compose.yaml')) as Compose;

function service(name: string): Service {
  const found = compose.services[name];
  if (!found) throw new Error(`compose.yaml has no service ${name}`);
  return found;
}

const EMULATORS = [
  ['localstack', 'deploy'],
  ['localstack-token', 'deploy-localstack-token'],
  ['ministack', 'deploy-ministack'],
] as const;

/** What stands before and after the colons of a mount. */
const mounts = (one: Service) => (one.volumes ?? []).map((mount) => mount.split(':'));

/** The services of AWS that a resource type needs, by the name that LocalStack has for them. */
const serviceOf = (type: string): string => type.split('::')[1]?.toLowerCase() ?? '';

describe('every service', () => {
  const services = Object.entries(compose.services);

  test.each(services)('%s is reached from this machine only', (_, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  test.each(services)('%s mounts what exists, and volumes that are declared', (_, one) => {
    for (const [source = '', target = ''] of mounts(one)) {
      expect(target).toMatch(/^\//);
      if (source.startsWith('.')) expect([source, existsSync(join(projectRoot, source))]).toEqual([source, true]);
      else if (!source.startsWith('/')) expect(Object.keys(compose.volumes)).toContain(source);
    }
  });

  test.each(services)('%s can write nothing of the project', (_, one) => {
    for (const [source = '', , mode] of mounts(one))
      if (source.startsWith('.')) expect([source, mode]).toEqual([source, 'ro']);
  });

  test('no volume and no network is declared that nobody uses', () => {
    const used = services.flatMap(([, one]) => mounts(one).map(([source]) => source));
    expect(Object.keys(compose.volumes).filter((volume) => !used.includes(volume))).toEqual([]);
    const networks = new Set(services.flatMap(([, one]) => one.networks ?? []));
    expect(Object.keys(compose.networks)).toEqual([...networks]);
  });

  test('one starts without a profile: Campus itself', () => {
    const unasked = services.filter(([, { profiles = [] }]) => profiles.length === 0).map(([name]) => name);
    expect(unasked).toEqual(['campus']);
  });

  test.each(services)('%s sets only variables that the code, or what it runs, reads', (name, { environment = {} }) => {
    const ours = Object.keys(environment).filter((variable) => /^(CAMPUS_|AWS_ENDPOINT_URL$)/.test(variable));
    const code = globSync('{localstack,deploy,platform,project}/**/*.ts', { cwd: projectRoot }).map(read).join('');
    for (const variable of ours) expect([name, variable, code.includes(variable)]).toEqual([name, variable, true]);
  });
});

describe('Campus in a container', () => {
  const campus = service('campus');
  const dockerfile = read('Dockerfile');
  const setting = (name: string) => new RegExp(`\\b${name}=(\\S+)`).exec(dockerfile)?.[1];

  test('it listens on every address of the container, at the port that leads there', () => {
    expect(setting('HOST')).toBe('0.0.0.0');
    expect(campus.ports).toEqual([`127.0.0.1:3000:${setting('PORT')}`]);
    expect(dockerfile).toContain(`EXPOSE ${setting('PORT')}\n`);
  });

  test('it writes its data and nothing else, as a user with no rights', () => {
    expect(mounts(campus)).toEqual([['data', setting('CAMPUS_DATA')]]);
    expect(dockerfile).toContain(`VOLUME ${setting('CAMPUS_DATA')}\n`);
    expect(campus).toMatchObject({ read_only: true, tmpfs: [setting('HOME')], cap_drop: ['ALL'] });
    const [, uid] = /^USER (\d+)$/m.exec(dockerfile) ?? [];
    expect(Number(uid)).toBeGreaterThan(1000);
    expect(dockerfile).toContain(`useradd --uid ${uid} `);
  });

  test('it is healthy when it says so itself, at the port where it listens', () => {
    expect(dockerfile).toContain(`http://127.0.0.1:${setting('PORT')}/status`);
    expect(campus.healthcheck).toBeUndefined();
  });

  test('its modules are those of the lock file, made apart', () => {
    const [dependencies = '', run = ''] = dockerfile.split(/^FROM /m).slice(1);
    expect(dependencies).toMatch(/^COPY package\.json package-lock\.json \.\/$/m);
    expect(dependencies).toMatch(/^RUN npm ci --strict-allow-scripts /m);
    expect(run).toContain('COPY --from=dependencies /campus/node_modules ');
    expect(run).not.toMatch(/npm (?:ci|install)/);
  });

  test('nothing of the machine is put into it: no settings, no data, no modules for another platform', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const name of ['.env', '.campus', '.git', 'node_modules', '.venv', '.build']) expect(ignored).toContain(name);
  });

  test('all images have the Node that the functions run on', () => {
    const lambda = Object.values(packagedTemplate('dev').Resources).find(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    );
    const major = /\d+/.exec(String(lambda?.Properties.Runtime))?.[0];
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    const deployers = EMULATORS.map(([, deployer]) => service(deployer).image);
    for (const image of [...images, ...deployers]) expect(image).toBe(`node:${major}-bookworm-slim`);
  });
});

describe.each(EMULATORS)('%s', (emulator, deployer) => {
  const { ports, environment = {}, healthcheck, networks = [], profiles } = service(emulator);
  const deploying = service(deployer);

  test('it listens where deploy:local looks for it', () => {
    expect(ports).toEqual([`127.0.0.1:${new URL(DEFAULT_ENDPOINT).port}:4566`]);
    expect(deploying.environment?.CAMPUS_PUBLIC_ENDPOINT_URL).toBe(DEFAULT_ENDPOINT);
  });

  test('it is deployed to once it answers, under its name in the network', () => {
    expect(healthcheck?.test.join(' ')).toContain('http://127.0.0.1:4566/_localstack/health');
    expect(deploying.depends_on).toEqual({ [emulator]: { condition: 'service_healthy' } });
    expect(deploying.environment?.AWS_ENDPOINT_URL).toBe(`http://${emulator}:4566`);
    expect([deploying.networks, deploying.profiles]).toEqual([networks, profiles]);
    expect(deploying.command?.join(' ')).toContain('npm run deploy:local');
  });

  test('its Lambdas share its network, and its engine runs them', () => {
    expect(compose.networks[networks[0] ?? '']?.name).toBe(environment.LAMBDA_DOCKER_NETWORK);
    expect(mounts(service(emulator))).toContainEqual(['/var/run/docker.sock', '/var/run/docker.sock']);
  });
});

describe('LocalStack in a container', () => {
  test('the free edition is the one that the hooks are written for, and has them where it looks', () => {
    expect(service('localstack').image).toBe(`localstack/localstack:${LOCALSTACK_VERSION}`);
    expect(service('localstack').volumes).toContain('./localstack/init/start.d:/etc/localstack/init/start.d:ro');
  });

  test.each(globSync('localstack/{init,host}/start.d/*.py', { cwd: projectRoot }))(
    '%s says which version it is written for, and refuses any other',
    (file) => {
      const [name = ''] = file.split('/').slice(-1);
      const guard = `WRITTEN_FOR = "${LOCALSTACK_VERSION}"\nif VERSION != WRITTEN_FOR:\n    raise SystemExit(`;
      expect(read(file)).toContain(guard);
      expect(read(file)).toContain(
        `f"${name} of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}."`,
      );
    },
  );

  test('the edition with an account has no hooks', () => {
    const paid = service('localstack-token');
    expect(paid.environment?.LOCALSTACK_AUTH_TOKEN).toMatch(/^\$\{LOCALSTACK_AUTH_TOKEN:-\}$/);
    expect(paid.volumes?.join(' ')).not.toContain('init');
  });

  test.each(['localstack', 'localstack-token'])('%s is set up as without Docker', (name) => {
    expect(service(name).environment).toMatchObject(LOCALSTACK_SETTINGS);
  });

  test('it starts every service that the template needs', () => {
    const types = Object.values(packagedTemplate('dev').Resources).map(({ Type }) => Type);
    const needed = [...new Set(types.map(serviceOf))];
    const started = LOCALSTACK_SETTINGS.SERVICES?.split(',') ?? [];
    expect(needed.filter((one) => !started.includes(one))).toEqual([]);
  });

  test('without Docker it is the same version, pinned with all it stands on', () => {
    const lines = read('localstack/host/localstack.txt').trim().split('\n').slice(1);
    expect(lines).toContain(`localstack-core==${LOCALSTACK_VERSION}`);
    expect(lines.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
  });
});

test('the MiniStack of the containers is the one that deployments are rehearsed on', () => {
  const version = /^ministack==(.+)$/m.exec(read('deploy/rehearsal/ministack.txt'))?.[1];
  expect(service('ministack').image).toBe(`ministackorg/ministack:${version}`);
});
