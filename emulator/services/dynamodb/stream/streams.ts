import type { StreamSpecification, StreamViewType } from '@aws-sdk/client-dynamodb';
import { validationException } from '../errors.ts';
import type { ItemSchema } from '../item/item.ts';
import { TableStream } from './table-stream.ts';

const viewTypes: readonly string[] = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'];

/** A table, as far as its stream is concerned. */
interface StreamedTable {
  readonly name: string;
  readonly arn: string;
  readonly schema: ItemSchema;
  stream: TableStream | undefined;
}

/** The streams of a region, those that ended within 24 hours included. */
export class Streams {
  readonly #region: string;
  readonly #streams = new Map<string, TableStream>();
  #lastLabel = 0;

  constructor(region: string) {
    this.#region = region;
  }

  find(arn: string): TableStream | undefined {
    return this.all().find((stream) => stream.arn === arn);
  }

  all(): TableStream[] {
    for (const [arn, { isForgotten }] of this.#streams) {
      if (isForgotten) {
        this.#streams.delete(arn);
      }
    }
    return [...this.#streams.values()];
  }

  /**
   * Begins or ends the stream of a table. Source: DynamoDB API Reference, "UpdateTable", StreamSpecification.
   * @throws ValidationException where that is so already
   */
  set(table: StreamedTable, specification: StreamSpecification): void {
    checkStream(table.stream, specification);
    if (!specification.StreamEnabled) {
      this.end(table);
      return;
    }
    table.stream = new TableStream(table, specification.StreamViewType as StreamViewType, this.#label(), this.#region);
    this.#streams.set(table.stream.arn, table.stream);
  }

  end(table: StreamedTable): void {
    table.stream?.close();
    table.stream = undefined;
  }

  clear(): void {
    this.#streams.clear();
  }

  /** The moment, as no other stream has it. */
  #label(): string {
    this.#lastLabel = Math.max(Date.now(), this.#lastLabel + 1);
    return new Date(this.#lastLabel).toISOString().slice(0, -1);
  }
}

/** @throws ValidationException where a specification cannot follow on what there is */
export function checkStream(
  current: TableStream | undefined,
  { StreamEnabled, StreamViewType }: StreamSpecification,
): void {
  if (!StreamEnabled) {
    if (StreamViewType !== undefined) {
      throw validationException('One or more parameter values were invalid: StreamViewType requires StreamEnabled');
    }
    if (!current) {
      throw validationException('Table has no stream to disable');
    }
    return;
  }
  if (current) {
    throw validationException(`Table already has an enabled stream: TableName: ${current.table.name}`);
  }
  if (!viewTypes.includes(String(StreamViewType))) {
    throw validationException(
      `One or more parameter values were invalid: StreamEnabled requires StreamViewType, one of [${viewTypes.join(', ')}]`,
    );
  }
}
