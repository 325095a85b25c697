import * as ssm from '@aws-sdk/client-ssm';
import type { Region } from '../../wire/operation.ts';
import { Parameter } from './parameter.ts';
import { checkName, parameterArn } from './parameter-name.ts';

/** All parameters of a region, by name: `x` and `/x` are one, as their ARNs are. */
export class Parameters {
  readonly region: Region;
  readonly #parameters = new Map<string, Parameter>();

  constructor(region: Region) {
    this.region = region;
  }

  /** The parameter with this name or ARN. */
  find(id: string): Parameter | undefined {
    const named = this.#parameters.get(keyOf(id));
    if (named || !id.startsWith('arn:')) {
      return named;
    }
    // An ARN does not tell whether the name began with a slash, so that it cannot be turned back into the name.
    return this.sorted().find(({ name }) => parameterArn(this.region, name) === id);
  }

  /** @throws ParameterNotFound */
  get(id: string): Parameter {
    const found = this.find(id);
    if (found) {
      return found;
    }
    throw new ssm.ParameterNotFound({ message: `Parameter ${id} not found.`, $metadata: {} });
  }

  /** A new parameter, which counts only once it is {@link add}ed. @throws where the name is not allowed */
  draft(name: string): Parameter {
    checkName(this.region, name);
    return new Parameter(name);
  }

  add(parameter: Parameter): void {
    this.#parameters.set(keyOf(parameter.name), parameter);
  }

  /** Whether there was such a parameter. */
  delete(id: string): boolean {
    return this.#parameters.delete(keyOf(this.find(id)?.name ?? id));
  }

  /** All parameters in the order of their names. */
  sorted(): Parameter[] {
    return [...this.#parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** A name that is no path is the same with a slash before it. */
const keyOf = (name: string): string => (name.lastIndexOf('/') === 0 ? name.slice(1) : name);
