import { randomUUID } from 'node:crypto';
import type { BlobPayloadInputTypes, Command, StreamingBlobPayloadInputTypes } from '@smithy/types';
import type { RegionActivity } from './activity/activity.ts';

/** Who makes a call ("IAM identifiers" in the IAM User Guide). */
export interface Caller {
  readonly accessKeyId: string;
  /** `arn:aws:iam::ACCOUNT:root` or `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` */
  readonly arn: string;
  readonly userId: string;
  /** The function whose execution environment was given the key. */
  readonly functionName?: string;
}

/** The circumstances of one API call. */
export interface Call {
  readonly requestId: string;
  readonly caller: Caller;
  /** The region that the request was signed for; undefined of a call in process. */
  readonly region?: string;
  /** The `X-Amzn-Trace-Id` of the request. */
  readonly traceHeader?: string | undefined;
  /** Aborted when the client goes away before it was answered (long polls). */
  readonly signal: AbortSignal;
}

/** One account in one region behind one endpoint: where an instance of a service lives. */
export interface Region {
  readonly accountId: string;
  readonly name: string;
  /** Base URL of the endpoint, without a slash at its end; known once the endpoint listens. */
  readonly endpoint: string;
  /** Where services tell what happens. @default - they tell nothing */
  readonly activity?: RegionActivity;
}

/** `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE` */
export function arn(region: Region, service: string, resource: string): string {
  return `arn:aws:${service}:${region.name}:${region.accountId}:${resource}`;
}

/** An SDK input as it arrives: a client may hand in streams and strings, a server only ever reads bytes. */
type Received<In> = {
  [K in keyof In]: StreamingBlobPayloadInputTypes extends In[K]
    ? Uint8Array | undefined
    : BlobPayloadInputTypes extends In[K]
      ? Uint8Array | undefined
      : In[K];
};

/** An SDK output as it is answered: bytes where the client will see a stream. */
type Answered<Out> = {
  [K in keyof Omit<Out, '$metadata'>]: Out[K] extends Uint8Array | undefined
    ? Uint8Array | undefined
    : Out[K] extends { transformToString: unknown } | undefined
      ? Uint8Array | undefined
      : Out[K];
};

/**
 * One operation, typed by its SDK command: `const createRole: Operation<iam.CreateRoleCommand> = (input, call) => ...`.
 * It throws the SDK's own exception classes, or an {@link AwsError} where the model has none.
 */
export type Operation<C> =
  C extends Command<infer _ClientIn, infer In, infer _ClientOut, infer Out, infer _Config>
    ? (input: Received<In>, call: Call) => Promise<Answered<Out>> | Answered<Out>
    : never;

type OperationName<Client> = { [K in keyof Client]: K extends `${infer Op}Command` ? Op : never }[keyof Client];

/** The handlers of a service by operation, typed by its client module. One that is missing answers 501 by its name. */
export type Handlers<Client> = {
  readonly [Op in OperationName<Client>]?: Client[`${Op}Command` & keyof Client] extends abstract new (
    ...args: never[]
  ) => infer Command
    ? Operation<Command>
    : never;
};

/** An error that the service's model does not list as a class of its own. */
export class AwsError extends Error {
  readonly status: number;
  /** The code in XML, where the older protocols spell it differently. */
  readonly xmlCode: string;

  constructor(code: string, message: string, status = 400, xmlCode = code) {
    super(message);
    this.name = code;
    this.status = status;
    this.xmlCode = xmlCode;
  }
}

/** An error that says more in the REST-XML protocol than its code and its message. */
export class DetailedError extends AwsError {
  /** Elements beside `Code` and `Message`. */
  readonly elements: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    { name, message, status }: AwsError,
    elements: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(name, message, status);
    this.elements = elements;
    this.headers = headers;
  }
}

/** The circumstances of a call that one service of the endpoint makes to another, in process. */
export function internalCall(signal: AbortSignal = neverAborted): Call {
  return { requestId: randomUUID(), caller: internal, signal };
}

const internal: Caller = { accessKeyId: 'internal', arn: 'arn:aws:iam::aws:internal', userId: 'internal' };
const neverAborted = new AbortController().signal;
