import { matchesParts } from '../wildcard.ts';
import { InvalidPattern } from './invalid-pattern.ts';

/**
 * Reads a text where `*` stands for anything, `\*` for an asterisk and `\\` for a backslash.
 * @throws InvalidPattern where two wildcards touch, or a backslash is before anything else
 */
export function wildcardTest(text: string): (leaf: unknown) => boolean {
  const parts: string[] = [''];
  for (const [token] of text.matchAll(/\\?./gs)) {
    if (token === '*') {
      parts.push('');
    } else {
      parts.push(`${parts.pop()}${character(token)}`);
    }
  }
  if (parts.slice(1, -1).includes('')) {
    throw new InvalidPattern('Consecutive wildcard characters are not allowed');
  }
  return (leaf) => typeof leaf === 'string' && matchesParts(leaf, parts);
}

function character(token: string): string {
  if (!token.startsWith('\\')) {
    return token;
  }
  if (token === '\\*' || token === '\\\\') {
    return token.slice(1);
  }
  throw new InvalidPattern('Invalid escape character in wildcard pattern');
}
