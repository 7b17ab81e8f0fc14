/** The value of an environment variable that the deployment must set. @throws Error when it did not. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set`);
  return value;
}
