import { randomBytes } from 'node:crypto';

/** Keys of a role's session, as an environment finds them in its variables. */
export interface RoleSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const PREFIX = 'ASIA.role.';

/**
 * Keys of a function's session of its role. The access key names both, so that whoever serves a request knows which
 * function made it, and with which permissions; signatures are not verified.
 */
export function assumeRole(roleArn: string, functionName: string): RoleSession {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    // A comma would end the credential in an Authorization header. A function's name has no dot.
    accessKeyId: `${PREFIX}${name.replaceAll(',', '%2C')}.${functionName}`,
    secretAccessKey: randomBytes(20).toString('hex'),
    sessionToken: randomBytes(32).toString('base64url'),
  };
}

/** The name of the role whose session an access key belongs to; undefined for any other key. */
export function roleNameOf(accessKeyId: string): string | undefined {
  return accessKeyId.startsWith(PREFIX)
    ? accessKeyId.slice(PREFIX.length, accessKeyId.lastIndexOf('.')).replaceAll('%2C', ',')
    : undefined;
}

/** The name of the function that an access key was given to; undefined for any other key. */
export function functionOf(accessKeyId: string): string | undefined {
  return accessKeyId.startsWith(PREFIX) ? accessKeyId.slice(accessKeyId.lastIndexOf('.') + 1) : undefined;
}
