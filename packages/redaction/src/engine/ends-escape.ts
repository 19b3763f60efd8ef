const BACKSLASH = 92;
const ESCAPE = 27;
const SEMICOLON = 59;
const BRACKET = 91;
/** The escape character as it is written in source code, in logs and in JSON. */
const WRITTEN_ESCAPES = ['\\u001b', '\\u001B', '\\x1b', '\\x1B', '\\033', '\\e', '%1B', '%1b'];
/** Longer lists of colours than this are none: `38;2;255;255;255;48;2;255;255;255`. */
const LONGEST_COLOUR = 40;

/**
 * Whether a letter or digit behind the character with that code may end an escape sequence: a mark, or a digit or a
 * separator of a longer one, stands before it.
 */
export function mayEndEscape(code: number): boolean {
  const folded = code | 32;
  return (
    code === BACKSLASH ||
    isDigit(code) ||
    (folded >= 97 && folded <= 102) ||
    code === SEMICOLON ||
    code === BRACKET
  );
}

/**
 * Whether the letter or digit before `index` ends an escape sequence: `\n`, `\x20`, `\u0020`, `%20`, `%2520`, `=3D`, or the
 * colour of a terminal. Then a word starts at `index`, though no boundary is to be seen.
 */
export function endsEscape(text: string, index: number): boolean {
  const second = text.charCodeAt(index - 2);
  // Nearly always: a word goes on.
  if (!mayEndEscape(second)) return false;
  const before = text.charAt(index - 1);
  if (second === BACKSLASH) return 'bfnrtv0'.includes(before);
  if (endsColour(text, index)) return true;
  const mark = text.charAt(index - 3);
  if (mark === '%') return isHex(text, index - 2, index);
  // Quoted-printable, where an equals sign is written like this: a name ends, and its value starts.
  if (mark === '=') return text.startsWith('3D', index - 2);
  if (text.charAt(index - 5) === '%' && text.startsWith('25', index - 4))
    return isHex(text, index - 2, index);
  if (text.charCodeAt(index - 4) === BACKSLASH && text.charAt(index - 3) === 'x')
    return isHex(text, index - 2, index);
  return (
    text.charCodeAt(index - 6) === BACKSLASH &&
    text.charAt(index - 5) === 'u' &&
    isHex(text, index - 4, index)
  );
}

/** `ESC[31m` and its like: an end in a letter, in front of it numbers, semicolons and a bracket. */
function endsColour(text: string, index: number): boolean {
  if (isDigit(text.charCodeAt(index - 1))) return false;
  let at = index - 2;
  const least = index - LONGEST_COLOUR;
  while (at > least && (isDigit(text.charCodeAt(at)) || text[at] === ';')) at--;
  if (text[at] !== '[') return false;
  return (
    text.charCodeAt(at - 1) === ESCAPE ||
    WRITTEN_ESCAPES.some((written) => text.startsWith(written, at - written.length))
  );
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isHex(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i) | 32;
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102))) return false;
  }
  return true;
}
