import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientCalls } from './client-calls.ts';

export function createSecretsManager(): SecretsManagerClient {
  return new SecretsManagerClient(clientCalls);
}
