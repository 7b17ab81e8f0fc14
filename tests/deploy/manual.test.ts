import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { commandsOf, FOLLOWED, filled, Manual, NOT_RUN } from '../../deploy/rehearsal/production/manual.ts';
import { projectRoot } from '../../project/root.ts';

const text = `# Deploying

## One

Run \`npm run a -- --stage prod\`, and look at [b](b.md) or \`campus-prod\`. \`npm ci && npm run c\`:
   \`\`\`
   aws x y --query 'Stacks[0]'
   A=<its ARN> B=… npx serverless deploy   # and a word on it
   \`\`\`

### A room of it

\`npm run elsewhere\`

## Two

\`aws z\`
`;

describe('the commands of the manual', () => {
  test('are those that stand in a chapter, fenced or in a line, without what is said of them', () => {
    expect(commandsOf(text, ['One'])).toEqual([
      'npm run a -- --stage prod',
      'npm ci',
      'npm run c',
      "aws x y --query 'Stacks[0]'",
      'A=<its ARN> B=… npx serverless deploy',
    ]);
    expect(commandsOf(text, ['Two'])).toEqual(['aws z']);
  });

  test('of a chapter that is not there are no commands, but an error', () => {
    expect(() => commandsOf(text, ['Three'])).toThrow('there is no chapter Three');
  });

  test('are filled in, and none is run with something left open or without what was to be replaced', () => {
    expect(filled('x --id <id> --of <id>', { '<id>': '7' })).toBe('x --id 7 --of 7');
    expect(() => filled('x --id <id>', {})).toThrow('what is <id>?');
    expect(() => filled('x', { '<id>': '7' })).toThrow('has no <id>');
  });

  test('are left until they are taken, or have a reason', () => {
    const manual = new Manual();
    expect(manual.take(/^npm run admin:create/)).toBe('npm run admin:create -- <username> --stage prod');
    expect(manual.left()).not.toContain('npm run admin:create -- <username> --stage prod');
    expect(manual.left()).toContain('npm run smoke -- --stage prod');
    expect(manual.left()).not.toContain('aws login');
    expect(() => manual.take(/^aws /)).toThrow(/docs\/deploy.md has \d+ commands like/);
    expect(() => manual.take(/^az /)).toThrow('docs/deploy.md has 0 commands like');
  });
});

test('what is not run has a reason, and stands in the manual', () => {
  const commands = commandsOf(readFileSync(join(projectRoot, 'docs/deploy.md'), 'utf8'), FOLLOWED);
  for (const { command, reason } of NOT_RUN) {
    expect(commands.some((one) => one.startsWith(command))).toBe(true);
    expect(reason).not.toBe('');
  }
});
