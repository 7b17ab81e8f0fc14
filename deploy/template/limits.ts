import type { Service, ServiceFunction } from '../../project/serverless.ts';
import { add, ofType, placeholder, type Resource, type Template } from '../../project/template.ts';
import type { Settings } from './settings.ts';

/** The paths of the POSTs that anybody may call, of one function. */
export const openPosts = ({ events = [] }: ServiceFunction): string[] =>
  events.flatMap(({ http }) => (http && !http.authorizer && http.method.toUpperCase() === 'POST' ? [http.path] : []));

/** Keeps a flood at one door from taking what the others need. */
export function addLimits(template: Template, service: Service, settings: Settings): void {
  limitFunctions(template, service, settings);
  for (const [, mapping] of ofType(template, 'AWS::Lambda::EventSourceMapping'))
    mapping.Properties.ScalingConfig = { MaximumConcurrency: settings.concurrency.consumers };
  if (settings.wafRate > 0) addFirewall(template, settings);
}

/**
 * Reserved concurrency is both a floor and a ceiling: the authorizer always finds room, since without it nobody gets in;
 * what hashes passwords for strangers never takes more than its share.
 */
function limitFunctions(template: Template, { functions }: Service, { concurrency }: Settings): void {
  for (const [, lambda] of ofType(template, 'AWS::Lambda::Function')) {
    const declared = Object.entries(functions).find(([, { name }]) => name === lambda.Properties.FunctionName);
    const reserved = declared && reservedFor(declared, concurrency);
    if (reserved) lambda.Properties.ReservedConcurrentExecutions = reserved;
  }
}

function reservedFor([id, declared]: [string, ServiceFunction], { authorizer, open }: Settings['concurrency']): number {
  if (id === 'authorizer') return authorizer;
  return openPosts(declared).length > 0 ? open : 0;
}

/** A web application firewall that refuses an address which calls too often: the one limit that knows who calls. */
function addFirewall(template: Template, { wafRate, stage }: Settings): void {
  const seen = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true };
  const firewall: Resource = {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      // What CloudFormation would call it does not begin with the stack's name, by which it is allowed to be made.
      Name: `campus-${stage}`,
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: { ...seen, MetricName: `campus-${stage}` },
      Rules: [
        {
          Name: 'often-from-one-address',
          Priority: 0,
          Action: { Block: {} },
          Statement: { RateBasedStatement: { Limit: wafRate, AggregateKeyType: 'IP' } },
          VisibilityConfig: { ...seen, MetricName: `campus-${stage}-often` },
        },
      ],
    },
  };
  add(template, { Firewall: firewall });
}

/** Puts the firewall in front of a stage, which is there once its deployment is. @param deployment its logical id */
export function placeFirewall(template: Template, deployment: string, { stage }: Settings): void {
  if (!template.Resources.Firewall) return;
  const api = `arn:${placeholder('AWS::Partition')}:apigateway:${placeholder('AWS::Region')}::/restapis`;
  add(template, {
    FirewallAssociation: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      DependsOn: deployment,
      Properties: {
        ResourceArn: { 'Fn::Sub': `${api}/${placeholder('ApiGatewayRestApi')}/stages/${stage}` },
        WebACLArn: { 'Fn::GetAtt': ['Firewall', 'Arn'] },
      },
    },
  });
}
