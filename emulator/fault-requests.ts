import { z } from 'zod';
import type { WireRequest } from './wire/http.ts';

/** A request that the fault port refuses: told with a status of 4xx. */
export class RefusedFault extends Error {
  override readonly name = 'RefusedFault';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Calls, messages: more than any experiment makes. */
const mostTimes = 1_000_000;
/** As long as the longest function runs, in milliseconds. */
const mostDelayMs = 900_000;

const functionName = z.string().regex(/^[\w-]{1,64}$/, 'must be the name of a function, not its ARN');
const times = z.int().min(1).max(mostTimes);
/** 0 takes back what has not come to pass. */
const timesOrNone = z.int().min(0).max(mostTimes);

export const KillRequest = z.strictObject({
  function: functionName,
  environment: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'must be the id of an environment')
    .optional(),
});

export const KillAtWorkRequest = z.strictObject({ function: functionName, times: timesOrNone });

export const EnvironmentsRequest = z.strictObject({ function: functionName });

export const CallFaultRequest = z
  .strictObject({
    call: z.string().regex(/^[a-z0-9-]+:[A-Za-z0-9]+$/, 'must be a service and an operation, as sqs:SendMessage'),
    function: functionName.optional(),
    times,
    share: z.number().gt(0).max(1).optional(),
    fail: z
      .string()
      .regex(/^[A-Za-z][\w.]{0,127}$/, 'must be the code of an error, as ServiceUnavailable')
      .optional(),
    delayMs: z.int().min(1).max(mostDelayMs).optional(),
  })
  .refine(({ fail, delayMs }) => fail !== undefined || delayMs !== undefined, 'needs fail, delayMs or both');

export const DeliverTwiceRequest = z.strictObject({
  queueUrl: z.url('must be the URL of a queue'),
  times: timesOrNone,
});

/** The body of a request. @throws RefusedFault that says what is wrong with it */
export function parseBody<Schema extends z.ZodType>(schema: Schema, { body }: WireRequest): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(body.toString());
  } catch {
    throw new RefusedFault(400, 'The body must be JSON.');
  }
  return parse(schema, json);
}

/** The query of a request. @throws RefusedFault that says what is wrong with it */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, { query }: WireRequest): z.infer<Schema> {
  return parse(schema, Object.fromEntries(query));
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) {
    return data;
  }
  const problems = error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new RefusedFault(400, problems.join('; '));
}
