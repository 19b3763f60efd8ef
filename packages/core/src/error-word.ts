/** Longer ones are sentences or tokens, and a metric attribute made of those never stops growing. */
const MAX_LENGTH = 64;
/** The longest word between two separators: class names have none. */
const MAX_RUN = 40;
/** Words with digits are short in a code (`TLSV1`, `AADSTS7000215`) and long in a key or a token. */
const MAX_RUN_WITH_DIGIT = 16;
/** More digits than that are an id. */
const MAX_DIGITS = 8;

const CODE = /^[\w.-]+$/;

/**
 * `text` where it can be a code or a class name (`rate_limit_exceeded`, `ECONNRESET`, `TypeError`), so that it may be
 * an attribute of metrics. Undefined for everything else: sentences, ids, and what may be a key or a token, as far as
 * its form tells. Never throws.
 */
export function errorWord(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > MAX_LENGTH || !CODE.test(text)) return undefined;
  if (text.replaceAll(/\D/g, '').length > MAX_DIGITS) return undefined;
  for (const run of text.split(/[_.-]/))
    if (run.length > (/\d/.test(run) ? MAX_RUN_WITH_DIGIT : MAX_RUN)) return undefined;
  return text;
}
