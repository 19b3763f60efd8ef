/** By UTF-16 code unit, filled as letters are met. */
let known: Uint16Array | undefined;

/** Whether `letters` stand somewhere, in any case: as `toLowerCase` has it, and without a copy of the text. */
export function lettersAt(letters: string): (text: string, at: number) => boolean {
  // The end of a word changes the form of this one, alone among small letters.
  const hasSigma = /[ςσ]/.test(letters);
  return (text, at) => {
    if (smallLetter(text.charCodeAt(at)) !== letters.charCodeAt(0)) return false;
    if (hasSigma) return text.slice(at, at + letters.length).toLowerCase() === letters;
    for (let i = 1; i < letters.length; i++) {
      const wanted = letters.charCodeAt(i);
      const code = text.charCodeAt(at + i);
      if (code !== wanted && smallLetter(code) !== wanted) return false;
    }
    return true;
  };
}

/** The small letter of one UTF-16 code unit, or the unit itself. */
function smallLetter(code: number): number {
  known ??= new Uint16Array(65_536);
  const before = known[code]!;
  if (before !== 0) return before;
  const small = String.fromCharCode(code).toLowerCase();
  return (known[code] = small.length === 1 ? small.charCodeAt(0) : code);
}
