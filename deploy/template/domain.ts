import type { Service } from '../../project/serverless.ts';
import { add, ofType, type Template } from '../../project/template.ts';
import type { Settings } from './settings.ts';

const target = (attribute: string) => ({ 'Fn::GetAtt': ['Domain', attribute] });

/**
 * Lets the API answer under a domain of one's own, without the stage in its paths, and says in the outputs what the
 * domain's DNS is to point to. To be called when the template has its deployment.
 * @throws Error for half a domain, for one that API Gateway does not take, and for a certificate of elsewhere
 */
export function addDomain(template: Template, { provider }: Service, settings: Settings): void {
  const { domain, certificateArn, stage } = settings;
  if (!domain && !certificateArn) return;
  mustFit(settings, provider.region);
  add(template, {
    Domain: {
      Type: 'AWS::ApiGateway::DomainName',
      Properties: {
        DomainName: domain,
        RegionalCertificateArn: certificateArn,
        EndpointConfiguration: { Types: ['REGIONAL'] },
        SecurityPolicy: 'TLS_1_2',
      },
    },
    DomainMapping: {
      Type: 'AWS::ApiGateway::BasePathMapping',
      // The stage is there once its deployment is.
      DependsOn: ofType(template, 'AWS::ApiGateway::Deployment').map(([id]) => id),
      Properties: { DomainName: { Ref: 'Domain' }, RestApiId: { Ref: 'ApiGatewayRestApi' }, Stage: stage },
    },
  });
  const outputs = {
    DomainTarget: { Value: target('RegionalDomainName') },
    DomainTargetZone: { Value: target('RegionalHostedZoneId') },
  };
  template.Outputs = { ...template.Outputs, ...outputs };
}

function mustFit({ domain, certificateArn }: Settings, region: string): void {
  if (!domain || !certificateArn) throw new Error('DOMAIN and CERTIFICATE_ARN are given together, or neither');
  if (!/^([a-z0-9-]+\.)+[a-z0-9-]+$/.test(domain)) throw new Error(`DOMAIN is no domain in lower case: ${domain}`);
  if (certificateArn.split(':')[3] !== region) throw new Error(`CERTIFICATE_ARN is of another region than ${region}`);
}
