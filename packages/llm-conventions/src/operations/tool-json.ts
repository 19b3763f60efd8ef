import { safeJson } from '../content/safe-json.ts';
import { dataOfJson } from '../messages/data-of-json.ts';

/**
 * Arguments or result of a tool as the JSON text of the object that the conventions ask for. JSON text is read; a value whose
 * JSON is no object (a text, a list, a `Date`, what cannot be read) becomes the member `name` of one, as providers' APIs do
 * with it.
 */
export function toolJson(name: 'arguments' | 'result', value: unknown): string {
  const read = dataOfJson(value);
  // A text that holds a list stays the text that the tool answered with.
  const json = safeJson(typeof value === 'string' && Array.isArray(read) ? value : read);
  return json.startsWith('{') ? json : `{"${name}":${json}}`;
}
