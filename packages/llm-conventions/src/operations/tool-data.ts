import { collectionKind } from '../content/collection-kind.ts';
import { dataOfJson } from '../messages/data-of-json.ts';

/**
 * Arguments or result of a tool as the object that the conventions ask for. JSON text is read; a value that is no object
 * becomes the member `name` of one, as providers' APIs do with it.
 */
export function toolData(name: 'arguments' | 'result', value: unknown): unknown {
  const read = dataOfJson(value);
  return isPlainObject(read) ? read : { [name]: value };
}

function isPlainObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    collectionKind(value) !== 'Set'
  );
}
