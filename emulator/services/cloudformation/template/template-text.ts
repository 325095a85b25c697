import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { isBoundedJson } from '../../../wire/protocols/json-bounds.ts';
import { validationError } from '../errors.ts';
import { templateLimits } from './template-limits.ts';
import { nestsTooDeeply, parseYaml } from './template-yaml.ts';

/** `!Name` in YAML for `Fn::Name`; these two have no prefix. */
const unprefixed = new Set(['Ref', 'Condition']);

const shortForms = new Set([
  ...unprefixed,
  ...['And', 'Base64', 'Cidr', 'Contains', 'EachMemberEquals', 'EachMemberIn', 'Equals', 'FindInMap', 'GetAtt'],
  ...['GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString'],
  'Transform',
]);

/**
 * Reads the text of a template, JSON or YAML, into plain values; YAML's short forms (`!Sub`) become their long ones.
 * Anything that is not well-formed is a `ValidationError` that says where. Less strict than AWS, which takes no aliases:
 * they are resolved here, as long as what they stand for is no larger than a template may be.
 */
export function readTemplateText(text: string): unknown {
  if (!isJson(text)) {
    return new YamlReader().read(parseYaml(text).contents);
  }
  if (!isBoundedJson(text)) {
    throw nestsTooDeeply();
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    return readFlow(text, (error as Error).message);
  }
}

export const isJson = (text: string): boolean => text.trimStart().startsWith('{');

/** A template in YAML's flow style starts with a brace, too. */
function readFlow(text: string, problem: string): unknown {
  try {
    return new YamlReader().read(parseYaml(text).contents);
  } catch {
    throw validationError(`Template format error: JSON not well-formed. (${problem})`);
  }
}

/** A value with what it weighs, in nodes and characters: an alias repeats both. */
interface Anchored {
  readonly value: unknown;
  readonly weight: number;
}

/** Turns nodes of YAML into plain values. */
class YamlReader {
  readonly #anchors = new Map<string, Anchored>();
  #weight = 0;

  read(node: Node | null | undefined): unknown {
    if (!node) {
      return null;
    }
    if (isAlias(node)) {
      return this.#resolve(node.source);
    }
    const before = this.#weight;
    this.#add(1);
    const value = this.#longForm(node.tag, this.#untagged(node));
    if ('anchor' in node && typeof node.anchor === 'string') {
      this.#anchors.set(node.anchor, { value, weight: this.#weight - before });
    }
    return value;
  }

  /** An anchor is known once its value is read, so that nothing can contain itself. */
  #resolve(source: string): unknown {
    const anchored = this.#anchors.get(source);
    if (!anchored) {
      throw validationError(`Template format error: YAML alias *${source} has no anchor before it.`);
    }
    this.#add(anchored.weight);
    return anchored.value;
  }

  #longForm(tag: string | undefined, plain: unknown): unknown {
    const name = shortForm(tag);
    if (!name) {
      return plain;
    }
    const long = unprefixed.has(name) ? name : `Fn::${name}`;
    return { [long]: name === 'GetAtt' && typeof plain === 'string' ? splitAttribute(plain) : plain };
  }

  #untagged(node: Node): unknown {
    if (isScalar(node)) {
      return this.#scalar(node.value);
    }
    if (isSeq(node)) {
      return node.items.map((item) => this.read(item as Node));
    }
    if (!isMap(node)) {
      return null;
    }
    const members = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      const name = String(isScalar(key) ? key.value : this.read(key as Node));
      if (members.has(name)) {
        throw validationError(`Template format error: YAML not well-formed. (duplicate key ${name})`);
      }
      members.set(name, this.read(value as Node));
    }
    return Object.fromEntries(members);
  }

  #scalar(value: unknown): unknown {
    if (typeof value === 'string') {
      this.#add(value.length);
    }
    return value;
  }

  #add(weight: number): void {
    this.#weight += weight;
    if (this.#weight > templateLimits.object) {
      throw validationError(
        `Template format error: with its YAML aliases resolved the template exceeds ${templateLimits.object} bytes.`,
      );
    }
  }
}

function shortForm(tag: string | undefined): string | undefined {
  if (!tag?.startsWith('!') || tag.startsWith('!!')) {
    return undefined;
  }
  const name = tag.slice(1);
  if (!shortForms.has(name)) {
    throw validationError(`Template format error: unknown tag ${tag}.`);
  }
  return name;
}

function splitAttribute(text: string): string[] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
