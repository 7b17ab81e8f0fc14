export default class LocalCloud {
  hooks: Record<string, () => Promise<void>>;
  constructor(serverless: any) {
    this.hooks = {
      'before:offline:start:init': async () => {
        console.log(
          JSON.stringify(serverless.service.functions, null, 1),
          JSON.stringify(serverless.service.resources.Resources, null, 1),
          process.version,
        );
      },
    };
  }
}
