import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** The clients that are in Lambdas; every one is given what it would otherwise choose between. */
const RUNTIME = /\/@aws-sdk\/client-(dynamodb|sqs|sesv2)\/dist-es\/runtimeConfig\.js$/;

/**
 * What a client is made of that is in no option: the tables' by itself, since the protocol, the endpoint and the hashes in
 * the package's own (`runtimeConfig.shared`) are never used; of the others as the package has it.
 */
const OWN: Readonly<Record<string, string>> = {
  dynamodb: `
    import { AwsSdkSigV4Signer } from '@aws-sdk/core/httpAuthSchemes';
    import { NoOpLogger } from '@smithy/core/client';
    import { defaultDynamoDBHttpAuthSchemeProvider as httpAuthSchemeProvider } from './auth/httpAuthSchemeProvider';
    const shared = () => ({
      serviceId: 'DynamoDB',
      disableHostPrefix: false,
      extensions: [],
      logger: new NoOpLogger(),
      httpAuthSchemeProvider,
      httpAuthSchemes: [{
        schemeId: 'aws.auth#sigv4',
        identityProvider: (known) => known.getIdentityProvider('aws.auth#sigv4'),
        signer: new AwsSdkSigV4Signer(),
      }],
    });`,
  sqs: "import { getRuntimeConfig as shared } from './runtimeConfig.shared';",
  sesv2: "import { getRuntimeConfig as shared } from './runtimeConfig.shared';",
};

/** Parts of the SDK that look into the files of a home, for which it has something else where there are none. */
const WITHOUT_FILES =
  /\/@smithy\/core\/dist-es\/submodules\/endpoints\/index\.js$|\/@aws-sdk\/core\/dist-es\/submodules\/httpAuthSchemes\/aws_sdk\/clock-skew-defaults\.js$/;

/**
 * Gives the SDK's clients the runtime configuration of a Lambda. The SDK has one for Node, one for browsers and one for
 * React Native, each a module of this name; that for Node reads the files of a home, asks where it runs, and can do
 * all that anybody may ask for (docs/decisions/0194).
 */
export const sdkRuntime: Plugin = {
  name: 'runtime of the SDK',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: RUNTIME }, ({ path }) => ({
      contents: `
        ${OWN[RUNTIME.exec(path)?.[1] ?? '']}
        import { lambdaRuntime } from ${JSON.stringify(join(import.meta.dirname, 'lambda-runtime.mjs'))};
        export const getRuntimeConfig = (config) => lambdaRuntime(shared(config), config);`,
      loader: 'js',
      resolveDir: join(path, '..'),
    }));
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
