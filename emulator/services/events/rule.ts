import * as eventbridge from '@aws-sdk/client-eventbridge';
import type { EventPattern } from '../../wire/event-pattern/event-pattern.ts';
import { noTags } from '../../wire/tags.ts';
import { validationException } from './errors.ts';
import { parseEventPattern } from './event-pattern.ts';
import { parseSchedule } from './schedule.ts';
import { ScheduleTimer } from './schedule-timer.ts';

/** What a put says of a rule. It replaces all there was, but for targets and tags. */
export type RuleDefinition = Pick<
  eventbridge.PutRuleRequest,
  'Description' | 'EventPattern' | 'RoleArn' | 'ScheduleExpression' | 'State'
>;

/** A rule: what it waits for, an event or a time, and its targets. */
export class Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly targets = new Map<string, eventbridge.Target>();
  tags = noTags;
  readonly #fire: (rule: Rule, time: Date) => void;
  #definition: RuleDefinition = {};
  #pattern: EventPattern | undefined;
  #timer: ScheduleTimer | undefined;

  /** @param fire is called each time the rule's schedule comes round */
  constructor({ name, arn, busName }: Pick<Rule, 'name' | 'arn' | 'busName'>, fire: (rule: Rule, time: Date) => void) {
    this.name = name;
    this.arn = arn;
    this.busName = busName;
    this.#fire = fire;
  }

  get definition(): RuleDefinition {
    return this.#definition;
  }

  get state(): eventbridge.RuleState {
    return this.#definition.State ?? 'ENABLED';
  }

  /** @throws ValidationException, InvalidEventPatternException; then the rule is as it was */
  define(definition: RuleDefinition): void {
    const { EventPattern, ScheduleExpression, State = 'ENABLED' } = definition;
    if (!Object.values(eventbridge.RuleState).includes(State)) {
      throw validationException(
        `1 validation error detected: Value '${State}' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [${Object.values(eventbridge.RuleState).join(', ')}]`,
      );
    }
    if (!EventPattern && !ScheduleExpression) {
      throw validationException('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    const pattern = EventPattern ? parseEventPattern(EventPattern) : undefined;
    if (ScheduleExpression) {
      parseSchedule(ScheduleExpression, Date.now());
    }
    const sameSchedule = ScheduleExpression === this.#definition.ScheduleExpression;
    this.#definition = definition;
    this.#pattern = pattern;
    // A rate goes on counting where a rule is put again for another reason.
    if (!sameSchedule) {
      this.stop();
    }
    this.#runOrStop();
  }

  set enabled(enabled: boolean) {
    this.#definition = { ...this.#definition, State: enabled ? 'ENABLED' : 'DISABLED' };
    this.#runOrStop();
  }

  /** Whether it waits for such an event. */
  matches(event: unknown): boolean {
    return this.state !== 'DISABLED' && this.#pattern !== undefined && this.#pattern(event);
  }

  /** Ends its schedule. */
  stop(): void {
    this.#timer?.stop();
    this.#timer = undefined;
  }

  #runOrStop(): void {
    const { ScheduleExpression } = this.#definition;
    if (this.state === 'DISABLED' || !ScheduleExpression) {
      this.stop();
    } else {
      const schedule = parseSchedule(ScheduleExpression, Date.now());
      this.#timer ??= new ScheduleTimer(schedule, (time) => this.#fire(this, time));
    }
  }
}
