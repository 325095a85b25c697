import { Composer, type CST, type Document, Lexer, LineCounter, Parser } from 'yaml';
import { maxNesting } from '../../../wire/protocols/bounds.ts';
import { validationError } from '../errors.ts';

/** A document is one token; before it there may be comments and a directive. */
const maxTokens = 1000;

/**
 * Parses YAML that nests no deeper than a body may. The parser keeps its levels in a list, so that they can be counted as it
 * goes; what makes a document of its tokens calls itself for each.
 * @throws ValidationError that says where it is not well-formed
 */
export function parseYaml(text: string): Document {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    // The document itself is a level here.
    if (parser.stack.length > maxNesting + 1) {
      throw nestsTooDeeply();
    }
    if (tokens.length > maxTokens) {
      throw notWellFormed(lines, lines.lineStarts.at(-1) ?? 0);
    }
  }
  tokens.push(...parser.end());
  // Whether keys are unique is asked when they are read: here it would take the square of their number.
  const [document, another] = new Composer({ uniqueKeys: false }).compose(tokens, true, text.length);
  if (!document) {
    throw notWellFormed(lines, 0);
  }
  const [error] = document.errors;
  if (error || another) {
    throw notWellFormed(lines, error?.pos[0] ?? another?.range[0] ?? 0);
  }
  return document;
}

export const nestsTooDeeply = () =>
  validationError(`Template format error: the template nests deeper than ${maxNesting} levels.`);

function notWellFormed(lines: LineCounter, offset: number) {
  const { line, col } = lines.linePos(offset);
  return validationError(`Template format error: YAML not well-formed. (line ${line}, column ${col})`);
}
