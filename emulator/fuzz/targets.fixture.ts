import type { StaticOperationSchema } from '@smithy/types';
import { createRegions } from '../regions.ts';
import { isServed } from '../served.ts';
import { Activity } from '../wire/activity/activity.ts';
import { AccessKeys } from '../wire/authentication/access-keys.ts';
import type { ProtocolName } from './encoding.fixture.ts';

/** An operation that the endpoint serves, and the protocols in which its clients, old and new, ask for it. */
export interface FuzzTarget {
  /** As `sqs:SendMessage`. */
  readonly name: string;
  readonly service: string;
  readonly operation: StaticOperationSchema;
  readonly protocols: readonly ProtocolName[];
}

const protocols: Readonly<Record<string, readonly ProtocolName[]>> = {
  apigateway: ['rest-json'],
  apigatewayv2: ['rest-json'],
  cloudformation: ['query'],
  dynamodb: ['json'],
  events: ['json', 'cbor'],
  iam: ['query'],
  lambda: ['rest-json'],
  logs: ['json', 'cbor'],
  s3: ['rest-xml'],
  secretsmanager: ['json', 'cbor'],
  sns: ['query'],
  sqs: ['json', 'query', 'cbor'],
  ssm: ['json', 'cbor'],
  states: ['json'],
  sts: ['query'],
};

/** All operations that are served, read from the services themselves. */
export async function fuzzTargets(): Promise<readonly FuzzTarget[]> {
  const regions = createRegions(
    '000000000000',
    () => 'http://127.0.0.1:1',
    new AccessKeys('000000000000'),
    new Activity(),
  );
  const services = await regions.services('eu-west-1');
  const loaded = await Promise.all(
    [...services].map(async ([name, one]) => [name, typeof one === 'function' ? await one() : one] as const),
  );
  const targets = loaded.flatMap(([service, served]) =>
    [...served.model.operations]
      .filter(([name]) => isServed(served, name))
      .map(([name, operation]) => ({
        name: `${service}:${name}`,
        service,
        operation,
        protocols: protocols[service] ?? [],
      })),
  );
  await regions.close();
  return targets;
}
