interface Listing {
  readonly service: string;
  readonly path?: string;
  /** JSON protocol: the operation, with its prefix. */
  readonly target?: string;
  /** Query protocol: the form. */
  readonly form?: string;
}

/** A question to each service that a stack of ours uses: what do you have? */
const LISTINGS: readonly Listing[] = [
  { service: 'cloudformation', form: 'Action=ListStackResources&StackName=campus-local&Version=2010-05-15' },
  { service: 'dynamodb', target: 'DynamoDB_20120810.ListTables' },
  { service: 'sqs', target: 'AmazonSQS.ListQueues' },
  { service: 'ssm', target: 'AmazonSSM.DescribeParameters' },
  { service: 'logs', target: 'Logs_20140328.DescribeLogGroups' },
  { service: 'events', target: 'AWSEvents.ListRules' },
  { service: 'monitoring', form: 'Action=DescribeAlarms&Version=2010-08-01' },
  { service: 'iam', form: 'Action=ListRoles&Version=2010-05-08' },
  { service: 'lambda', path: '/2015-03-31/functions' },
  { service: 'lambda', path: '/2015-03-31/event-source-mappings/' },
  { service: 'apigateway', path: '/restapis' },
  { service: 's3', path: '/' },
];

const OURS = /campus-local|\/campus\/local\//g;

/** Whatever belongs to the stage `local` at an emulator, by service. Emulators check no signature. */
export async function belongings(endpoint: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const listing of LISTINGS) {
    const count = (await list(endpoint, listing)).match(OURS)?.length ?? 0;
    if (count > 0) found[listing.service] = (found[listing.service] ?? 0) + count;
  }
  return found;
}

async function list(endpoint: string, { service, path = '/', target, form }: Listing): Promise<string> {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `test/${date.slice(0, 8)}/eu-west-3/${service}/aws4_request`;
  const type = form ? 'application/x-www-form-urlencoded' : 'application/x-amz-json-1.0';
  const response = await fetch(endpoint + path, {
    method: target || form ? 'POST' : 'GET',
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      'X-Amz-Date': date,
      ...((target || form) && { 'Content-Type': type }),
      ...(target && { 'X-Amz-Target': target }),
    },
    ...((target || form) && { body: form ?? '{}' }),
  });
  const text = await response.text();
  if (!response.ok && !/does not exist/.test(text)) throw new Error(`${service} answers ${response.status}: ${text}`);
  return response.ok ? text : '';
}
