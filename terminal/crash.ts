/**
 * What a Node process says that an error ended, in one line: the message, and where it was thrown. Node prints the line of the
 * source before it, and all that led there after it. What was thrown within Node or a package, or in a construct that a stack
 * makes, is said with the line of ours that asked for it.
 */
export function crashIn(printed: string): string | undefined {
  const found = /^((?:\w*Error|UserError)(?: \[\w+\])?: [\s\S]*?)((?:\n {4}at .*)+)/m.exec(printed);
  const [, message, trace = ''] = found ?? [];
  const places = [...trace.matchAll(/at (?:.*\()?((?:file:\/\/)?[^\s()]+:\d+:\d+)\)?/g)].map(([, place = '']) =>
    place.replace('file://', ''),
  );
  const ours = places.filter((place) => !/^node:|[\\/]node_modules[\\/]/.test(place));
  const [place = places[0]] = ours;
  const stack = ours.find((one) => /[\\/]stack\.ts:/.test(one));
  const asked = stack === undefined || stack === place ? '' : `, called at ${stack}`;
  return message && place && `${message.trim()} (${place}${asked})`;
}
