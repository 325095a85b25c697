/** What XML 1.0 cannot hold, not even as a reference: control characters, halves of surrogate pairs ("Characters", 2.2). */
const noCharacter = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * A document that every parser reads: U+FFFD stands where it told a character that XML does not have. Keys of S3 may hold
 * such; a client that wants to see them asks for `EncodingType=url`, as the Amazon S3 API Reference says of ListObjectsV2.
 */
export const wellFormed = (document: string): string => document.replace(noCharacter, '\ufffd');
