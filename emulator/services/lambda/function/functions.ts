import { tellOfResource } from '../../../wire/activity/activity.ts';
import { arn, type Region } from '../../../wire/operation.ts';
import { notFound } from '../errors.ts';
import type { LambdaFunction } from './function.ts';
import type { FunctionReference } from './function-name.ts';

/** The functions of a region by name. */
export class Functions {
  readonly #functions = new Map<string, LambdaFunction>();
  readonly region: Region;

  constructor(region: Region) {
    this.region = region;
  }

  arnOf(name: string): string {
    return arn(this.region, 'lambda', `function:${name}`);
  }

  has(name: string): boolean {
    return this.#functions.has(name);
  }

  /** @throws ResourceNotFoundException */
  get({ name, qualifier }: FunctionReference): LambdaFunction {
    const found = this.#functions.get(name);
    if (!found) {
      throw notFound(`Function not found: ${this.arnOf(name)}${qualifier ? `:${qualifier}` : ''}`);
    }
    return found;
  }

  add(added: LambdaFunction): void {
    this.#functions.set(added.name, added);
    tellOfResource(this.region.activity, 'resource.created', 'function', added.name);
  }

  remove(name: string): void {
    this.#functions.delete(name);
    tellOfResource(this.region.activity, 'resource.deleted', 'function', name);
  }

  all(): LambdaFunction[] {
    return [...this.#functions.values()];
  }
}
