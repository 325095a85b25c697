import { STATUS_CODES } from 'node:http';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type FieldError, isRefusal, type Refusal } from '../domain/errors.ts';

/** An answer that says what went wrong, by RFC 9457. */
interface Problem {
  /** Names the kind of problem, for programs. `about:blank` where the status says it all. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The fields to put right. */
  readonly errors?: readonly FieldError[];
}

/** No route has this path. */
export class RouteNotFound extends Error {
  override readonly name = 'RouteNotFound';

  constructor(path: string) {
    super(`There is nothing at ${path}.`);
  }
}

/** The path is known, but not with this method. */
export class MethodNotAllowed extends Error {
  override readonly name = 'MethodNotAllowed';
  readonly allowed: readonly string[];

  constructor(method: string, allowed: readonly string[]) {
    super(`${method} is not possible here.`);
    this.allowed = allowed;
  }
}

/**
 * How each refusal is reported in HTTP. A body that is not JSON is 400; one that is JSON, and still not acceptable, is 422,
 * and so are headers and query parameters.
 */
const refusals = {
  NotJson: { status: 400, type: 'not-json', title: 'The body is not JSON' },
  OrderNotFound: { status: 404, type: 'order-not-found', title: 'There is no such order' },
  BodyTooLarge: { status: 413, type: 'body-too-large', title: 'The body is too large' },
  InvalidRequest: { status: 422, type: 'invalid-request', title: 'The request is not valid' },
  UnknownRecipe: { status: 422, type: 'unknown-recipe', title: 'There is no such recipe' },
  IdempotencyKeyReused: { status: 422, type: 'idempotency-key-reused', title: 'The idempotency key was used before' },
} as const satisfies Record<Refusal['name'], { status: number; type: string; title: string }>;

/**
 * Answers every error in problem+json. What the client cannot put right is answered 500 without a word of what it was;
 * the log has it all, under the request's id.
 */
export function problemJson(logger: Logger): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      const { error } = request;
      const problem = problemOf(error);
      if (problem.status < 500) {
        logger.info('RequestRefused', { status: problem.status, problem: problem.type });
      } else {
        logger.error('RequestFailed', { error });
      }
      request.response = {
        statusCode: problem.status,
        headers: {
          'content-type': 'application/problem+json',
          ...(error instanceof MethodNotAllowed && { allow: error.allowed.join(', ') }),
        },
        body: JSON.stringify(problem),
      };
    },
  };
}

function problemOf(error: unknown): Problem {
  if (isRefusal(error)) {
    const { status, type, title } = refusals[error.name];
    return {
      type: `urn:problem:cookie-factory:${type}`,
      title,
      status,
      detail: error.message,
      ...(error.fields.length > 0 && { errors: error.fields }),
    };
  }
  if (error instanceof RouteNotFound) {
    return plainProblem(404, error.message);
  }
  if (error instanceof MethodNotAllowed) {
    return plainProblem(405, error.message);
  }
  return plainProblem(500, 'Something went wrong on our side. Nothing that was acknowledged is lost.');
}

function plainProblem(status: number, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
}
