import { createHmac } from 'node:crypto';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Sign, SupplierKey } from '../domain/ports.ts';

/** Seconds for which a key is used before it is fetched again: how long after a rotation the old one still signs. */
const maxAge = 5;

/** The supplier's key in Secrets Manager. It signs with HMAC-SHA256. */
export class SupplierKeySecret implements SupplierKey {
  readonly #provider: SecretsProvider;
  readonly #secret: string;

  /** @param secret - Name or ARN. */
  constructor(client: SecretsManagerClient, secret: string) {
    this.#provider = new SecretsProvider({ awsSdkV3Client: client });
    this.#secret = secret;
  }

  async signer(): Promise<Sign> {
    const key = await this.#provider.get(this.#secret, { maxAge, throwOnMissing: true });
    return (statement) => createHmac('sha256', key).update(statement).digest('hex');
  }
}
