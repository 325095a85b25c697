/** Where the workshop's endpoint is unless `AWS_ENDPOINT_URL` says otherwise. */
export const defaultEndpoint = 'http://127.0.0.1:4566';

/** The endpoint that the environment names. */
export function endpointUrl(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['AWS_ENDPOINT_URL'] || defaultEndpoint;
}

/** What the AWS SDKs, the AWS CLI and the CDK CLI need in order to talk to an endpoint, and nothing but that endpoint. */
export interface AwsEnvironment {
  readonly set: {
    readonly AWS_ENDPOINT_URL: string;
    readonly AWS_ACCESS_KEY_ID: string;
    readonly AWS_SECRET_ACCESS_KEY: string;
    readonly AWS_REGION: string;
    readonly AWS_DEFAULT_REGION: string;
    readonly AWS_EC2_METADATA_DISABLED: string;
    /** Overrules a shared configuration file that hides the endpoint from the SDKs. */
    readonly AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: string;
  };
  /** Variables that would lead elsewhere: another identity, or an endpoint of one service. */
  readonly unset: readonly string[];
}

const leadsElsewhere = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_USE_FIPS_ENDPOINT',
];

/**
 * An access key that no AWS account has, and like no other tool's, because the CDK CLI remembers on disk which account a
 * key belongs to.
 */
const localKey = { id: 'COOKIEFACTORYLOCAL', secret: 'not-a-secret' };

/** The keys that an embedded endpoint of this project is started with: requests that they sign are verified. */
export const localAccessKeys: Readonly<Record<string, string>> = { [localKey.id]: localKey.secret };

/** Points tools at an endpoint. */
export function awsEnvironment(endpoint: string, environment: NodeJS.ProcessEnv = process.env): AwsEnvironment {
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'eu-west-1';
  const set = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: localKey.id,
    AWS_SECRET_ACCESS_KEY: localKey.secret,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
  };
  const ofOneService = Object.keys(environment).filter((name) => name.startsWith('AWS_ENDPOINT_URL_'));
  return { set, unset: [...leadsElsewhere, ...ofOneService] };
}

/** The environment of a child process that is to talk to AWS itself, whatever endpoint this one is pointed at. */
export function environmentForAws(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { AWS_ENDPOINT_URL: _, ...rest } = environment;
  return rest;
}

/** The environment of a child process that is to talk to an endpoint. */
export function environmentFor(endpoint: string, environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { set, unset } = awsEnvironment(endpoint, environment);
  const kept = Object.entries(environment).filter(([name]) => !unset.includes(name));
  return { ...Object.fromEntries(kept), ...set };
}
