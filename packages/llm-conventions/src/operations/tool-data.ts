/**
 * Arguments or result of a tool as the object that the conventions ask for. JSON text is read; a value that is no object
 * becomes the member `name` of one, as providers' APIs do with it.
 */
export function toolData(name: 'arguments' | 'result', value: unknown): unknown {
  const read = typeof value === 'string' ? readJson(value) : value;
  return isPlainObject(read) ? read : { [name]: value };
}

function readJson(text: string): unknown {
  // Only objects are of use, and most texts are none.
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
