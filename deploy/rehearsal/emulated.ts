/** How clients of the SDK speak to an emulator, beside its address: nobody's account. */
export const EMULATED = {
  region: 'eu-west-3',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

/** The same in the environment of a command. */
export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: EMULATED.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: EMULATED.credentials.secretAccessKey,
  AWS_REGION: EMULATED.region,
};
