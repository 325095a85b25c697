import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { validationError } from './validation-error.ts';

/** `!Name` in YAML for `Fn::Name`; these two have no prefix. */
const UNPREFIXED = new Set(['Ref', 'Condition']);

const SHORT_FORMS = new Set([
  ...UNPREFIXED,
  ...['And', 'Base64', 'Cidr', 'Contains', 'EachMemberEquals', 'EachMemberIn', 'Equals', 'FindInMap', 'GetAtt'],
  ...['GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString'],
  'Transform',
]);

/**
 * Reads the text of a template, JSON or YAML, into plain values; YAML's short forms (`!Sub`) become their long ones.
 * Anything that is not well-formed is a `ValidationError` that says where.
 */
export function readTemplateText(text: string): unknown {
  if (text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text);
    } catch (error) {
      // A template in YAML's flow style starts with a brace, too.
      const flow = parseDocument(text);
      if (flow.errors.length === 0) return plainValue(flow.contents, flow);
      throw validationError(`Template format error: JSON not well-formed. (${(error as Error).message})`);
    }
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const [at] = error.linePos ?? [];
    throw validationError(
      `Template format error: YAML not well-formed. ${at ? `(line ${at.line}, column ${at.col})` : `(${error.message})`}`,
    );
  }
  return plainValue(document.contents, document);
}

function plainValue(node: Node | null | undefined, document: Document): unknown {
  if (!node) return null;
  if (isAlias(node)) return plainValue(node.resolve(document), document);
  const plain = untagged(node, document);
  const name = shortForm(node.tag);
  if (!name) return plain;
  const long = UNPREFIXED.has(name) ? name : `Fn::${name}`;
  return { [long]: name === 'GetAtt' && typeof plain === 'string' ? splitAttribute(plain) : plain };
}

function untagged(node: Node, document: Document): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item) => plainValue(item as Node, document));
  if (!isMap(node)) return null;
  return Object.fromEntries(
    node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), plainValue(value as Node, document)]),
  );
}

function shortForm(tag: string | undefined): string | undefined {
  if (!tag?.startsWith('!') || tag.startsWith('!!')) return undefined;
  const name = tag.slice(1);
  if (!SHORT_FORMS.has(name)) throw validationError(`Template format error: unknown tag ${tag}.`);
  return name;
}

function splitAttribute(text: string): string[] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
