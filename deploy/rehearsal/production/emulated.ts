/** How clients of the SDK speak to an emulator, beside its address: nobody's account. */
export const EMULATED = {
  region: 'eu-west-3',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
