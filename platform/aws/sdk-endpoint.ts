/** What the SDK knows when it asks where a service is. */
interface Asked {
  readonly Endpoint?: string | undefined;
  readonly Region?: string | undefined;
  readonly UseFIPS?: boolean | undefined;
  readonly UseDualStack?: boolean | undefined;
}

/** Domains of AWS by the beginning of a region: on IPv4 alone, and on both. */
const DOMAINS = [
  { region: /^cn-/, plain: 'amazonaws.com.cn', dual: 'api.amazonwebservices.com.cn' },
  { region: /^[a-z]{2}-(gov-)?[a-z]+-\d+$/, plain: 'amazonaws.com', dual: 'api.aws' },
];

function hostOf(service: string, { Region = '', UseFIPS, UseDualStack }: Asked): string {
  const domain = DOMAINS.find(({ region }) => region.test(Region));
  if (!domain) throw new Error(`Where ${service} is in the region ${Region} is not known: name it in AWS_ENDPOINT_URL`);
  // In GovCloud the plain one is validated already.
  const fips = UseFIPS && (UseDualStack || !Region.startsWith('us-gov-')) ? '-fips' : '';
  return `${service}${fips}.${Region}.${UseDualStack ? domain.dual : domain.plain}`;
}

/**
 * Where a service is (the SDK's option `endpointProvider`): where the environment says, or at AWS. The SDK's own goes
 * through the rules for every partition and account, 15 KB of them.
 * @throws Error for a region that is none of AWS's public ones, where no endpoint is given
 */
export function sdkEndpoint(service: string): (asked: Asked) => { readonly url: URL } {
  const known = new Map<string, { readonly url: URL }>();
  return (asked) => {
    const { Endpoint, Region, UseFIPS, UseDualStack } = asked;
    const question = `${Endpoint} ${Region} ${UseFIPS} ${UseDualStack}`;
    const endpoint = known.get(question) ?? { url: new URL(Endpoint ?? `https://${hostOf(service, asked)}`) };
    known.set(question, endpoint);
    return endpoint;
  };
}
