import { invalidArgument } from '../errors.ts';

/** The headers that a reader may ask to be answered in the place of those that the object has. */
export interface ResponseHeadersInput {
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseExpires?: Date | undefined;
}

/**
 * Source: Amazon S3 API Reference, "GetObject", "Overriding response header values".
 * @throws InvalidArgument where a text cannot be a header
 */
export function responseHeaders(input: ResponseHeadersInput) {
  const asked = {
    CacheControl: header(input.ResponseCacheControl),
    ContentDisposition: header(input.ResponseContentDisposition),
    ContentEncoding: header(input.ResponseContentEncoding),
    ContentLanguage: header(input.ResponseContentLanguage),
    ContentType: header(input.ResponseContentType),
    Expires: input.ResponseExpires,
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Partial<typeof asked>;
}

function header(value: string | undefined): string | undefined {
  if (value !== undefined && !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw invalidArgument('Header value cannot be represented using ISO-8859-1.');
  }
  return value;
}
