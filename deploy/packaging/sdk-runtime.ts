import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** The clients that are in Lambdas; every one is given what it would otherwise choose between. */
const RUNTIME = /\/@aws-sdk\/client-(dynamodb|sqs)\/dist-es\/runtimeConfig\.js$/;

/** The services as their clients call them, and what a client is made of beside. */
const SERVICES: Readonly<Record<string, readonly [name: string, more: string]>> = {
  dynamodb: ['DynamoDB', ''],
  sqs: ['SQS', 'md5: Md5,'],
};

/**
 * In the place of a client's runtime configuration. Of what no option says: the protocol, the endpoint and the hashes in
 * the package's own (`runtimeConfig.shared`) are never used.
 */
const runtimeOf = ([name, more]: readonly [string, string]): string => `
  import { AwsSdkSigV4Signer } from '@aws-sdk/core/httpAuthSchemes';
  import { NoOpLogger } from '@smithy/core/client';
  import { Md5 } from '@smithy/core/checksum';
  import { lambdaRuntime } from ${JSON.stringify(join(import.meta.dirname, 'lambda-runtime.mjs'))};
  import { default${name}HttpAuthSchemeProvider as httpAuthSchemeProvider } from './auth/httpAuthSchemeProvider';
  const own = () => ({
    serviceId: '${name}',
    disableHostPrefix: false,
    extensions: [],
    logger: new NoOpLogger(),
    httpAuthSchemeProvider,
    httpAuthSchemes: [{
      schemeId: 'aws.auth#sigv4',
      identityProvider: (known) => known.getIdentityProvider('aws.auth#sigv4'),
      signer: new AwsSdkSigV4Signer(),
    }],
    ${more}
  });
  export const getRuntimeConfig = (config) => lambdaRuntime(own(), config);`;

/** What the SDK knows of a service to which we give our protocol, which asks for names alone. */
const SCHEMAS = /\/@aws-sdk\/client-(dynamodb|sqs)\/dist-es\/schemas\/schemas_0\.js$/;
const WORD = /^const (\w+) = "(.*)";$/gm;
/** One schema; of an operation, which begins with a nine, also the words for its namespace and its name. */
const SCHEMA = /^export (?:var|const) ([\w$]+) = (?:\[9, (\w+), (\w+),)?/gm;

/** In the place of schemas: those of the operations, with their names and nothing else. @throws Error where there are none */
export function namesOnly(schemas: string): string {
  const words = new Map([...schemas.matchAll(WORD)].map(([, word = '', text]) => [word, text]));
  const all = [...schemas.matchAll(SCHEMA)];
  if (!all.some(([, , namespace]) => namespace)) throw new Error('The SDK writes its operations otherwise now');
  const lines = all.map(([, variable, namespace = '', name = '']) =>
    namespace
      ? `export const ${variable} = [9, '${words.get(namespace)}', '${words.get(name)}', 0, 0, 0];`
      : `export const ${variable} = undefined;`,
  );
  return lines.join('\n');
}

/** Says to AWS who wrote the SDK; every client is made without. */
const USER_AGENT = /\/submodules\/client\/middleware-user-agent\/user-agent-middleware\.js$/;
const NO_USER_AGENT = `
  export const userAgentMiddleware = () => (next) => next;
  export const getUserAgentMiddlewareOptions = {};
  export const getUserAgentPlugin = () => ({ applyToStack() {} });`;

/** Parts of the SDK that look into the files of a home, for which it has something else where there are none. */
const WITHOUT_FILES =
  /\/@smithy\/core\/dist-es\/submodules\/endpoints\/index\.js$|\/@aws-sdk\/core\/dist-es\/submodules\/httpAuthSchemes\/aws_sdk\/clock-skew-defaults\.js$/;

/**
 * Gives the SDK's clients the runtime configuration of a Lambda. The SDK has one for Node, one for browsers and one for
 * React Native, each a module of this name; that for Node reads the files of a home, asks where it runs, and can do
 * all that anybody may ask for (docs/decisions/0193).
 */
export const sdkRuntime: Plugin = {
  name: 'runtime of the SDK',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: RUNTIME }, ({ path }) => ({
      contents: runtimeOf(SERVICES[RUNTIME.exec(path)?.[1] ?? ''] ?? ['', '']),
      loader: 'js',
      resolveDir: join(path, '..'),
    }));
    onLoad({ filter: SCHEMAS }, async ({ path }) => ({
      contents: namesOnly(await readFile(path, 'utf8')),
      loader: 'js',
    }));
    onLoad({ filter: USER_AGENT }, () => ({ contents: NO_USER_AGENT, loader: 'js' }));
    onResolve({ filter: /^@aws-sdk\/middleware-endpoint-discovery$/ }, () => ({
      path: join(import.meta.dirname, 'no-endpoint-discovery.mjs'),
    }));
    onResolve({ filter: /\/(getEndpointFromConfig|clock-skew-defaults)$/ }, ({ path, resolveDir, importer }) =>
      WITHOUT_FILES.test(importer) || importer.endsWith('/submodules/httpAuthSchemes/index.js')
        ? { path: join(resolveDir, `${path}.browser.js`) }
        : undefined,
    );
  },
};
