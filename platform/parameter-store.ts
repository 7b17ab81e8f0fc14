import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

/** The decrypted value of a parameter of SSM Parameter Store. @throws Error when it is empty or cannot be read */
export async function readParameter(Name: string): Promise<string> {
  const { Parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name, WithDecryption: true }));
  if (!Parameter?.Value) throw new Error(`The parameter ${Name} is empty`);
  return Parameter.Value;
}
