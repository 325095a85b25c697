import { createHash, randomBytes } from 'node:crypto';
import type { Caller } from '../operation.ts';

/** Keys as a client is given them. */
export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** An access key whose secret this endpoint knows. */
export interface AccessKey {
  readonly secretAccessKey: string;
  /** What a request must carry beside its signature, where the key is of a session. */
  readonly sessionToken?: string;
  /** Milliseconds since the epoch, where the key ends. */
  readonly expiresAt?: number;
  readonly caller: Caller;
}

/** A session of a role that is to begin. */
export interface SessionRequest {
  /** The role's name, without its path. */
  readonly role: string;
  readonly sessionName: string;
  /** The function whose execution environment is given the keys. */
  readonly functionName?: string;
  /** Milliseconds since the epoch. @default - the keys hold until they are revoked */
  readonly expiresAt?: number;
}

/**
 * The access keys that the endpoint knows: those it was started with, which are the account's root, and those of the
 * sessions that it issued. Requests that they sign are verified.
 */
export class AccessKeys {
  readonly #accountId: string;
  readonly #keys = new Map<string, AccessKey>();

  /** @param known secrets by access key */
  constructor(accountId: string, known: Readonly<Record<string, string>> = {}) {
    this.#accountId = accountId;
    for (const [accessKeyId, secretAccessKey] of Object.entries(known)) {
      this.#keys.set(accessKeyId, { secretAccessKey, caller: this.rootOf(accessKeyId) });
    }
  }

  find(accessKeyId: string): AccessKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  /** The account's root, by whichever key. */
  rootOf(accessKeyId: string): Caller {
    return { accessKeyId, arn: `arn:aws:iam::${this.#accountId}:root`, userId: this.#accountId };
  }

  /** Begins a session of a role ("IAM identifiers": the caller is the role's session, not the role). */
  issue({ role, sessionName, functionName, expiresAt }: SessionRequest): SessionKeys & { readonly caller: Caller } {
    this.#forgetExpired();
    const keys: SessionKeys = {
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
    const caller: Caller = {
      accessKeyId: keys.accessKeyId,
      arn: `arn:aws:sts::${this.#accountId}:assumed-role/${role}/${sessionName}`,
      userId: `${roleIdOf(role)}:${sessionName}`,
      ...(functionName !== undefined && { functionName }),
    };
    const { secretAccessKey, sessionToken } = keys;
    this.#keys.set(keys.accessKeyId, {
      secretAccessKey,
      sessionToken,
      caller,
      ...(expiresAt !== undefined && { expiresAt }),
    });
    return { ...keys, caller };
  }

  /** Ends a key. Whoever still uses it hears that it has expired, and does not count as somebody unknown. */
  revoke(accessKeyId: string): void {
    const key = this.#keys.get(accessKeyId);
    if (key) {
      this.#keys.set(accessKeyId, { ...key, expiresAt: Date.now() });
    }
  }

  #forgetExpired(): void {
    const now = Date.now();
    for (const [id, { expiresAt }] of this.#keys) {
      // Kept a while, so that whoever still uses it hears that it has expired.
      if (expiresAt !== undefined && expiresAt + keptAfterExpiryMs < now) {
        this.#keys.delete(id);
      }
    }
  }
}

const keptAfterExpiryMs = 3_600_000;

/** The same for all sessions of a role. */
function roleIdOf(role: string): string {
  return `AROA${createHash('sha256').update(role).digest('hex').slice(0, 16).toUpperCase()}`;
}
