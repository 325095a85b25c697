import type { StaticErrorSchema } from '@smithy/types';
import { AwsError } from './operation.ts';
import { normalize, traitsOf } from './schema.ts';
import type { ServiceModel } from './service.ts';

/** An error on its way to a client, whatever the protocol. */
export interface Failure {
  readonly name: string;
  /** The code in the query protocol, where older services spell it differently. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly fault: 'client' | 'server';
  readonly schema: StaticErrorSchema | undefined;
  /** The thrown error, whose own members a modelled error carries. */
  readonly error: Readonly<Record<string, unknown>>;
}

/**
 * What a client learns of a thrown error. An unforeseen one is a 500; what it says is for stderr alone, because it
 * may name files of this machine.
 * @param what the service, or the operation where it is known
 */
export function failureOf(thrown: unknown, model: ServiceModel, what: string): Failure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const schema = model.errors.get(error.name);
  if (!schema && !(error instanceof AwsError)) {
    reportUnforeseen(what, error);
    const message = `${what} failed unexpectedly. The endpoint says more on its stderr.`;
    return {
      name: 'InternalFailure',
      code: 'InternalFailure',
      message,
      status: 500,
      fault: 'server',
      schema,
      error: {},
    };
  }
  const traits = schema ? (traitsOf(normalize(schema)) as ErrorTraits) : {};
  const fault = traits.error ?? (error instanceof AwsError && error.status >= 500 ? 'server' : 'client');
  const status = error instanceof AwsError ? error.status : (traits.httpError ?? (fault === 'client' ? 400 : 500));
  const code = traits.awsQueryError?.[0] ?? (error instanceof AwsError ? error.xmlCode : error.name);
  return { name: error.name, code, message: error.message, status, fault, schema, error: { ...error } };
}

/** Says on one line of stderr what went wrong with something, and where. */
export function reportUnforeseen(what: string, thrown: unknown): void {
  const [first, ...frames] = String(thrown instanceof Error ? thrown.stack : thrown).split('\n');
  const frame = frames.find((line) => /^\s+at /.test(line))?.trim();
  console.error(`${what} failed unexpectedly: ${first}${frame ? ` ${frame}` : ''}`);
}

interface ErrorTraits {
  readonly error?: 'client' | 'server';
  readonly httpError?: number;
  readonly awsQueryError?: readonly [code: string, status: number];
}
