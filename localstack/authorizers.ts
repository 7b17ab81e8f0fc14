import type { Serverless } from '../project/serverless.ts';
import type { Handler } from './events/handler.ts';

/** What the emulator says of an authorizer that names nobody, and of nothing else. */
const NOBODY_NAMED = 'No principalId set on the Response';

/** Whether a refusal of the emulator means that the authorizer failed, as against having refused. */
export const isAuthorizerFailure = ({ message }: { readonly message?: string }): boolean => message === NOBODY_NAMED;

/**
 * The emulator takes any error of an authorizer for a refusal and answers 401, which ends sessions; to the gateway only
 * `Unauthorized` is one. Whatever else an authorizer throws becomes an answer that the emulator words differently.
 */
export function tellingFailures({ service }: Serverless): (handler: Handler, name: string) => Handler {
  const routes = Object.values(service.functions).flatMap(({ events = [] }) => events);
  const authorizers = routes.flatMap(({ http }) => service.functions[http?.authorizer?.name ?? '']?.handler ?? []);
  return (handler, name) => {
    if (!authorizers.some((authorizer) => name.endsWith(authorizer))) return handler;
    return async (event, context) => {
      try {
        return await handler(event, context);
      } catch (error) {
        if (error instanceof Error && error.message === 'Unauthorized') throw error;
        return {};
      }
    };
  };
}
