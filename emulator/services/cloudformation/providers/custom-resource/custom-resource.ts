import { randomBytes } from 'node:crypto';
import { customResourcePath } from '../../../../wire/custom-resource-path.ts';
import type { WireAnswer, WireRequest } from '../../../../wire/http.ts';
import { AwsError } from '../../../../wire/operation.ts';
import { validationError } from '../../errors.ts';

/** What a custom resource's function answers. Source: CloudFormation User Guide, "Custom resource response objects". */
export interface CustomResourceResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId?: string;
  /** What `Fn::GetAtt` gives. */
  readonly Data?: Readonly<Record<string, unknown>>;
}

/** A request whose answer is awaited. */
export interface PendingResponse {
  /** Where the answer is to be PUT. It needs no signature and cannot be guessed. */
  readonly url: string;
  /** Rejects where no answer comes in time, an answer is no such thing, or the endpoint closes. */
  readonly response: Promise<CustomResourceResponse>;
  /** Waits no more: the promise rejects with the error. */
  cancel(error: Error): void;
}

interface Waiting {
  resolve(response: CustomResourceResponse): void;
  reject(error: Error): void;
}

/** Source: "Custom resource response objects": the limit of the answer in bytes. */
const responseLimit = 4096;

/**
 * The answers that custom resources owe: a page of the endpoint, in the place of the presigned S3 URL that AWS hands out.
 * One instance serves all regions.
 */
export class CustomResourceCallbacks {
  readonly path = customResourcePath;
  readonly #endpoint: () => string;
  readonly #waiting = new Map<string, Waiting>();

  /** @param endpoint the endpoint's base URL, asked for only once it listens */
  constructor(endpoint: () => string) {
    this.#endpoint = endpoint;
  }

  /** Opens a URL for one answer, for a time in seconds. */
  expect(timeoutSeconds: number): PendingResponse {
    const token = randomBytes(24).toString('base64url');
    const { promise: response, resolve, reject } = Promise.withResolvers<CustomResourceResponse>();
    // Whoever cancels does not look at the promise any more.
    response.catch(() => {});
    const timer = setTimeout(() => settle(() => reject(timedOut())), timeoutSeconds * 1000).unref();
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      this.#waiting.delete(token);
      how();
    };
    this.#waiting.set(token, {
      resolve: (answer) => settle(() => resolve(answer)),
      reject: (error) => settle(() => reject(error)),
    });
    return {
      url: `${this.#endpoint()}${customResourcePath}${token}`,
      response,
      cancel: (error) => settle(() => reject(error)),
    };
  }

  /** Takes an answer, as a page of the gateway; below {@link path}. */
  answer({ method, path, body }: WireRequest): WireAnswer {
    const waiting = this.#waiting.get(path.slice(customResourcePath.length));
    if (!waiting) {
      return plain(403, 'AccessDenied: no request waits for this answer. It was answered before, or the time is over.');
    }
    if (method !== 'PUT') {
      return plain(405, 'MethodNotAllowed: the answer is to be PUT.');
    }
    try {
      waiting.resolve(parseResponse(body));
    } catch (error) {
      waiting.reject(error as Error);
    }
    return plain(200, '');
  }

  /** Fails what is still waited for, so that no deployment keeps the endpoint from closing. */
  close(): void {
    for (const { reject } of this.#waiting.values()) {
      reject(new AwsError('ServiceUnavailable', 'The endpoint was closed before the custom resource answered.', 503));
    }
  }
}

function parseResponse(body: Buffer): CustomResourceResponse {
  if (body.length > responseLimit) {
    throw validationError('Response object is too long.');
  }
  const { Status, Reason, PhysicalResourceId, Data } = objectOf(body.toString());
  if (Status !== 'SUCCESS' && Status !== 'FAILED') {
    throw invalidResponse(`Value of property Status must be SUCCESS or FAILED, not ${JSON.stringify(Status)}`);
  }
  if (PhysicalResourceId !== undefined && (typeof PhysicalResourceId !== 'string' || PhysicalResourceId === '')) {
    throw invalidResponse('Value of property PhysicalResourceId must be a string that is not empty');
  }
  if (Data !== undefined && Data !== null && (typeof Data !== 'object' || Array.isArray(Data))) {
    throw invalidResponse('Value of property Data must be an object');
  }
  return {
    Status,
    ...(typeof Reason === 'string' && { Reason }),
    ...(PhysicalResourceId !== undefined && { PhysicalResourceId }),
    ...(Data !== undefined && Data !== null && { Data: Data as Readonly<Record<string, unknown>> }),
  };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Answered below, like JSON that is no object.
  }
  throw invalidResponse('it is no JSON object');
}

const invalidResponse = (why: string): AwsError => validationError(`Invalid response object: ${why}.`);

const timedOut = (): AwsError =>
  validationError(
    'CloudFormation did not receive a response from your Custom Resource within its ServiceTimeout. Please check the logs of its function.',
  );

const plain = (status: number, body: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
});
