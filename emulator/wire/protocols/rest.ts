import { FromStringShapeDeserializer, ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import type { WireAnswer, WireRequest } from '../http.ts';
import { AwsError } from '../operation.ts';
import type { Match } from '../route.ts';
import { httpTraitsOf, inputOf, memberReference, membersOf, normalize, outputOf, structure } from '../schema.ts';
import type { BodyCodec } from './body-codec.ts';
import { eventMessages, isEventStream } from './event-stream.ts';

/** How timestamps and the like are written in paths, queries and headers, in both REST protocols. */
const settings = { timestampFormat: { useTrait: true, default: 7 as const }, httpBindings: true };
const fromString = new FromStringShapeDeserializer(settings);

/** Collects an input's members from where the model binds them: path, query, headers, payload, or body. */
export async function readBound(
  operation: StaticOperationSchema,
  request: WireRequest,
  match: Match,
  codec: BodyCodec,
): Promise<Record<string, unknown>> {
  const schema = inputOf(operation);
  const members = membersOf(schema);
  const hasBody = request.body.length > 0 && members.some(([, member]) => isInBody(member));
  const input = hasBody ? ((await codec.read(schema, request.body)) as Record<string, unknown>) : {};
  for (const [name, member] of members) {
    if (isInBody(member)) {
      continue;
    }
    const value = await readMember(name, member, request, match, codec);
    if (value !== undefined) {
      input[name] = value;
    }
  }
  return input;
}

function isInBody(member: NormalizedSchema): boolean {
  const t = httpTraitsOf(member);
  return !(
    t.httpLabel ||
    t.httpQuery ||
    t.httpHeader ||
    t.httpPayload ||
    t.httpQueryParams ||
    t.httpPrefixHeaders !== undefined ||
    t.httpResponseCode
  );
}

async function readMember(
  name: string,
  member: NormalizedSchema,
  request: WireRequest,
  match: Match,
  codec: BodyCodec,
): Promise<unknown> {
  const traits = httpTraitsOf(member);
  if (traits.httpLabel) {
    return match.labels.has(name) ? fromString.read(member, match.labels.get(name) ?? '') : undefined;
  }
  if (traits.httpQuery) {
    return readQuery(member, request.query.getAll(traits.httpQuery));
  }
  if (traits.httpHeader) {
    const header = request.headers[traits.httpHeader.toLowerCase()];
    return header === undefined ? undefined : fromString.read(member, String(header));
  }
  if (traits.httpPrefixHeaders !== undefined) {
    return readPrefixed(request, traits.httpPrefixHeaders.toLowerCase());
  }
  if (traits.httpQueryParams) {
    return Object.fromEntries(request.query);
  }
  return request.body.length ? readPayload(member, request.body, codec) : undefined;
}

function readQuery(member: NormalizedSchema, values: readonly string[]): unknown {
  if (values.length === 0) {
    return undefined;
  }
  if (!member.isListSchema()) {
    return fromString.read(member, values[0] ?? '');
  }
  const item = member.getValueSchema();
  return values.map((value) => fromString.read(item, value));
}

function readPrefixed(request: WireRequest, prefix: string): Record<string, string> {
  const headers = Object.entries(request.headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(headers.map(([name, value]) => [name.slice(prefix.length), String(value)]));
}

function readPayload(member: NormalizedSchema, body: Buffer, codec: BodyCodec): unknown {
  if (member.isBlobSchema()) {
    return body;
  }
  return member.isStringSchema() ? body.toString() : codec.read(member, body);
}

/** Puts an output's members where the model binds them: status, headers, payload, or body. */
export function writeBound(
  schema: NormalizedSchema,
  output: Readonly<Record<string, unknown>>,
  status: number,
  codec: BodyCodec,
): WireAnswer {
  const headers: Record<string, string> = {};
  const inBody: [string, NormalizedSchema][] = [];
  let payload: NormalizedSchema | undefined;
  let answeredStatus = status;
  for (const [name, member] of membersOf(schema)) {
    const traits = httpTraitsOf(member);
    const value = output[name];
    if (traits.httpPayload) {
      payload = member;
    } else if (isInBody(member)) {
      inBody.push([name, member]);
    } else if (value === undefined || value === null) {
    } else if (traits.httpResponseCode) {
      answeredStatus = Number(value);
    } else if (traits.httpHeader) {
      headers[traits.httpHeader.toLowerCase()] = headerText(member, value);
    } else if (traits.httpPrefixHeaders !== undefined) {
      writePrefixed(headers, traits.httpPrefixHeaders, value);
    }
  }
  if (payload) {
    return { status: answeredStatus, headers, ...writePayload(payload, output, codec) };
  }
  if (inBody.length === 0) {
    return { status: answeredStatus, headers, body: '' };
  }
  // Members bound elsewhere must not be repeated in the body, so the body has a schema of its own.
  const bodyName = schema.getName()?.replace(/(Output|Response)$/, 'Result') ?? 'Result';
  const bodySchema = structure(
    bodyName,
    inBody.map(([name, member]) => [name, memberReference(member)] as const),
  );
  headers['content-type'] = codec.contentType;
  return { status: answeredStatus, headers, body: codec.write(normalize(bodySchema), output) };
}

function headerText(member: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer(settings);
  serializer.write(member, value);
  const text = serializer.flush();
  if (!headerTextPattern.test(text)) {
    throw new AwsError('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.');
  }
  return text;
}

/** What may be sent in a header (RFC 9110, 5.5): a query asks S3 for headers of any text. */
const headerTextPattern = /^[\t\x20-\x7e\x80-\xff]*$/;

function writePrefixed(headers: Record<string, string>, prefix: string, value: unknown): void {
  for (const [name, text] of Object.entries(value as Record<string, string>)) {
    headers[prefix + name] = text;
  }
}

function writePayload(
  member: NormalizedSchema,
  output: Readonly<Record<string, unknown>>,
  codec: BodyCodec,
): Pick<WireAnswer, 'body' | 'pieces'> {
  const value = output[member.getMemberName()];
  if (value === undefined || value === null) {
    return { body: '' };
  }
  if (isEventStream(member)) {
    return { body: '', pieces: eventMessages(member, value as AsyncIterable<Record<string, unknown>>, codec) };
  }
  if (member.isBlobSchema() || member.isStringSchema()) {
    return { body: value as Uint8Array | string };
  }
  return { body: codec.write(member, value) };
}

/** The output of an operation as an answer in one of the REST protocols. */
export function writeOutput(
  operation: StaticOperationSchema,
  output: unknown,
  status: number,
  codec: BodyCodec,
): WireAnswer {
  const schema = outputOf(operation);
  if (schema.isUnitSchema()) {
    return { status, headers: {}, body: '' };
  }
  return writeBound(schema, (output ?? {}) as Record<string, unknown>, status, codec);
}
