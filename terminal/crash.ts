/**
 * What a Node process says that an error ended, in one line: the message, and where it was thrown. Node prints the line of the
 * source before it, and all that led there after it.
 */
export function crashIn(printed: string): string | undefined {
  const place = String.raw`\n {4}at (?:.*\()?((?:file:\/\/)?[^\s()]+:\d+:\d+)\)?`;
  // An error of a class of its own has any name: it is told by the mark under the source, which an `Error` may lack.
  const marked = new RegExp(String.raw`\^\n\n([A-Z]\w*(?: \[\w+\])?: [\s\S]*?)${place}`);
  const named = new RegExp(String.raw`^(\w*Error(?: \[\w+\])?: [\s\S]*?)${place}`, 'm');
  const [, message, where] = marked.exec(printed) ?? named.exec(printed) ?? [];
  return message && where && `${message.trim()} (${where.replace('file://', '')})`;
}
