import { randomBytes, randomUUID } from 'node:crypto';
import { invalidParameter } from './errors.ts';
import { type Filterable, type FilterPolicy, type FilterPolicyScope, readFilterPolicy } from './filter-policy.ts';
import { isObject, parsedJson } from './json.ts';

export type Protocol = 'email' | 'email-json' | 'http' | 'https' | 'lambda' | 'sqs';

/** The attributes that can be set. Source: SNS API Reference, "SetSubscriptionAttributes". */
const settable = [
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
];
const confirmed: readonly Protocol[] = ['lambda', 'sqs'];
const withRaw: readonly Protocol[] = ['http', 'https', 'sqs'];

const everything: FilterPolicy = () => true;

/** Where a topic's messages go. */
export class Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** With which an endpoint confirms that it wants the messages. */
  readonly token = randomBytes(32).toString('hex');
  isConfirmed: boolean;
  #attributes: ReadonlyMap<string, string> = new Map();
  #filter: FilterPolicy = everything;

  /** @throws InvalidParameterException */
  constructor(topicArn: string, protocol: Protocol, endpoint: string, attributes: Readonly<Record<string, string>>) {
    this.arn = `${topicArn}:${randomUUID()}`;
    this.topicArn = topicArn;
    this.protocol = protocol;
    this.endpoint = endpoint;
    this.isConfirmed = confirmed.includes(protocol);
    this.#change(new Map(Object.entries(attributes)));
  }

  get isRaw(): boolean {
    return this.#attributes.get('RawMessageDelivery') === 'true';
  }

  get deliveryPolicy(): string | undefined {
    return this.#attributes.get('DeliveryPolicy');
  }

  get deadLetterArn(): string | undefined {
    const policy = parsedJson(this.#attributes.get('RedrivePolicy') ?? '') as { deadLetterTargetArn?: string };
    return policy?.deadLetterTargetArn;
  }

  wants(message: Filterable): boolean {
    return this.isConfirmed && this.#filter(message);
  }

  /** Empty text takes an attribute away. @throws InvalidParameterException */
  set(attribute: string, value: string): void {
    const next = new Map(this.#attributes);
    if (value === '' || (attribute === 'FilterPolicy' && value === '{}')) {
      next.delete(attribute);
    } else {
      next.set(attribute, value);
    }
    this.#change(next, attribute);
  }

  /** Whether it was made with such attributes. */
  hasAttributes(attributes: Readonly<Record<string, string>>): boolean {
    return Object.entries(attributes).every(([name, value]) => this.#attributes.get(name) === value);
  }

  /** What GetSubscriptionAttributes tells. */
  describe(owner: string): Record<string, string> {
    const scope = this.#attributes.has('FilterPolicy') && { FilterPolicyScope: 'MessageAttributes' };
    return {
      SubscriptionArn: this.arn,
      TopicArn: this.topicArn,
      Protocol: this.protocol,
      Endpoint: this.endpoint,
      Owner: owner,
      ConfirmationWasAuthenticated: String(confirmed.includes(this.protocol)),
      PendingConfirmation: String(!this.isConfirmed),
      RawMessageDelivery: 'false',
      SubscriptionPrincipal: `arn:aws:iam::${owner}:root`,
      ...scope,
      ...Object.fromEntries(this.#attributes),
    };
  }

  #change(attributes: ReadonlyMap<string, string>, set?: string): void {
    for (const name of set === undefined ? attributes.keys() : [set]) {
      if (!settable.includes(name)) {
        throw invalidParameter(`AttributeName`);
      }
    }
    const scope = attributes.get('FilterPolicyScope') ?? 'MessageAttributes';
    if (scope !== 'MessageAttributes' && scope !== 'MessageBody') {
      throw invalidParameter(
        `FilterPolicyScope: Invalid value [${scope}]. Please use either MessageBody or MessageAttributes`,
      );
    }
    this.#check(attributes);
    const policy = attributes.get('FilterPolicy');
    this.#filter = policy === undefined ? everything : readFilterPolicy(policy, scope satisfies FilterPolicyScope);
    this.#attributes = attributes;
  }

  #check(attributes: ReadonlyMap<string, string>): void {
    const raw = attributes.get('RawMessageDelivery') ?? 'false';
    if (raw !== 'true' && raw !== 'false') {
      throw invalidParameter(`RawMessageDelivery: Invalid value [${raw}]. Must be true or false.`);
    }
    if (raw === 'true' && !withRaw.includes(this.protocol)) {
      throw invalidParameter(
        `Attributes Reason: RawMessageDelivery: Delivery protocol [${this.protocol}] does not support raw message delivery.`,
      );
    }
    for (const name of ['DeliveryPolicy', 'RedrivePolicy']) {
      const value = attributes.get(name);
      if (value !== undefined && !isObject(parsedJson(value))) {
        throw invalidParameter(`${name}: failed to parse JSON.`);
      }
    }
    const redrive = parsedJson(attributes.get('RedrivePolicy') ?? '') as { deadLetterTargetArn?: unknown } | undefined;
    if (redrive && !/^arn:aws[a-z-]*:sqs:/.test(String(redrive.deadLetterTargetArn))) {
      throw invalidParameter('RedrivePolicy: deadLetterTargetArn is an invalid arn');
    }
  }
}
