import { AlreadyExistsException } from '@aws-sdk/client-cloudformation';
import { validationError } from '../errors.ts';
import type { Stack } from './stack.ts';

/** The stacks of a region. A name belongs to one stack at a time; one that was deleted is found by its ARN alone. */
export class Stacks {
  readonly #byId = new Map<string, Stack>();

  /** Throws AlreadyExistsException where a stack of that name is there. */
  add(stack: Stack): void {
    if (this.find(stack.name)) {
      throw new AlreadyExistsException({ message: `Stack [${stack.name}] already exists`, $metadata: {} });
    }
    this.#byId.set(stack.id, stack);
  }

  /** Oldest first, deleted ones included. */
  all(): Stack[] {
    return [...this.#byId.values()];
  }

  find(nameOrId: string | undefined): Stack | undefined {
    if (nameOrId === undefined) {
      return undefined;
    }
    return this.#byId.get(nameOrId) ?? this.all().find((stack) => stack.name === nameOrId && !stack.isDeleted);
  }

  /** The stack, or the `ValidationError` that the operations which read answer: "Stack with id X does not exist". */
  get(nameOrId: string | undefined): Stack {
    return this.find(nameOrId) ?? refuse(`Stack with id ${nameOrId} does not exist`);
  }

  /** The stack, or the `ValidationError` that the operations which write answer: "Stack [X] does not exist". */
  getForChange(nameOrId: string | undefined): Stack {
    const stack = this.find(nameOrId);
    return stack && !stack.isDeleted ? stack : refuse(`Stack [${nameOrId}] does not exist`);
  }
}

function refuse(message: string): never {
  throw validationError(message);
}
