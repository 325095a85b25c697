/** A piece of HTML or SVG that is safe to put into a page. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

type Part = Html | string | number | undefined | readonly Part[];

/** A template of HTML, in which everything that is not HTML itself is escaped. Nothing comes out of undefined. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = literals.map((literal, i) => literal + (i < parts.length ? render(parts[i]) : ''));
  return new Html(text.join(''));
}

function render(part: Part): string {
  if (part === undefined) {
    return '';
  }
  if (part instanceof Html) {
    return part.text;
  }
  if (typeof part === 'object') {
    return part.map(render).join('');
  }
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
