import { createHash } from 'node:crypto';
import * as ssm from '@aws-sdk/client-ssm';
import { LinearRegex } from '../../wire/linear-regex.ts';
import { noTags } from '../../wire/tags.ts';
import { validationException } from './errors.ts';
import { checkTier, type Tier } from './tier.ts';

/** How many versions of a parameter are kept; the oldest makes room for a new one. */
const maxVersions = 100;
const maxLabels = 10;

/** One version of a parameter, as it was put. Only its labels change. */
export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
  readonly type: ssm.ParameterType;
  readonly tier: Tier;
  readonly dataType: string;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly keyId: string | undefined;
  readonly modified: Date;
  readonly modifiedBy: string;
  readonly labels: Set<string>;
}

/** What a put says of a parameter; what it leaves out stays as it was. */
export type ParameterChange = Pick<
  ssm.PutParameterRequest,
  'AllowedPattern' | 'DataType' | 'Description' | 'KeyId' | 'Tier' | 'Type' | 'Value'
>;

/** Source: API Reference, "PutParameter", DataType. @throws ValidationException */
function checkDataType(dataType: string | undefined): void {
  if (dataType !== undefined && !['text', 'aws:ec2:image', 'aws:ssm:integration'].includes(dataType)) {
    throw validationException(
      `The following data type is not supported: ${dataType} (Data type names are all lowercase.)`,
    );
  }
}

/** A parameter with its versions, labels and tags. */
export class Parameter {
  readonly name: string;
  tags = noTags;
  readonly #versions: ParameterVersion[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** The versions that are kept, the oldest first. */
  get versions(): readonly ParameterVersion[] {
    return this.#versions;
  }

  get latest(): ParameterVersion | undefined {
    return this.#versions.at(-1);
  }

  /**
   * The version that a selector means: `:3`, `:label`, or the latest where there is none.
   * @throws ParameterVersionNotFound
   */
  select(selector: string | undefined): ParameterVersion {
    const wanted = selector?.slice(1);
    const found =
      wanted === undefined
        ? this.latest
        : this.#versions.find(({ version, labels }) => String(version) === wanted || labels.has(wanted));
    if (found) {
      return found;
    }
    throw new ssm.ParameterVersionNotFound({
      message: `Systems Manager could not find version ${wanted} of ${this.name}. Verify the version and try again.`,
      $metadata: {},
    });
  }

  /**
   * Puts a new version on top.
   * @throws ParameterPatternMismatchException, InvalidAllowedPatternException, ParameterMaxVersionLimitExceeded,
   *   ValidationException
   */
  put(change: ParameterChange, modifiedBy: string): ParameterVersion {
    const { latest } = this;
    const type = change.Type ?? latest?.type;
    if (!type) {
      throw validationException('A parameter type is required when you create a parameter.');
    }
    if (!Object.values(ssm.ParameterType).includes(type)) {
      throw new ssm.UnsupportedParameterType({
        message: `The parameter type ${type} is not supported.`,
        $metadata: {},
      });
    }
    checkDataType(change.DataType);
    const allowedPattern = change.AllowedPattern ?? latest?.allowedPattern;
    checkPattern(change.Value, allowedPattern);
    const version: ParameterVersion = {
      version: (latest?.version ?? 0) + 1,
      value: change.Value ?? '',
      type,
      tier: checkTier(change, latest?.tier),
      dataType: change.DataType ?? latest?.dataType ?? 'text',
      description: change.Description ?? latest?.description,
      allowedPattern,
      keyId: type === 'SecureString' ? (change.KeyId ?? latest?.keyId ?? 'alias/aws/ssm') : undefined,
      modified: new Date(),
      modifiedBy,
      labels: new Set(),
    };
    this.#makeRoom();
    this.#versions.push(version);
    return version;
  }

  #makeRoom(): void {
    const [oldest] = this.#versions;
    if (!oldest || this.#versions.length < maxVersions) {
      return;
    }
    if (oldest.labels.size > 0) {
      throw new ssm.ParameterMaxVersionLimitExceeded({
        message: `You attempted to create a new version of ${this.name} by calling the PutParameter API with the overwrite flag. Version ${oldest.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
        $metadata: {},
      });
    }
    this.#versions.shift();
  }

  /**
   * Moves labels to a version, the latest where none is named. Answers the labels that are no valid ones.
   * @throws ParameterVersionNotFound, ParameterVersionLabelLimitExceeded
   */
  label(version: number | undefined, labels: readonly string[]): { version: number; invalid: string[] } {
    const target = this.select(version === undefined ? undefined : `:${version}`);
    const valid = new Set(labels.filter(isLabel));
    if (new Set([...target.labels, ...valid]).size > maxLabels) {
      throw new ssm.ParameterVersionLabelLimitExceeded({
        message: `A parameter version can have maximum ${maxLabels} labels. Move one or more labels to another version and try again.`,
        $metadata: {},
      });
    }
    for (const label of valid) {
      for (const { labels: others } of this.#versions) {
        others.delete(label);
      }
      target.labels.add(label);
    }
    return { version: target.version, invalid: labels.filter((label) => !valid.has(label)) };
  }

  /** Takes labels from a version. Answers those it had, and those it had not. */
  unlabel(version: number, labels: readonly string[]): { removed: string[]; invalid: string[] } {
    const target = this.select(`:${version}`);
    const removed = labels.filter((label) => target.labels.delete(label));
    return { removed, invalid: labels.filter((label) => !removed.includes(label)) };
  }
}

/** A label begins with a letter or one of `._-`, and neither with `aws` nor with `ssm`: see "Working with parameter labels". */
function isLabel(label: string): boolean {
  return /^[A-Za-z._-][A-Za-z0-9._-]{0,99}$/.test(label) && !/^(aws|ssm)/i.test(label);
}

/** What {@link LinearRegex} lacks of the syntax, AWS's InvalidAllowedPatternException says to be no valid pattern. */
function checkPattern(value: string | undefined, pattern: string | undefined): void {
  if (pattern === undefined) {
    return;
  }
  let matches: boolean;
  try {
    matches = new LinearRegex(pattern).matches(value ?? '');
  } catch {
    throw new ssm.InvalidAllowedPatternException({
      message: `The request does not meet the regular expression requirement: ${pattern}`,
      $metadata: {},
    });
  }
  if (matches) {
    return;
  }
  throw new ssm.ParameterPatternMismatchException({
    message: `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    $metadata: {},
  });
}

/** What a reader sees of a SecureString without asking for decryption: not the value, and other for each version. */
export function ciphertext({ value, version }: ParameterVersion): string {
  return `AQICAH${createHash('sha512').update(`${version}:${value}`).digest('base64')}`;
}
