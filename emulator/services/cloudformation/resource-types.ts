import { validationError } from './errors.ts';
import type { ResourceProvider } from './provider.ts';
import type { DependencyGraph } from './template/graph.ts';
import { unservedFunctions } from './template/intrinsics.ts';
import { intrinsicOf } from './template/references.ts';
import { isObject, type ResourceDefinition, type Template } from './template/template.ts';

/** The resource types that exist here: a provider each, or one for a family such as `Custom::*`. */
export class ResourceTypes {
  readonly #exact = new Map<string, ResourceProvider>();
  readonly #families: (readonly [prefix: string, provider: ResourceProvider])[] = [];

  constructor(providers: readonly ResourceProvider[]) {
    for (const provider of providers) {
      if (provider.type.endsWith('*')) {
        this.#families.push([provider.type.slice(0, -1), provider]);
      } else {
        this.#exact.set(provider.type, provider);
      }
    }
  }

  find(type: string): ResourceProvider | undefined {
    return this.#exact.get(type) ?? this.#families.find(([prefix]) => type.startsWith(prefix))?.[1];
  }

  /** The provider of a type that is known to exist, as it does once {@link ResourceTypes.check} has passed. */
  get(type: string): ResourceProvider {
    const provider = this.find(type);
    if (!provider) {
      throw validationError(`Template format error: Unrecognized resource types: [${type}]`);
    }
    return provider;
  }

  /**
   * Refuses, by name, what is not served: all that a template has of it, together, so that one try is enough. Resources whose condition is false are not looked at.
   */
  check(template: Template, graph: DependencyGraph, condition: (name: string) => boolean): void {
    const active = [...template.resources].filter(([id]) => graph.has(id));
    const unknown = new Set(active.map(([, { Type }]) => Type).filter((type) => !this.find(type)));
    const functions = new Set(active.flatMap(([, { Properties }]) => unservedFunctions(Properties)));
    const refusals = [
      ...template.unserved,
      ...(unknown.size > 0 ? [`Template format error: Unrecognized resource types: [${[...unknown].join(', ')}]`] : []),
      ...[...functions].map((name) => `Template error: ${name} is not served by this endpoint.`),
      ...active.flatMap(([id, definition]) => this.#refusalsOf(id, definition, condition)),
    ];
    if (refusals.length > 0) {
      throw validationError(refusals.join('\n'));
    }
  }

  #refusalsOf(
    id: string,
    { Type, Properties = {}, UpdatePolicy }: ResourceDefinition,
    condition: (name: string) => boolean,
  ): string[] {
    const provider = this.find(Type);
    if (!provider) {
      return [];
    }
    const given = Object.entries(Properties).filter(([, value]) => !isNoValue(value, condition));
    const extraneous = given
      .filter(([name]) => !requirementOf(provider, name))
      .map(
        ([name]) =>
          `#: extraneous key [${name}] is not permitted: this endpoint does not serve that property of ${Type}`,
      );
    const policies = Object.keys(Object(UpdatePolicy)).filter((name) => !provider.updatePolicies?.[name]);
    const values = provider.refusals?.(Object.fromEntries(given), id) ?? [];
    return [
      ...policies.map(
        (name) => `Template format error: [/Resources/${id}/UpdatePolicy] ${name} is not served by this endpoint.`,
      ),
      ...[...extraneous, ...values].map(
        (message) => `Properties validation failed for resource ${id} with message: ${message}`,
      ),
    ];
  }
}

/** What a change of a property demands, or undefined for a property that the provider does not know. */
export function requirementOf({ properties }: ResourceProvider, name: string): 'in place' | 'replacement' | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : properties['*'];
}

function isNoValue(value: unknown, condition: (name: string) => boolean): boolean {
  const call = isObject(value) ? intrinsicOf(value) : undefined;
  if (call?.name === 'Ref') {
    return call.argument === 'AWS::NoValue';
  }
  if (call?.name !== 'Fn::If' || !Array.isArray(call.argument)) {
    return false;
  }
  const [name, whenTrue, whenFalse] = call.argument as unknown[];
  return isNoValue(typeof name === 'string' && condition(name) ? whenTrue : whenFalse, condition);
}
