/** Returns what a text of JSON says; undefined where it is none, which no text of JSON says. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
