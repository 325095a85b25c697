/** About how wide a letter is, in pixels, at letters of 14: nothing is measured where there is no screen. */
const letterWidth = 7.1;
const longestLine = 24;

/** The lines of a label: as it breaks itself, and where it would get too long. */
export function linesOf(text: string): string[] {
  return text.split('<br/>').flatMap((line) => {
    const lines: string[] = [''];
    for (const word of line.split(' ')) {
      const last = lines.at(-1) ?? '';
      if (last !== '' && last.length + 1 + word.length > longestLine) {
        lines.push(word);
      } else {
        lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
      }
    }
    return lines;
  });
}

export const widthOf = (line: string): number => line.length * letterWidth;
