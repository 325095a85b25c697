import type { ClientConfiguration } from '../adapters/endpoint.fixture.ts';

/** What the cleanup process finds in its environment, at an endpoint and with the table `orders` and a queue there. */
export const cleanupEnvironment = ({ endpoint, region, credentials }: ClientConfiguration, queueUrl: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  POWERTOOLS_SERVICE_NAME: 'cleanup',
  POWERTOOLS_METRICS_NAMESPACE: 'CookieFactory',
  ORDER_TABLE: 'orders',
  BAKE_QUEUE_URL: queueUrl,
  KEEP_BAKED_MINUTES: '60',
  EXPIRE_MINUTES: '120',
  REQUEUE_MINUTES: '5',
  RELEASE: '4711',
});
