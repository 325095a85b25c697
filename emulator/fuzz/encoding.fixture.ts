import { cbor, tag } from '@smithy/core/cbor';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { httpTraitsOf, inputOf, membersOf, nameOf, traitsOf } from '../wire/schema.ts';

/** A request before it is signed and sent. */
export interface EncodedRequest {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

export type ProtocolName = 'json' | 'query' | 'rest-json' | 'rest-xml' | 'cbor';

/**
 * Writes an input as a request of an operation, whatever the input holds: a client would refuse to write a wrong shape.
 * What fits no place of a protocol is written as the nearest text.
 */
export function encode(protocol: ProtocolName, operation: StaticOperationSchema, input: unknown): EncodedRequest {
  switch (protocol) {
    case 'json':
      return {
        method: 'POST',
        path: '/',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Service.${nameOf(operation)}` },
        body: JSON.stringify(plain(input)),
      };
    case 'cbor':
      return {
        method: 'POST',
        path: `/service/Service/operation/${nameOf(operation)}`,
        headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
        body: cbor.serialize(
          plain(input, { ofBytes: (bytes) => bytes, ofTime: (seconds) => tag({ tag: 1, value: seconds }) }),
        ),
      };
    case 'query': {
      const form: [string, string][] = [['Action', nameOf(operation)]];
      flatten(inputOf(operation), input, '', form);
      return {
        method: 'POST',
        path: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      };
    }
    default:
      return encodeBound(protocol, operation, input);
  }
}

/** How a protocol has what JSON lacks. */
interface Forms {
  readonly ofBytes: (bytes: Uint8Array) => unknown;
  readonly ofTime: (seconds: number) => unknown;
}

const jsonForms: Forms = { ofBytes: (bytes) => base64(bytes), ofTime: (seconds) => seconds };

/** The input as JSON has it, or CBOR. */
function plain(value: unknown, forms: Forms = jsonForms): unknown {
  if (value instanceof Uint8Array) {
    return forms.ofBytes(value);
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? 'NaN' : forms.ofTime(value.getTime() / 1000);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return value.map((element) => plain(element, forms));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, plain(element, forms)]));
}

/** A value whose members have the names by which they travel: API Gateway writes `apiId` for `ApiId`. */
function withJsonNames(schema: NormalizedSchema | undefined, value: unknown): unknown {
  if (!schema || !isComposite(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    const item = schema.isListSchema() ? schema.getValueSchema() : undefined;
    return value.map((element) => withJsonNames(item, element));
  }
  const item = schema.isMapSchema() ? schema.getValueSchema() : undefined;
  const members = new Map(schema.isStructSchema() ? membersOf(schema) : []);
  return Object.fromEntries(
    Object.entries(value).map(([name, element]) => {
      const member = members.get(name);
      const travels = member && traitsOf(member)['jsonName'];
      return [typeof travels === 'string' ? travels : name, withJsonNames(member ?? item, element)];
    }),
  );
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A value as text: in a form, a path, a header, or an element. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (value instanceof Uint8Array) {
    return base64(value);
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  }
  return typeof value === 'object' ? JSON.stringify(plain(value)) : String(value);
}

const isFlat = (schema: NormalizedSchema | undefined): boolean =>
  schema !== undefined && traitsOf(schema)['xmlFlattened'] !== undefined;

function xmlName(schema: NormalizedSchema | undefined, fallback: string): string {
  const name = schema && traitsOf(schema)['xmlName'];
  return typeof name === 'string' ? name : fallback;
}

const isComposite = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !(value instanceof Date);

/** Puts a value into a form: `Tags.member.1.Key=a`. */
function flatten(schema: NormalizedSchema | undefined, value: unknown, at: string, form: [string, string][]): void {
  const under = (name: string) => (at ? `${at}.${name}` : name);
  if (!isComposite(value)) {
    if (at) {
      form.push([at, textOf(value)]);
    }
  } else if (Array.isArray(value)) {
    const item = schema?.isListSchema() ? schema.getValueSchema() : undefined;
    const place = isFlat(schema) ? at : under(xmlName(item, 'member'));
    for (const [i, element] of value.entries()) {
      flatten(item, element, `${place}.${i + 1}`, form);
    }
  } else if (schema?.isMapSchema()) {
    const [keySchema, item] = [schema.getKeySchema(), schema.getValueSchema()];
    const place = isFlat(schema) ? at : under('entry');
    for (const [i, [key, element]] of Object.entries(value).entries()) {
      form.push([`${place}.${i + 1}.${xmlName(keySchema, 'key')}`, key]);
      flatten(item, element, `${place}.${i + 1}.${xmlName(item, 'value')}`, form);
    }
  } else {
    const members = new Map(schema?.isStructSchema() ? membersOf(schema) : []);
    for (const [name, element] of Object.entries(value)) {
      flatten(members.get(name), element, under(xmlName(members.get(name), name)), form);
    }
  }
}

/** A request whose members travel in path, query, headers and body, as the model binds them. */
function encodeBound(
  protocol: 'rest-json' | 'rest-xml',
  operation: StaticOperationSchema,
  input: unknown,
): EncodedRequest {
  const { http = ['POST', '/'] } = operation[3] as { http?: [string, string, number] };
  const [method, template] = http;
  const [uri = '/', fixed = ''] = template.split('?', 2);
  const values = isComposite(input) && !Array.isArray(input) ? (input as Record<string, unknown>) : {};
  const bucket = protocol === 'rest-xml' && 'Bucket' in values ? `/${escaped(values['Bucket'])}` : '';
  const parts: Parts = {
    path: bucket + uri,
    query: new URLSearchParams(fixed),
    headers: {},
    inBody: {},
    body: undefined,
  };
  const schema = inputOf(operation);
  for (const [name, member] of schema.isUnitSchema() ? [] : membersOf(schema)) {
    bind(protocol, name, member, values[name], parts);
  }
  const search = parts.query.toString();
  const hasMembers = Object.keys(parts.inBody).length > 0;
  const members =
    protocol === 'rest-json'
      ? JSON.stringify(plain(withJsonNames(schema, parts.inBody)))
      : element('Input', schema, parts.inBody);
  return {
    method,
    path: search ? `${parts.path}?${search}` : parts.path,
    headers: parts.headers,
    body: parts.body ?? (hasMembers ? members : ''),
  };
}

interface Parts {
  path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly inBody: Record<string, unknown>;
  body: Uint8Array | string | undefined;
}

/** Puts a member where the model binds it. */
function bind(
  protocol: 'rest-json' | 'rest-xml',
  name: string,
  member: NormalizedSchema,
  value: unknown,
  parts: Parts,
): void {
  const traits = httpTraitsOf(member);
  if (traits.httpLabel) {
    parts.path = parts.path.replace(new RegExp(`\\{${name}\\+?\\}`), () => escaped(value));
  } else if (value === undefined) {
    return;
  } else if (traits.httpQuery) {
    for (const one of Array.isArray(value) ? value : [value]) {
      parts.query.append(traits.httpQuery, textOf(one));
    }
  } else if (traits.httpHeader) {
    parts.headers[traits.httpHeader.toLowerCase()] = headerOf(value);
  } else if (traits.httpPrefixHeaders !== undefined) {
    bindPrefixed(traits.httpPrefixHeaders, value, parts);
  } else if (traits.httpPayload) {
    parts.body = payload(protocol, member, value);
  } else {
    parts.inBody[name] = value;
  }
}

function bindPrefixed(prefix: string, value: unknown, { headers }: Parts): void {
  for (const [key, one] of Object.entries(isComposite(value) ? value : {})) {
    headers[prefix + key.replace(/[^\w-]/g, '')] = headerOf(one);
  }
}

const escaped = (value: unknown): string => encodeURIComponent(textOf(value).toWellFormed());

/** Node's client refuses to send what no header can hold. */
const headerOf = (value: unknown): string =>
  (value instanceof Date && !Number.isNaN(value.getTime()) ? value.toUTCString() : textOf(value)).replace(
    /[^\t\x20-\x7e\x80-\xff]/g,
    '',
  );

function payload(protocol: 'rest-json' | 'rest-xml', member: NormalizedSchema, value: unknown): Uint8Array | string {
  if (value instanceof Uint8Array) {
    return value;
  }
  if (!isComposite(value)) {
    return textOf(value);
  }
  if (protocol === 'rest-json') {
    return JSON.stringify(plain(value));
  }
  return element(xmlName(member, member.getName() ?? 'Payload'), member, value);
}

function element(name: string, schema: NormalizedSchema | undefined, value: unknown): string {
  const tag = name.replace(/[^\w]/g, '') || 'x';
  return `<${tag}>${content(schema, value)}</${tag}>`;
}

function content(schema: NormalizedSchema | undefined, value: unknown): string {
  if (!isComposite(value)) {
    return textOf(value).replace(/[<>&]/g, (found) => `&#${found.charCodeAt(0)};`);
  }
  if (Array.isArray(value)) {
    const item = schema?.isListSchema() ? schema.getValueSchema() : undefined;
    return value.map((one) => element(xmlName(item, 'member'), item, one)).join('');
  }
  const members = new Map(schema?.isStructSchema() ? membersOf(schema) : []);
  return Object.entries(value)
    .map(([name, one]) => {
      const member = members.get(name);
      const tag = xmlName(member, name);
      if (!isFlat(member) || !Array.isArray(one)) {
        return element(tag, member, one);
      }
      const item = member?.isListSchema() ? member.getValueSchema() : undefined;
      return one.map((each) => element(tag, item, each)).join('');
    })
    .join('');
}
