import { TestEnvironment } from 'jest-environment-node';

/** What was seen while the last test file ran: the mutants that its tests came by, and those that loading it did. */
export const seen = { reached: new Set(), loaded: new Set() };

/** Node's environment, which skips what follows the first failure and notes which mutants a test file comes by. */
export default class MutationEnvironment extends TestEnvironment {
  failed = false;

  async setup() {
    await super.setup();
    this.global.__stryker__ = {};
  }

  handleTestEvent(event) {
    const { __stryker__: stryker } = this.global;
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.failed = true;
    if (event.name === 'test_start') {
      if (this.failed) event.test.mode = 'skip';
      stryker.currentTestId = 'a test';
    }
    if (event.name === 'test_done') stryker.currentTestId = undefined;
  }

  async teardown() {
    const { static: loaded = {}, perTest = {} } = this.global.__stryker__?.mutantCoverage ?? {};
    seen.loaded = new Set(Object.keys(loaded));
    seen.reached = new Set(Object.values(perTest).flatMap(Object.keys));
    await super.teardown();
  }
}
