import { noTags } from '../../wire/tags.ts';
import { exists, invalidParameter, notFound } from './errors.ts';

export const current = 'AWSCURRENT';
const previous = 'AWSPREVIOUS';

/** How many versions without a staging label are kept; the oldest of them make room. */
const maxDeprecated = 100;
/** Largest value in bytes. */
const maxBytes = 65_536;

/** What a secret says: a text or bytes. */
export interface SecretValue {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

/** One version of a secret. Its value never changes, its staging labels do. */
export interface SecretVersion extends SecretValue {
  readonly id: string;
  readonly created: Date;
  readonly stages: Set<string>;
}

/** A secret with its versions. A staging label is at one version at a time; see "What's in a Secrets Manager secret?". */
export class Secret {
  readonly name: string;
  readonly arn: string;
  readonly created = new Date();
  tags = noTags;
  description: string | undefined;
  kmsKeyId: string | undefined;
  resourcePolicy: string | undefined;
  changed = this.created;
  accessed: Date | undefined;
  /** When it will be gone, where it is marked for deletion. */
  deletionDate: Date | undefined;
  readonly #versions = new Map<string, SecretVersion>();

  constructor(name: string, arn: string) {
    this.name = name;
    this.arn = arn;
  }

  /** The versions in the order they were made. */
  get versions(): readonly SecretVersion[] {
    return [...this.#versions.values()];
  }

  version(id: string): SecretVersion | undefined {
    return this.#versions.get(id);
  }

  staged(stage: string): SecretVersion | undefined {
    return this.versions.find(({ stages }) => stages.has(stage));
  }

  /**
   * The version that a reader means. @throws ResourceNotFoundException where there is none such
   */
  select(id: string | undefined, stage = current): SecretVersion {
    if (id !== undefined) {
      const found = this.#versions.get(id);
      if (!found) {
        throw notFound(`secret value for VersionId: ${id}`);
      }
      return found;
    }
    const found = this.staged(stage);
    if (!found) {
      throw notFound(`secret value for staging label: ${stage}`);
    }
    return found;
  }

  /**
   * Adds a version with its labels. The same id with the same value again changes nothing, so that a retry is safe.
   * @throws ResourceExistsException where a version with this id says something else
   */
  put(id: string, value: SecretValue, stages: readonly string[]): SecretVersion {
    checkValue(value);
    const known = this.#versions.get(id);
    if (known && !sameValue(known, value)) {
      throw exists(
        `A resource with the ID you requested already exists: you can't modify the existing version ${id} of the secret.`,
      );
    }
    if (known) {
      return known;
    }
    const version: SecretVersion = { ...value, id, created: new Date(), stages: new Set() };
    this.#versions.set(id, version);
    // The first version is current whatever it was put as: a secret with a value always has one.
    const first = this.staged(current) ? stages : [...stages, current];
    for (const stage of first) {
      this.move(stage, version);
    }
    this.changed = new Date();
    this.#dropDeprecated();
    return version;
  }

  /** Moves a label to a version; what was current becomes previous. Without a version, the label is at none. */
  move(stage: string, to: SecretVersion | undefined): void {
    const from = this.staged(stage);
    if (from === to) {
      return;
    }
    from?.stages.delete(stage);
    to?.stages.add(stage);
    if (stage === current && from) {
      this.move(previous, from);
    }
    if (stage === current) {
      to?.stages.delete(previous);
    }
  }

  #dropDeprecated(): void {
    const deprecated = this.versions.filter(({ stages }) => stages.size === 0);
    for (const { id } of deprecated.slice(0, -maxDeprecated)) {
      this.#versions.delete(id);
    }
  }

  /** The labels by version, of those versions that have any. */
  stagesByVersion(): Record<string, string[]> {
    const labelled = this.versions.filter(({ stages }) => stages.size > 0);
    return Object.fromEntries(labelled.map(({ id, stages }) => [id, [...stages]]));
  }
}

function checkValue({ SecretString, SecretBinary }: SecretValue): void {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  const bytes = SecretBinary?.byteLength ?? Buffer.byteLength(SecretString ?? '');
  if (SecretBinary !== undefined && bytes === 0) {
    throw invalidParameter('The parameter SecretBinary must have length greater than or equal to 1.');
  }
  if (bytes > maxBytes) {
    throw invalidParameter(`The secret value is ${bytes} bytes long; at most ${maxBytes} are allowed.`);
  }
}

function sameValue(a: SecretValue, b: SecretValue): boolean {
  return (
    a.SecretString === b.SecretString &&
    Buffer.compare(a.SecretBinary ?? new Uint8Array(), b.SecretBinary ?? new Uint8Array()) === 0
  );
}
