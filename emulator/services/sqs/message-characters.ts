/** The one character outside of what XML can carry, if any. Source: SendMessage, "MessageBody". */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const allowed = '#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';

/** What is wrong with the characters of a text; undefined where it can be sent. */
export function forbiddenCharacter(text: string, where: string): string | undefined {
  const code = forbidden.exec(text)?.[0].codePointAt(0);
  return code === undefined
    ? undefined
    : `Invalid binary character '#x${code.toString(16).toUpperCase()}' was found in ${where}, the set of allowed characters is ${allowed}`;
}
