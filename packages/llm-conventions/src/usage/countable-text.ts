// Tokenizers merge what stands between two kinds of characters in a time that grows with the square of its length: two
// hundred thousand letters without a space take one of them half a minute.
const LONG_RUN = /(\S{128})(?=\S)|(\s{128})(?=\s)/g;
// `<|endoftext|>` is a word to the model where a user wrote it; tokenizers throw at it.
const SPECIAL = /<\|/g;

/** `text` as a tokenizer can count it in bounded time and without an error; a token more in 128 characters at most. */
export function countableText(text: string): string {
  const plain = text.includes('<|') ? text.replace(SPECIAL, '< |') : text;
  return plain.replace(LONG_RUN, (_run, word: string | undefined, space: string | undefined) =>
    word === undefined ? `${space ?? ''}.` : `${word} `,
  );
}
