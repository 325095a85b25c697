import * as eventbridge from '@aws-sdk/client-eventbridge';
import type { Handlers } from '../../wire/operation.ts';
import { validationException } from './errors.ts';
import type { EventBus, EventBuses } from './event-bus.ts';

/** "PutPermission" of the EventBridge API Reference: the largest policy of a bus, in bytes. */
const policyLimit = 10_240;

/**
 * The policies of event buses, by which other accounts may send events. They are kept and shown, and not enforced: there is one
 * account. Statements are kept by their ids: a whole policy adds its own to those that are there.
 */
export function permissionOperations(buses: EventBuses) {
  return {
    PutPermission: ({ EventBusName, Policy, StatementId = '', Action, Principal, Condition }) => {
      const bus = buses.get(EventBusName);
      const statements = new Map(bus.statements);
      for (const statement of Policy === undefined ? [] : statementsOf(Policy)) {
        statements.set(String(statement['Sid'] ?? `Statement${statements.size}`), statement);
      }
      if (Policy === undefined) {
        if (!StatementId || !Action || !Principal) {
          throw validationException('StatementId, Action and Principal are required where there is no Policy.');
        }
        statements.set(StatementId, {
          Sid: StatementId,
          Effect: 'Allow',
          Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
          Action,
          Resource: bus.arn,
          ...(Condition && { Condition: { [Condition.Type ?? '']: { [Condition.Key ?? '']: Condition.Value } } }),
        });
      }
      if (Buffer.byteLength(policyText(statements)) > policyLimit) {
        const message = 'The policy of an event bus must be 10 KB at the most.';
        throw new eventbridge.PolicyLengthExceededException({ message, $metadata: {} });
      }
      bus.statements = statements;
      return {};
    },

    RemovePermission: ({ EventBusName, StatementId = '', RemoveAllPermissions = false }) => {
      const bus = buses.get(EventBusName);
      const statements = new Map(RemoveAllPermissions ? [] : bus.statements);
      if (!RemoveAllPermissions && !statements.delete(StatementId)) {
        const message = `Statement with id ${StatementId} does not exist.`;
        throw new eventbridge.ResourceNotFoundException({ message, $metadata: {} });
      }
      bus.statements = statements;
      return {};
    },
  } satisfies Handlers<typeof eventbridge>;
}

/** The policy of a bus in JSON, if it has one. */
export const policyOf = ({ statements }: EventBus): string | undefined =>
  statements.size > 0 ? policyText(statements) : undefined;

const policyText = (statements: EventBus['statements']): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [...statements.values()] });

function statementsOf(policy: string): Readonly<Record<string, unknown>>[] {
  try {
    const { Statement } = JSON.parse(policy) as { Statement?: unknown };
    const statements = [Statement].flat().filter((statement) => typeof statement === 'object' && statement !== null);
    if (statements.length > 0) {
      return statements as Readonly<Record<string, unknown>>[];
    }
  } catch {
    // Answered below, like a policy without a statement.
  }
  throw validationException('The policy is not valid JSON, or has no statement.');
}
