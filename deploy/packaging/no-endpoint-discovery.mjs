/** Stands in for the SDK's endpoint discovery, which no operation of DynamoDB asks for any more: 9 KB. */
export const resolveEndpointDiscoveryConfig = (config) => config;
