import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsError, type Call, type Caller } from './wire/operation.ts';
import type { ServiceModel } from './wire/service.ts';

/** Calls that are to fail or to take their time. */
export interface CallFault {
  /** `sqs:SendMessage` */
  readonly call: string;
  /** The function whose calls are meant. @default - everybody's */
  readonly function?: string | undefined;
  /** How many calls. */
  readonly times: number;
  /** The share of these calls that meet it, evenly spread: 0.25 is every fourth. @default 1 */
  readonly share?: number | undefined;
  /** The code of the error that they fail with. @default - they do not fail */
  readonly fail?: string | undefined;
  /** How long they are kept waiting, in milliseconds. @default 0 */
  readonly delayMs?: number | undefined;
}

/** A fault, and how many calls it has met. */
export interface KnownFault extends CallFault {
  readonly id: string;
  readonly applied: number;
}

/** Faults that wait for their calls. A call meets one of them at the most: the oldest that means it. */
export class CallFaults {
  readonly #faults = new Map<string, WaitingCallFault>();
  readonly #onApplied: (fault: KnownFault, caller: Caller) => void;

  /** @param onApplied called with each call that meets a fault */
  constructor(onApplied: (fault: KnownFault, caller: Caller) => void) {
    this.#onApplied = onApplied;
  }

  /** Its id is the one by which it can be taken back. */
  add(fault: CallFault): KnownFault {
    const known = { id: randomUUID(), ...fault, applied: 0 };
    this.#faults.set(known.id, { known, due: 0 });
    return known;
  }

  all(): KnownFault[] {
    return [...this.#faults.values()].map(({ known }) => known);
  }

  /** Takes a fault back. Answers what it was; undefined where there is none of this id. */
  remove(id: string): KnownFault | undefined {
    const fault = this.#faults.get(id);
    this.#faults.delete(id);
    return fault?.known;
  }

  /**
   * Lets a call meet its fault, if there is one.
   * @throws the error that the call is to fail with; RequestTimeout where its client went away while it was kept waiting
   */
  async meet(operation: string, { caller, signal }: Call, model: ServiceModel): Promise<void> {
    const fault = this.#faultFor(operation, caller);
    if (!fault) {
      return;
    }
    fault.applied++;
    this.#onApplied(fault, caller);
    if (fault.delayMs) {
      await wait(fault.delayMs, undefined, { signal }).catch(() => {
        throw new AwsError('RequestTimeout', 'The client went away while the fault port kept its call waiting.');
      });
    }
    if (fault.fail) {
      throw errorOf(fault.fail, operation, model);
    }
  }

  #faultFor(operation: string, { functionName }: Caller): (KnownFault & { applied: number }) | undefined {
    for (const fault of this.#faults.values()) {
      const { known } = fault;
      if (known.call !== operation || known.applied >= known.times) {
        continue;
      }
      if (known.function !== undefined && known.function !== functionName) {
        continue;
      }
      fault.due += known.share ?? 1;
      if (fault.due >= 1 - roundingError) {
        fault.due -= 1;
        return known;
      }
    }
    return undefined;
  }
}

interface WaitingCallFault {
  readonly known: KnownFault & { applied: number };
  /** How many calls it is to meet by now, and has not. */
  due: number;
}

/** Ten times 0.1 is a little less than 1. */
const roundingError = 1e-9;

/** What services answer of their own accord, whatever their model lists ("Common errors" of the API references). */
const commonStatus: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  AccessDeniedException: 400,
  InternalError: 500,
  InternalFailure: 500,
  InternalServerError: 500,
  ServiceUnavailable: 503,
  SlowDown: 503,
};

/** An error that the service's model lists has the status of the model. */
function errorOf(code: string, operation: string, model: ServiceModel): Error {
  const message = `The fault port fails this ${operation}.`;
  if (model.errors.has(code)) {
    return Object.assign(new Error(message), { name: code });
  }
  return new AwsError(code, message, commonStatus[code] ?? 400);
}
