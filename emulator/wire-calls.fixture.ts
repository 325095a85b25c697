import { authorization } from './gateway.fixture.ts';

/** A request, made by hand, for what no client would send. */
export interface WireCall {
  readonly path?: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface HostileRequest {
  readonly what: string;
  /** Made when it is needed: some are large. */
  readonly request: () => WireCall;
  /** What has to be there first. */
  readonly before?: readonly (() => WireCall)[];
  readonly status: number;
  /** What the answer says. */
  readonly says?: RegExp;
}

const targets: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB_20120810',
  events: 'AWSEvents',
  logs: 'Logs_20140328',
  secretsmanager: 'secretsmanager',
  sqs: 'AmazonSQS',
  ssm: 'AmazonSSM',
};

/** A call in AWS JSON; a text goes out as it is. */
export const json = (service: string, operation: string, input: object | string): WireCall => ({
  headers: {
    authorization: authorization(service),
    'content-type':
      service === 'dynamodb' || service === 'sqs' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1',
    'x-amz-target': `${targets[service]}.${operation}`,
  },
  body: typeof input === 'string' ? input : JSON.stringify(input),
});

export const form = (service: string, body: string): WireCall => ({
  headers: { authorization: authorization(service), 'content-type': 'application/x-www-form-urlencoded' },
  body,
});

export const query = (service: string, Action: string, parameters: Record<string, string>): WireCall =>
  form(service, new URLSearchParams({ Action, ...parameters }).toString());

export const cloudformation = (Action: string, parameters: Record<string, string>): WireCall =>
  query('cloudformation', Action, { Version: '2010-05-15', ...parameters });

export const s3 = (method: string, path: string, body: string | Buffer = ''): WireCall => ({
  method,
  path,
  headers: { authorization: authorization('s3') },
  body,
});

/** A bucket in the region that these calls are signed for. */
export const bucket = (name: string): WireCall =>
  s3(
    'PUT',
    `/${name}`,
    '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>',
  );

export const cbor = (service: string, operation: string, body: Buffer): WireCall => ({
  path: `/service/x/operation/${operation}`,
  headers: {
    authorization: authorization(service),
    'smithy-protocol': 'rpc-v2-cbor',
    'content-type': 'application/cbor',
  },
  body,
});
