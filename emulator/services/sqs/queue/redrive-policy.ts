import { invalidValue } from '../errors.ts';

/** Source: Amazon SQS API Reference, SetQueueAttributes, `RedrivePolicy`. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** From 1 to 1000. */
  readonly maxReceiveCount: number;
}

/** Which queues may name a queue as their dead-letter queue. Source: SetQueueAttributes, `RedriveAllowPolicy`. */
export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

const maxReceiveCountLimit = 1000;
const maxSourceQueues = 10;
const queueArn = /^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/;

/** Reads a redrive policy as an attribute holds it: JSON, in which the count may be a string. */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  const invalid = (reason: string) => invalidValue('RedrivePolicy', text, reason);
  const policy = parseMap(text);
  if (!policy) {
    throw invalid('Redrive policy is not a valid JSON map.');
  }
  for (const name of ['maxReceiveCount', 'deadLetterTargetArn']) {
    if (policy[name] === undefined) {
      throw invalid(`Redrive policy does not contain mandatory attribute: ${name}.`);
    }
  }
  const { deadLetterTargetArn } = policy;
  if (typeof deadLetterTargetArn !== 'string' || !queueArn.test(deadLetterTargetArn)) {
    throw invalid('Invalid value for deadLetterTargetArn.');
  }
  const maxReceiveCount = Number(policy['maxReceiveCount']);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > maxReceiveCountLimit) {
    const range = `valid values are from 1 to ${maxReceiveCountLimit} both inclusive.`;
    throw invalid(`Invalid value for maxReceiveCount: ${policy['maxReceiveCount']}, ${range}`);
  }
  return { deadLetterTargetArn, maxReceiveCount };
}

/** Reads a redrive allow policy. */
export function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const invalid = (reason: string) => invalidValue('RedriveAllowPolicy', text, reason);
  const policy = parseMap(text);
  if (!policy) {
    throw invalid("Amazon SQS can't create the redrive allow policy, as it’s in an unsupported format.");
  }
  const { redrivePermission, sourceQueueArns = [] } = policy;
  if (redrivePermission !== 'allowAll' && redrivePermission !== 'denyAll' && redrivePermission !== 'byQueue') {
    throw invalid('Invalid value for redrivePermission.');
  }
  if (!isArnList(sourceQueueArns) || sourceQueueArns.length > maxSourceQueues) {
    throw invalid('Invalid value for sourceQueueArns.');
  }
  if ((redrivePermission === 'byQueue') !== sourceQueueArns.length > 0) {
    throw invalid('sourceQueueArns goes with the redrivePermission byQueue, and only with it.');
  }
  return { redrivePermission, sourceQueueArns };
}

/** Whether a dead-letter queue takes the messages of a source queue. */
export function allowsSource(policy: RedriveAllowPolicy | undefined, sourceArn: string): boolean {
  if (!policy || policy.redrivePermission === 'allowAll') {
    return true;
  }
  return policy.redrivePermission === 'byQueue' && policy.sourceQueueArns.includes(sourceArn);
}

function isArnList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((arn) => typeof arn === 'string' && queueArn.test(arn));
}

function parseMap(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
