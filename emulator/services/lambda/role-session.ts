import { randomBytes } from 'node:crypto';

/** Keys of a role's session, as an environment finds them in its variables. */
export interface RoleSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const PREFIX = 'ASIA.role.';

/**
 * Keys of a session of the role. The access key names the role, so that whoever serves a request knows which function's
 * permissions it is made with; signatures are not verified.
 */
export function assumeRole(roleArn: string): RoleSession {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    // A comma would end the credential in an Authorization header.
    accessKeyId: PREFIX + name.replaceAll(',', '%2C'),
    secretAccessKey: randomBytes(20).toString('hex'),
    sessionToken: randomBytes(32).toString('base64url'),
  };
}

/** The name of the role whose session an access key belongs to; undefined for any other key. */
export function roleNameOf(accessKeyId: string): string | undefined {
  return accessKeyId.startsWith(PREFIX) ? accessKeyId.slice(PREFIX.length).replaceAll('%2C', ',') : undefined;
}
