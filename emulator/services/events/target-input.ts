import type * as eventbridge from '@aws-sdk/client-eventbridge';
import type { BusEvent } from './event.ts';
import { valueAt } from './json-path.ts';

/** Where an event comes from, for the variables that a template has without being given them. */
export interface EventOrigin {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly ingested: Date;
}

type Lookup = (name: string) => unknown;

/** What a target gets of an event: all of it, a part, a constant, or a text made of it. */
export function inputFor(target: eventbridge.Target, event: BusEvent, origin: EventOrigin): string {
  const { Input, InputPath, InputTransformer } = target;
  if (Input !== undefined) {
    return Input;
  }
  if (InputPath !== undefined) {
    return JSON.stringify(valueAt(event, InputPath) ?? null);
  }
  if (InputTransformer) {
    return transform(InputTransformer, event, origin);
  }
  return JSON.stringify(event);
}

function transform(transformer: eventbridge.InputTransformer, event: BusEvent, origin: EventOrigin): string {
  const paths = transformer.InputPathsMap ?? {};
  return render(transformer.InputTemplate ?? '', (name) => {
    const path = paths[name];
    return path === undefined ? predefined(name, event, origin) : valueAt(event, path);
  });
}

/** The variables of "Predefined variables" in "Amazon EventBridge input transformation". */
function predefined(name: string, event: BusEvent, { ruleArn, ruleName, ingested }: EventOrigin): unknown {
  const { detail: _detail, ...withoutDetail } = event;
  const variables: Readonly<Record<string, unknown>> = {
    'aws.events.rule-arn': ruleArn,
    'aws.events.rule-name': ruleName,
    'aws.events.event.ingestion-time': ingested.toISOString(),
    'aws.events.event': withoutDetail,
    'aws.events.event.json': event,
  };
  return variables[name];
}

export const predefinedPattern = /^aws\.events\.(?:rule-arn|rule-name|event|event\.json|event\.ingestion-time)$/;

const tokenPattern = /\\.|"|<([\w.-]+)>/gs;

/** The names of the variables in a template. */
export function variablesIn(template: string): string[] {
  return [...template.matchAll(tokenPattern)].flatMap(([, name]) => name ?? []);
}

/** Puts values in the place of `<name>`: as text where that is inside a JSON string, and as JSON elsewhere. */
function render(template: string, lookup: Lookup): string {
  let inString = false;
  return template.replace(tokenPattern, (token: string, name: string | undefined) => {
    if (token === '"') {
      inString = !inString;
    }
    if (name === undefined) {
      return token;
    }
    const value = lookup(name);
    if (!inString) {
      return JSON.stringify(value ?? null);
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
    return value === undefined ? '' : JSON.stringify(text).slice(1, -1);
  });
}
