import { styleText } from 'node:util';

/** Puts a colour on a text, or does not. */
export type Paint = (colour: 'green' | 'red' | 'yellow' | 'dim' | 'bold', text: string) => string;

/** Colours only where a person looks at a terminal. */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (colour, text) =>
    styleText(colour, text, { stream, validateStream: true });

export const plain: Paint = (_colour, text) => text;
