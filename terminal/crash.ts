/**
 * What a Node process says that an error ended, in one line: the message, and where it was thrown. Node prints the line of the
 * source before it, and all that led there after it. What was thrown within Node or a package, or in a construct that a stack
 * makes, is said with the line of ours that asked for it.
 */
export function crashIn(printed: string): string | undefined {
  const trace = String.raw`((?:\n {4}at .*)+)`;
  // An error of a class of its own has any name: it is known by the mark under the source, which an `Error` may lack.
  const marked = new RegExp(String.raw`\^\n\n([A-Z]\w*(?: \[\w+\])?: [\s\S]*?)${trace}`);
  const named = new RegExp(String.raw`^(\w*Error(?: \[\w+\])?: [\s\S]*?)${trace}`, 'm');
  const [, message, calls = ''] = marked.exec(printed) ?? named.exec(printed) ?? [];
  const places = [...calls.matchAll(/at (?:.*\()?((?:file:\/\/)?[^\s()]+:\d+:\d+)\)?/g)].map(([, place = '']) =>
    place.replace('file://', ''),
  );
  const ours = places.filter((place) => !/^node:|[\\/]node_modules[\\/]/.test(place));
  const [place = places[0]] = ours;
  const stack = ours.find((one) => /[\\/]stack\.ts:/.test(one));
  const asked = stack === undefined || stack === place ? '' : `, called at ${stack}`;
  return message && place && `${message.trim()} (${place}${asked})`;
}
