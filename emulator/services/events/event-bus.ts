import * as eventbridge from '@aws-sdk/client-eventbridge';
import { arn, type Region } from '../../wire/operation.ts';
import { noTags } from '../../wire/tags.ts';
import { busNotFound, notServed, ruleNotFound, validationException } from './errors.ts';
import type { Rule } from './rule.ts';

export const defaultBus = 'default';

/** An event bus and its rules. */
export class EventBus {
  readonly name: string;
  readonly arn: string;
  readonly created = new Date();
  tags = noTags;
  readonly rules = new Map<string, Rule>();
  /** Of its policy, by their ids. */
  statements: ReadonlyMap<string, Readonly<Record<string, unknown>>> = new Map();
  description: string | undefined;
  kmsKeyIdentifier: string | undefined;
  deadLetterConfig: eventbridge.DeadLetterConfig | undefined;

  constructor(busArn: string, request: eventbridge.CreateEventBusRequest) {
    this.name = request.Name ?? '';
    this.arn = busArn;
    this.description = request.Description;
    this.kmsKeyIdentifier = request.KmsKeyIdentifier;
    this.deadLetterConfig = request.DeadLetterConfig;
  }

  /** @throws ResourceNotFoundException */
  rule(name: string | undefined): Rule {
    const found = this.rules.get(name ?? '');
    if (!found) {
      throw ruleNotFound(name ?? '', this.name);
    }
    return found;
  }

  sortedRules(): Rule[] {
    return [...this.rules.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** The event buses of a region, of which the default one is always there. */
export class EventBuses {
  readonly region: Region;
  readonly #buses = new Map<string, EventBus>();

  constructor(region: Region) {
    this.region = region;
    this.#add({ Name: defaultBus });
  }

  /** @throws ResourceAlreadyExistsException, ValidationException */
  create(request: eventbridge.CreateEventBusRequest): EventBus {
    const { Name = '' } = request;
    if (this.#buses.has(Name)) {
      const message = `Event bus ${Name} already exists.`;
      throw new eventbridge.ResourceAlreadyExistsException({ message, $metadata: {} });
    }
    if (request.EventSourceName || Name.startsWith('aws.')) {
      throw notServed('A partner event bus is');
    }
    if (request.LogConfig) {
      throw notServed('LogConfig is');
    }
    if (!/^[.\-_A-Za-z0-9]{1,256}$/.test(Name)) {
      throw validationException(
        `1 validation error detected: Value '${Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
      );
    }
    return this.#add(request);
  }

  #add(request: eventbridge.CreateEventBusRequest): EventBus {
    const bus = new EventBus(arn(this.region, 'events', `event-bus/${request.Name}`), request);
    this.#buses.set(bus.name, bus);
    return bus;
  }

  /** The bus with a name or an ARN; without either, the default one. */
  find(id = defaultBus): EventBus | undefined {
    return this.#buses.get(/^arn:[^:]*:events:[^:]*:[^:]*:event-bus\/(.+)$/.exec(id)?.[1] ?? id);
  }

  /** @throws ResourceNotFoundException */
  get(id: string | undefined): EventBus {
    const found = this.find(id);
    if (!found) {
      throw busNotFound(id ?? defaultBus);
    }
    return found;
  }

  /** A bus that is not there is no error. @throws ValidationException where it cannot go */
  delete(name: string): void {
    const bus = this.#buses.get(name);
    if (name === defaultBus) {
      throw validationException('Cannot delete event bus default.');
    }
    if (bus && bus.rules.size > 0) {
      throw validationException("Event bus can't be deleted since it has rules.");
    }
    this.#buses.delete(name);
  }

  sorted(): EventBus[] {
    return [...this.#buses.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
