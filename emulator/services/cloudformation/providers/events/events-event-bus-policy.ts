import { PutPermissionCommand } from '@aws-sdk/client-eventbridge';
import { internalCall } from '../../../../wire/operation.ts';
import { validationError } from '../../errors.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import { pick } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::Events::EventBusPolicy": one statement of a bus's policy. */
export function eventsEventBusPolicy(events: ServiceOperations['events']): ResourceProvider {
  const put = async (properties: Properties) => {
    const { EventBusName, StatementId } = ownerOf(properties);
    await events.PutPermission(inputOf(properties), internalCall());
    return { physicalId: `${EventBusName ?? 'default'}|${StatementId}`, attributes: {} };
  };
  return {
    type: 'AWS::Events::EventBusPolicy',
    properties: {
      Action: 'in place',
      Condition: 'in place',
      EventBusName: 'replacement',
      Principal: 'in place',
      Statement: 'in place',
      StatementId: 'replacement',
    },
    create: put,
    update: (_resource, properties) => put(properties),
    delete: (_resource, properties) => unlessGone(() => events.RemovePermission(ownerOf(properties), internalCall())),
  };
}

const ownerOf = ({ EventBusName, StatementId }: Properties) => ({
  ...(EventBusName !== undefined && { EventBusName: textOf(EventBusName, '#/EventBusName') }),
  StatementId: textOf(StatementId, '#/StatementId'),
});

/** PutPermission takes one statement, or a whole policy; it keeps the statements of others. */
function inputOf(properties: Properties) {
  const { Statement } = properties;
  if (Statement === undefined) {
    return apiInput(PutPermissionCommand, {
      ...ownerOf(properties),
      ...pick(properties, ['Action', 'Principal', 'Condition']),
    });
  }
  if (typeof Statement !== 'object' || Statement === null) {
    throw validationError('#/Statement: expected type: JSONObject');
  }
  const { StatementId, ...bus } = ownerOf(properties);
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...Statement, Sid: StatementId }] });
  return { ...bus, Policy };
}
