import { transform } from 'esbuild';

/** A snippet that cannot be cut, for a reason that is whole in its message. */
export class SnippetMissing extends Error {
  override readonly name = 'SnippetMissing';
}

const kinds = 'class|function|const|let|interface|type|enum';

/**
 * The source of a module's top-level declaration of a name, without its doc comment.
 *
 * The sources are formatted by Biome, so that what belongs to a declaration is indented, or closes a bracket; whatever
 * else begins a line is the next one.
 * @throws SnippetMissing
 */
export async function declarationOf(name: string, source: string): Promise<string> {
  const lines = source.split('\n');
  const begins = new RegExp(
    `^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:async )?(?:${kinds})\\*? ${escaped(name)}(?![\\w$])`,
  );
  const first = lines.findIndex((line) => begins.test(line));
  if (first === -1) {
    throw new SnippetMissing(`declares no ${name} at its top level`);
  }
  const rest = lines.slice(first + 1);
  const length = rest.findIndex((line) => !/^(?:\s|$|[)\]}>`|&?:])/.test(line));
  const text = [lines[first], ...(length === -1 ? rest : rest.slice(0, length))].join('\n').trimEnd();
  await transform(text, { loader: 'ts', logLevel: 'silent' }).catch(() => {
    throw new SnippetMissing(`has a ${name} that cannot be cut out: what was found does not parse`);
  });
  return text;
}

const escaped = (name: string): string => name.replaceAll(/[$]/g, '\\$&');
