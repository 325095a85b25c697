import { randomUUID } from 'node:crypto';
import type { Event, NotificationConfiguration, NotificationConfigurationFilter } from '@aws-sdk/client-s3';
import type { Call } from '../../../wire/operation.ts';
import { matchesWildcard } from '../../../wire/wildcard.ts';
import { invalidArgument } from '../errors.ts';
import { busEventOf, messageOf, type ObjectEvent, testMessageOf } from './object-event.ts';

/** How S3, which knows no region, reaches what is in one. */
export interface NotificationDestinations {
  /** Sends a message to a function, a queue or a topic, as part of a chain of requests. Rejects where there is none. */
  send(arn: string, message: string, traceHeader?: string): Promise<void>;
  /** Whether there is such a function. */
  hasFunction(arn: string): boolean;
  /** Puts an event of S3's on the default bus of a region. */
  putEvent(
    region: string,
    event: { readonly detailType: string; readonly resources: readonly string[]; readonly detail: object },
  ): void;
}

const servedEvents = /^s3:Object(Created|Removed|Tagging):/;

/** A destination, and what it wants to know. */
interface Rule {
  readonly id: string;
  readonly arn: string;
  readonly kind: 'lambda' | 'sns' | 'sqs';
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * Tells of what becomes of objects. Source: Amazon S3 User Guide, "Amazon S3 Event Notifications". It is told after the call was answered, and
 * once; what does not reach its destination is said on stderr.
 */
export class Notifications {
  readonly #destinations: NotificationDestinations | undefined;
  readonly #accountId: string;

  constructor(accountId: string, destinations: NotificationDestinations | undefined) {
    this.#accountId = accountId;
    this.#destinations = destinations;
  }

  /** The same for what one request does. */
  of(call: Pick<Call, 'traceHeader'> | undefined): Pick<Notifications, 'tell'> {
    return { tell: (configuration, event) => this.tell(configuration, { ...event, traceHeader: call?.traceHeader }) };
  }

  tell(configuration: NotificationConfiguration | undefined, event: ObjectEvent): void {
    if (!configuration || !this.#destinations) {
      return;
    }
    for (const rule of rulesOf(configuration)) {
      if (!wants(rule, event)) {
        continue;
      }
      this.#destinations.send(rule.arn, messageOf(event, rule.id), event.traceHeader).catch((error: Error) => {
        console.error(`s3: ${rule.arn} was not told of ${event.bucket.name}/${event.key}: ${error.message}`);
      });
    }
    if (configuration.EventBridgeConfiguration) {
      this.#destinations.putEvent(event.bucket.location, busEventOf(event, this.#accountId));
    }
  }

  /** Holds a configuration against the rules, gives its parts IDs, and tells queues and topics that they are in it. @throws InvalidArgument */
  async accept(
    bucket: string,
    configuration: NotificationConfiguration,
    skipsValidation: boolean,
  ): Promise<NotificationConfiguration> {
    const named = withIds(configuration);
    for (const { arn, kind, events } of rulesOf(named)) {
      const unknown = events.find((event) => !servedEvents.test(event));
      if (events.length === 0 || unknown !== undefined) {
        throw invalidArgument(`The event ${unknown} is not served by this endpoint for notifications`);
      }
      if (!new RegExp(`^arn:[^:]+:${kind}:`).test(arn)) {
        throw invalidArgument('The ARN is not well formed');
      }
      if (!skipsValidation) {
        await this.#validate(bucket, arn, kind);
      }
    }
    return named;
  }

  async #validate(bucket: string, arn: string, kind: Rule['kind']): Promise<void> {
    const unable = () => invalidArgument('Unable to validate the following destination configurations');
    if (kind === 'lambda') {
      if (this.#destinations?.hasFunction(arn) === false) {
        throw unable();
      }
      return;
    }
    await this.#destinations?.send(arn, testMessageOf(bucket)).catch(() => {
      throw unable();
    });
  }
}

function wants({ events, prefix, suffix }: Rule, { name, key }: ObjectEvent): boolean {
  return key.startsWith(prefix) && key.endsWith(suffix) && events.some((event) => matchesWildcard(`s3:${name}`, event));
}

function rulesOf(configuration: NotificationConfiguration): Rule[] {
  const { LambdaFunctionConfigurations = [], QueueConfigurations = [], TopicConfigurations = [] } = configuration;
  return [
    ...LambdaFunctionConfigurations.map((one) => ruleOf('lambda', one.LambdaFunctionArn, one)),
    ...QueueConfigurations.map((one) => ruleOf('sqs', one.QueueArn, one)),
    ...TopicConfigurations.map((one) => ruleOf('sns', one.TopicArn, one)),
  ];
}

function ruleOf(
  kind: Rule['kind'],
  arn: string | undefined,
  one: { Id?: string | undefined; Events?: Event[] | undefined; Filter?: NotificationConfigurationFilter | undefined },
): Rule {
  const filterValue = (name: string) =>
    one.Filter?.Key?.FilterRules?.find((rule) => rule.Name?.toLowerCase() === name)?.Value ?? '';
  return {
    id: one.Id ?? '',
    arn: arn ?? '',
    kind,
    events: one.Events ?? [],
    prefix: filterValue('prefix'),
    suffix: filterValue('suffix'),
  };
}

function withIds(configuration: NotificationConfiguration): NotificationConfiguration {
  const named = <One extends { Id?: string | undefined }>(list: One[] | undefined) =>
    list?.map((one) => ({ ...one, Id: one.Id ?? randomUUID() }));
  const { LambdaFunctionConfigurations, QueueConfigurations, TopicConfigurations, EventBridgeConfiguration } =
    configuration;
  return {
    LambdaFunctionConfigurations: named(LambdaFunctionConfigurations),
    QueueConfigurations: named(QueueConfigurations),
    TopicConfigurations: named(TopicConfigurations),
    EventBridgeConfiguration,
  };
}
