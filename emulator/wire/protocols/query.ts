import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef, StaticStructureSchema } from '@smithy/types';
import type { WireAnswer, WireRequest } from '../http.ts';
import { AwsError } from '../operation.ts';
import { inputOf, memberReference, membersOf, nameOf, normalize, outputOf, structure, traitsOf } from '../schema.ts';
import type { ServiceModel } from '../service.ts';
import type { Protocol } from './protocol.ts';
import { wellFormed } from './xml-text.ts';

const settings = { timestampFormat: { useTrait: true, default: 5 as const }, httpBindings: false };
const fromString = new FromStringShapeDeserializer(settings);
const string = 0;
const responseMetadata = structure('ResponseMetadata', [['RequestId', string]]);

/** The AWS Query protocol: a form with `Action` in, XML out. */
export const query: Protocol = {
  operation: (model, request) => model.operations.get(formOf(request).get('Action') ?? ''),
  decode: async (operation, request, { pathMember }) => {
    const input = inputOf(operation);
    if (input.isUnitSchema()) {
      return {};
    }
    const members = readStructure(input, treeOf(formOf(request)));
    return pathMember && request.path !== '/' && input.getMemberSchemas()[pathMember]
      ? { [pathMember]: request.path, ...members }
      : members;
  },
  encode: (operation, output, model, requestId) => {
    const name = nameOf(operation);
    const result: [string, $SchemaRef][] = outputOf(operation).isUnitSchema() ? [] : [[`${name}Result`, operation[5]]];
    const envelope = structure(`${name}Response`, [...result, ['ResponseMetadata', responseMetadata]]);
    return xml(200, model, envelope, { [`${name}Result`]: output ?? {}, ResponseMetadata: { RequestId: requestId } });
  },
  fail: ({ schema, message, error, status, code, fault }, model, requestId) => {
    const own = schema ? membersOf(normalize(schema)).filter(([name]) => name.toLowerCase() !== 'message') : [];
    const errorSchema = structure('Error', [
      ['Type', string],
      ['Code', string],
      ['Message', string],
      ...own.map(([name, member]) => [name, memberReference(member)] as const),
    ]);
    const envelope = structure('ErrorResponse', [
      ['Error', errorSchema],
      ['RequestId', string],
    ]);
    const Type = fault === 'client' ? 'Sender' : 'Receiver';
    return xml(status, model, envelope, {
      Error: { ...error, Type, Code: code, Message: message },
      RequestId: requestId,
    });
  },
};

/** An answer in XML. */
export function xml(status: number, model: ServiceModel, schema: StaticStructureSchema, value: unknown): WireAnswer {
  const serializer = new XmlShapeSerializer({ ...settings, xmlNamespace: model.xmlNamespace, serviceNamespace: '' });
  serializer.write(schema, value);
  return { status, headers: { 'content-type': 'text/xml' }, body: wellFormed(String(serializer.flush())) };
}

const forms = new WeakMap<WireRequest, URLSearchParams>();

function formOf(request: WireRequest): URLSearchParams {
  const known = forms.get(request);
  if (known) {
    return known;
  }
  const form = request.body.length ? readForm(request.body) : request.query;
  forms.set(request, form);
  return form;
}

/** How many parameters a form may have: a batch of SQS, with all attributes of ten messages, has 500. */
const maxParameters = 10_000;
/** How many names a parameter's name may be made of, as `Tags.member.1.Key` is of four. */
const maxNames = 32;
const ampersand = 0x26;

/** Counts before it reads: what is too large is not taken apart first. */
function readForm(body: Buffer): URLSearchParams {
  let count = 1;
  for (let at = body.indexOf(ampersand); at !== -1; at = body.indexOf(ampersand, at + 1)) {
    if (++count > maxParameters) {
      throw malformedInput(`more than ${maxParameters} parameters`);
    }
  }
  return new URLSearchParams(body.toString());
}

const malformedInput = (what: string): AwsError => new AwsError('MalformedInput', `The request has ${what}.`);

/** `Tags.member.1.Key=a` as nested nodes. */
interface Node {
  value?: string;
  readonly children: Map<string, Node>;
}

const emptyNode = (): Node => ({ children: new Map() });

function treeOf(form: URLSearchParams): Node {
  const root = emptyNode();
  for (const [key, value] of form) {
    let node = root;
    const names = key.split('.', maxNames + 1);
    if (names.length > maxNames) {
      throw malformedInput(`a parameter of more than ${maxNames} names`);
    }
    for (const part of names) {
      const child: Node = node.children.get(part) ?? emptyNode();
      node.children.set(part, child);
      node = child;
    }
    node.value = value;
  }
  return root;
}

function read(schema: NormalizedSchema, node: Node): unknown {
  if (schema.isStructSchema()) {
    return readStructure(schema, node);
  }
  if (schema.isListSchema()) {
    return readList(schema, node);
  }
  if (schema.isMapSchema()) {
    return readMap(schema, node);
  }
  return node.value === undefined ? undefined : fromString.read(schema, node.value);
}

function readStructure(schema: NormalizedSchema, node: Node): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(xmlName(member, name));
    if (child) {
      output[name] = read(member, child);
    }
  }
  return output;
}

function readList(schema: NormalizedSchema, node: Node): unknown[] {
  const item = schema.getValueSchema();
  const items = isFlattened(schema) ? node : node.children.get(xmlName(item, 'member'));
  return numbered(items).map((child) => read(item, child));
}

function readMap(schema: NormalizedSchema, node: Node): Record<string, unknown> {
  const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
  const entries = isFlattened(schema) ? node : node.children.get('entry');
  return Object.fromEntries(
    numbered(entries).map((entry) => [
      entry.children.get(xmlName(key, 'key'))?.value ?? '',
      read(value, entry.children.get(xmlName(value, 'value')) ?? emptyNode()),
    ]),
  );
}

const isFlattened = (schema: NormalizedSchema): boolean => traitsOf(schema)['xmlFlattened'] !== undefined;

function xmlName(schema: NormalizedSchema, fallback: string): string {
  const name = traitsOf(schema)['xmlName'];
  return typeof name === 'string' ? name : fallback;
}

function numbered(node: Node | undefined): Node[] {
  return [...(node?.children ?? [])]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
