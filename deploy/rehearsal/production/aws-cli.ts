import { join } from 'node:path';
import { pythonEnvironment } from '../../../project/python.ts';

/** Installs the AWS CLI, pinned, into a virtual environment of the project. @returns the folder of its programs */
export const installAwsCli = (): Promise<string> =>
  pythonEnvironment({ name: 'aws-cli', requirements: join(import.meta.dirname, '../aws-cli.txt'), python: [11, 14] });
