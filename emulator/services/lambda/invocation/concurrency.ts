import type * as lambda from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { invalidParameter, throttled, within } from '../errors.ts';
import type { LambdaFunction } from '../function/function.ts';
import { parseFunctionName } from '../function/function-name.ts';
import type { Functions } from '../function/functions.ts';

/** Lambda's quota of concurrent executions of an account in a region. */
const accountConcurrency = 1000;
/** What reservations must leave to the functions that have none. */
const leastUnreserved = 100;

/** Who may run at the same time: reserved concurrency, and what is left of the account's ("Understanding Lambda function scaling"). */
export class Concurrency {
  readonly #functions: Functions;
  #unreservedInFlight = 0;

  constructor(functions: Functions) {
    this.#functions = functions;
  }

  get reserved(): number {
    return this.#functions.all().reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
  }

  get unreserved(): number {
    return accountConcurrency - this.reserved;
  }

  /** Takes a place for one request and gives back what leaves it. @throws TooManyRequestsException */
  enter(owner: LambdaFunction): () => void {
    const hasReservation = owner.reservedConcurrency !== undefined;
    if (hasReservation && owner.inFlight >= (owner.reservedConcurrency ?? 0)) {
      throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    if (!hasReservation && this.#unreservedInFlight >= this.unreserved) {
      throw throttled('ConcurrentInvocationLimitExceeded');
    }
    owner.inFlight++;
    if (!hasReservation) {
      this.#unreservedInFlight++;
    }
    return () => {
      owner.inFlight--;
      if (!hasReservation) {
        this.#unreservedInFlight--;
      }
    };
  }
}

/** Reserved concurrency, and what the account has. */
export function concurrencyOperations(functions: Functions, concurrency: Concurrency) {
  const unqualified = (functionName: string | undefined): LambdaFunction => {
    const reference = parseFunctionName(functionName);
    if (reference.qualifier) {
      throw invalidParameter(
        'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
      );
    }
    return functions.get(reference);
  };
  return {
    PutFunctionConcurrency: ({ FunctionName, ReservedConcurrentExecutions }) => {
      within('reservedConcurrentExecutions', ReservedConcurrentExecutions, 0, Number.MAX_SAFE_INTEGER);
      const owner = unqualified(FunctionName);
      const left = concurrency.unreserved + (owner.reservedConcurrency ?? 0) - (ReservedConcurrentExecutions ?? 0);
      if (left < leastUnreserved) {
        throw invalidParameter(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
        );
      }
      owner.reservedConcurrency = ReservedConcurrentExecutions;
      return { ReservedConcurrentExecutions };
    },
    GetFunctionConcurrency: ({ FunctionName }) => {
      const { reservedConcurrency } = unqualified(FunctionName);
      return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
    },
    DeleteFunctionConcurrency: ({ FunctionName }) => {
      unqualified(FunctionName).reservedConcurrency = undefined;
      return {};
    },
    GetAccountSettings: () => {
      const all = functions.all();
      const versions = all.flatMap((owner) => [owner.latest, ...owner.versions.values()]);
      return {
        AccountLimit: {
          TotalCodeSize: 80_530_636_800,
          CodeSizeUnzipped: 262_144_000,
          CodeSizeZipped: 52_428_800,
          ConcurrentExecutions: accountConcurrency,
          UnreservedConcurrentExecutions: concurrency.unreserved,
        },
        AccountUsage: {
          TotalCodeSize: versions.reduce((sum, { code }) => sum + code.size, 0),
          FunctionCount: all.length,
        },
      };
    },
  } satisfies Handlers<typeof lambda>;
}
