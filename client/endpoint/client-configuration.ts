import { awsEnvironment } from './aws-environment.ts';

/** The configuration of an SDK client that talks to an endpoint of the workshop. */
export function clientConfiguration(endpoint: string) {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION } = awsEnvironment(endpoint).set;
  return {
    endpoint,
    region: AWS_REGION,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    maxAttempts: 2,
  };
}
