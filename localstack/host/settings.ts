/** The version of LocalStack that the hooks below localstack/ are written for: the last one that asks for no account. */
export const LOCALSTACK_VERSION = '4.14.0';

/** How LocalStack is set up for Campus, in a container (compose.yaml) and without one alike. */
export const LOCALSTACK_SETTINGS: Readonly<Record<string, string>> = {
  SERVICES: 'apigateway,cloudformation,cloudwatch,dynamodb,events,iam,lambda,logs,s3,ses,sns,sqs,ssm,sts',
  // A resource that it does not know must fail the deployment, not vanish from it.
  CFN_IGNORE_UNSUPPORTED_RESOURCE_TYPES: '0',
  // The template asks for arm64; the machine may be an x86.
  LAMBDA_IGNORE_ARCHITECTURE: '1',
  // Otherwise a queue that was empty for a while is looked at every ten seconds.
  LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC: '0.25',
  // It tells its makers nothing of what is done with it.
  DISABLE_EVENTS: '1',
};

/** What differs where there is no Docker. */
export const withoutDocker = (port: number, folder: string): Readonly<Record<string, string>> => ({
  ...LOCALSTACK_SETTINGS,
  GATEWAY_LISTEN: `127.0.0.1:${port}`,
  LOCALSTACK_HOST: `127.0.0.1:${port}`,
  // The machine may itself be a container; LocalStack's own it is not.
  OVERRIDE_IN_DOCKER: '0',
  // Two lines for each call of each function are a good part of the time that the call takes.
  LS_LOG: 'warning',
  // Queues at an address instead of a host name that only the internet's name servers know.
  SQS_ENDPOINT_STRATEGY: 'path',
  FILESYSTEM_ROOT: folder,
  // It would resolve names, and download a certificate and programs.
  DNS_ADDRESS: '0',
  SKIP_SSL_CERT_DOWNLOAD: '1',
  SKIP_INFRA_DOWNLOADS: '1',
});
