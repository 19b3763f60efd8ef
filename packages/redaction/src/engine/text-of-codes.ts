/** Given to a function at once. */
const PART = 8192;

/** The text of which these are the code units. */
export function textOfCodes(codes: Uint8Array | Uint16Array): string {
  let text = '';
  for (let from = 0; from < codes.length; from += PART)
    // Without the list of arguments that a spread would make.
    text += Reflect.apply(String.fromCharCode, undefined, codes.subarray(from, from + PART));
  return text;
}
