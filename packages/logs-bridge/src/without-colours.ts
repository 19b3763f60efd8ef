import { stripVTControlCharacters } from 'node:util';

/** Colours and the like are for a terminal. */
export function withoutColours(text: string): string {
  return text.includes('\u001B') ? stripVTControlCharacters(text) : text;
}
