/**
 * What a Node process says that an error ended, in one line: the message, and where it was thrown. Node prints the line of the
 * source before it, and all that led there after it.
 */
export function crashIn(printed: string): string | undefined {
  const found =
    /^((?:\w*Error|UserError)(?: \[\w+\])?: [\s\S]*?)\n {4}at (?:.*\()?((?:file:\/\/)?[^\s()]+:\d+:\d+)\)?/m.exec(
      printed,
    );
  const [, message, place] = found ?? [];
  return message && place && `${message.trim()} (${place.replace('file://', '')})`;
}
