import type { StaticOperationSchema } from '@smithy/types';
import type { Failure } from '../failure.ts';
import type { WireAnswer, WireRequest } from '../http.ts';
import type { ServiceModel } from '../service.ts';

/** An AWS protocol, seen from the server. */
export interface Protocol {
  /** The operation that a request asks for, or undefined where the service has none such. */
  operation(model: ServiceModel, request: WireRequest): StaticOperationSchema | undefined;
  decode(operation: StaticOperationSchema, request: WireRequest, model: ServiceModel): Promise<unknown>;
  encode(operation: StaticOperationSchema, output: unknown, model: ServiceModel, requestId: string): WireAnswer;
  fail(failure: Failure, model: ServiceModel, requestId: string): WireAnswer;
}
