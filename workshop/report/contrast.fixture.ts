/** For tests: the colours of a style's variables, `#rrggbb`, by theme and name. */
export function themesOf(style: string): { readonly light: Colours; readonly dark: Colours } {
  const [light, dark]: Record<string, string>[] = [{}, {}];
  // Each block of variables is that of the light theme, but for those that are asked for where the dark one is wanted.
  for (const [, query = '', block = ''] of style.matchAll(/(@media [^{]+\{\s*)?:root \{([^}]*)\}/g)) {
    const target = query.includes('dark') ? dark : query === '' ? light : undefined;
    for (const [, name = '', value = ''] of block.matchAll(/--([\w-]+): (#[0-9a-f]{6})\b/g)) {
      if (target) {
        target[name] = value;
      }
    }
  }
  return { light: light ?? {}, dark: dark ?? {} };
}

export type Colours = Readonly<Record<string, string>>;

/** The contrast ratio of two colours (WCAG 2.2, "contrast ratio"): 1 to 21. */
export function contrast(one = '#000000', other = '#000000'): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
