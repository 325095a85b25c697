import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * What the bundle of a function has in the place of `@aws-sdk/credential-provider-node`. Lambda puts the keys of the function's
 * role into the environment (Lambda Developer Guide, "Defined runtime environment variables"). The SDK's default also looks in
 * files, at single sign-on, at web identities and at two servers. A fifth of a bundle was that, and none of it was ever asked.
 * The keys do not change while a process lives, so they are read once.
 *
 * @throws CredentialsProviderError, by the SDK's first call, where the environment has no keys
 */
export function defaultProvider(...options: Parameters<typeof fromEnv>): ReturnType<typeof fromEnv> {
  const read = fromEnv(...options);
  let keys: ReturnType<typeof read> | undefined;
  return () => {
    keys ??= read();
    return keys;
  };
}
