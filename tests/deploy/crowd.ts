import type { ProjectCopy } from '../../project/copy.ts';

const FUNCTIONS = 15;
const ROUTES_EACH = 6;

/** The routes of the made-up context. */
export const CROWD_ROUTES: readonly string[] = Array.from(
  { length: FUNCTIONS * ROUTES_EACH },
  (_, i) => `/crowd/${i % FUNCTIONS}/{id}/part-${Math.floor(i / FUNCTIONS)}`,
);

const routesOf = (index: number): readonly string[] => CROWD_ROUTES.filter((_, i) => i % FUNCTIONS === index);

const lambda = (index: number): object => ({
  handler: 'functions/about/status.handler',
  role: 'CrowdRole',
  environment: { CAMPUS_CONTEXT: 'crowd' },
  events: routesOf(index).map((path) => ({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: osls resolves it
    http: { method: 'GET', path, authorizer: '${self:custom.authorizer}' },
  })),
});

const context = {
  functions: Object.fromEntries(Array.from({ length: FUNCTIONS }, (_, i) => [`crowd${i}`, lambda(i)])),
  resources: {
    Resources: {
      CrowdRole: {
        Type: 'AWS::IAM::Role',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: osls resolves it
        Properties: { AssumeRolePolicyDocument: '${self:custom.lambdaMayAssume}', Policies: [] },
      },
    },
  },
};

/** Adds a made-up context of ninety routes to a copy of the project. YAML takes JSON as it is. */
export function addCrowd(copy: ProjectCopy): void {
  copy.write('functions/crowd/context.yml', JSON.stringify(context));
  for (const part of ['functions', 'resources'])
    copy.edit('serverless.yml', `\n${part}:\n`, `\n${part}:\n  - \${file(functions/crowd/context.yml):${part}}\n`);
}
