import type { NormalizedSchema } from '@smithy/core/schema';

/** What differs between REST-JSON and REST-XML: the body. */
export interface BodyCodec {
  readonly contentType: string;
  read(schema: NormalizedSchema, body: Uint8Array): Promise<unknown>;
  write(schema: NormalizedSchema, value: unknown): Uint8Array | string;
}
