/** A property selector: `$.order.items[0].name`, `$['order-id']`; `[*]` selects every item of an array. */
export const selectorPattern = /\$(?:\.[\w@:/-]+|\[\d+\]|\[\*\]|\["[^"]*"\]|\['[^']*'\])+/y;

const stepPattern = /\.([\w@:/-]+)|\[(\d+)\]|\[(\*)\]|\["([^"]*)"\]|\['([^']*)'\]/g;

/** What a selector finds in an event: one value, none where the property is missing, or several where it has `[*]`. */
export function parseSelector(selector: string): (event: unknown) => unknown[] {
  const steps = [...selector.matchAll(stepPattern)].map(([, name, index, all, double, single]) =>
    all ? everyItem : member(name ?? index ?? double ?? single ?? ''),
  );
  return (event) => steps.reduce<unknown[]>((values, step) => values.flatMap(step), [event]);
}

function everyItem(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

const member =
  (name: string) =>
  (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? // Wrapped, as a member that is an array is one value.
        [(value as Record<string, unknown>)[name]]
      : [];
