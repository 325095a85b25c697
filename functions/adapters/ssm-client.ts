import { SSMClient } from '@aws-sdk/client-ssm';
import { clientCalls } from './client-calls.ts';

export function createSsm(): SSMClient {
  return new SSMClient(clientCalls);
}
