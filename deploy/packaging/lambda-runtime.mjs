import { defaultProvider } from './environment-credentials.mjs';

const env = process.env;
const flag = (name) => async () => env[name]?.toLowerCase() === 'true';

/** As the SDK has it: the variable of the service (`AWS_ENDPOINT_URL_DYNAMODB`), or that of all. */
function endpointOf(serviceId) {
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return undefined;
  return env[`AWS_ENDPOINT_URL_${serviceId.replaceAll(' ', '_').toUpperCase()}`] || env.AWS_ENDPOINT_URL || undefined;
}

async function region() {
  if (!env.AWS_REGION) throw new Error('Region is missing');
  return env.AWS_REGION;
}

const lengthOf = (body) => (typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);

/**
 * The configuration of an SDK client inside a Lambda: from the environment, and from nowhere else. How requests are sent,
 * signed and tried again has to be said in `config`.
 */
export const lambdaRuntime = (shared, config) => ({
  ...shared,
  ...(endpointOf(shared.serviceId) && { endpoint: endpointOf(shared.serviceId) }),
  ignoreConfiguredEndpointUrls: true,
  region,
  runtime: 'node',
  authSchemePreference: async () => [],
  bodyLengthChecker: lengthOf,
  credentialDefaultProvider: defaultProvider,
  defaultUserAgentProvider: async () => [['aws-sdk-js']],
  disableClockSkewCorrection: flag('AWS_DISABLE_CLOCK_SKEW_CORRECTION'),
  retryMode: 'standard',
  useDualstackEndpoint: flag('AWS_USE_DUALSTACK_ENDPOINT'),
  useFipsEndpoint: flag('AWS_USE_FIPS_ENDPOINT'),
  userAgentAppId: async () => undefined,
  ...config,
});
