import type * as sqs from '@aws-sdk/client-sqs';
import type { Handlers } from '../../wire/operation.ts';
import { invalidParameter, invalidValue, missingParameter } from './errors.ts';
import { changeSettings } from './queue/attributes.ts';
import type { Queue } from './queue/queue.ts';
import type { Queues } from './queue/queues.ts';

const labelHeight = /^[\w-]{1,80}$/;
const accountId = /^\d{12}$/;

interface Statement {
  readonly Sid?: string;
  readonly [key: string]: unknown;
}

interface Policy {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/** Adding and removing statements of a queue's policy by their label. The policy itself is kept, not enforced. */
export function permissionOperations(queues: Queues) {
  return {
    AddPermission: ({ QueueUrl, Label, AWSAccountIds = [], Actions = [] }) => {
      const queue = queues.byUrl(QueueUrl);
      if (!Label) {
        throw missingParameter('Label');
      }
      if (!labelHeight.test(Label)) {
        throw invalidValue('Label', Label, 'Can only include alphanumeric characters, hyphens, or underscores.');
      }
      if (Actions.length === 0) {
        throw missingParameter('ActionName.1');
      }
      if (AWSAccountIds.length === 0) {
        throw missingParameter('AWSAccountId.1');
      }
      const unknown = AWSAccountIds.find((id) => !accountId.test(id));
      if (unknown !== undefined) {
        throw invalidParameter(`Value ${unknown} for parameter PrincipalId is invalid. Reason: Unable to verify.`);
      }
      const policy = policyOf(queue);
      if (policy.Statement.some(({ Sid }) => Sid === Label)) {
        throw invalidValue('Label', Label, 'Already exists.');
      }
      const statement: Statement = {
        Sid: Label,
        Effect: 'Allow',
        Principal: { AWS: oneOrMany(AWSAccountIds.map((id) => `arn:aws:iam::${id}:root`)) },
        Action: oneOrMany(Actions.map((action) => `SQS:${action}`)),
        Resource: queue.arn,
      };
      setPolicy(queue, { ...policy, Statement: [...policy.Statement, statement] });
      return {};
    },

    RemovePermission: ({ QueueUrl, Label }) => {
      const queue = queues.byUrl(QueueUrl);
      const policy = policyOf(queue);
      const rest = policy.Statement.filter(({ Sid }) => Sid !== Label);
      if (rest.length === policy.Statement.length) {
        throw invalidValue('Label', Label, "can't find label.");
      }
      setPolicy(queue, { ...policy, Statement: rest });
      return {};
    },
  } satisfies Handlers<typeof sqs>;
}

function policyOf(queue: Queue): Policy {
  const text = queue.settings.attributes.Policy;
  const initial: Policy = { Version: '2008-10-17', Id: `${queue.arn}/SQSDefaultPolicy`, Statement: [] };
  if (text === undefined) {
    return initial;
  }
  const policy = JSON.parse(text) as Partial<Policy> & { readonly Statement?: Statement | readonly Statement[] };
  return { ...initial, ...policy, Statement: [policy.Statement ?? []].flat() };
}

function setPolicy(queue: Queue, policy: Policy): void {
  const Policy = policy.Statement.length > 0 ? JSON.stringify(policy) : '';
  queue.configure(changeSettings(queue.settings, { Policy }));
}

const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  (values.length === 1 && values[0]) || values;
